package io.managedredis.lettuce.internal.connection;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.TransactionResult;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.output.MultiOutput;
import io.managedredis.lettuce.error.ServiceLimitException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** The answer to EXEC. In the place of a command that was refused for a limit stands an error that says which. */
final class TransactionAnswers<K, V> extends MultiOutput<K, V> {

    TransactionAnswers(RedisCodec<K, V> codec) {
        super(codec);
    }

    @Override
    public TransactionResult get() {
        TransactionResult answered = super.get();
        List<Object> typed = new ArrayList<>(answered.size());
        boolean any = false;
        for (Object answer : answered) {
            Object given = typed(answer);
            any |= given != answer;
            typed.add(given);
        }
        return any ? new Typed(answered.wasDiscarded(), typed) : answered;
    }

    private static Object typed(Object answer) {
        if (answer instanceof RedisCommandExecutionException failure && failure.getMessage() != null) {
            ServiceLimitException limit =
                    ServiceAnswers.limit(failure.getMessage(), failure).orElse(null);
            return limit == null ? answer : limit;
        }
        return answer;
    }

    private record Typed(boolean wasDiscarded, List<Object> answers) implements TransactionResult {

        @Override
        public int size() {
            return answers.size();
        }

        @Override
        public boolean isEmpty() {
            return answers.isEmpty();
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T> T get(int index) {
            return (T) answers.get(index);
        }

        @Override
        public Stream<Object> stream() {
            return answers.stream();
        }

        @Override
        public Iterator<Object> iterator() {
            return answers.iterator();
        }
    }
}
