package io.managedredis.lettuce;

import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.MapScanCursor;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.ScoredValueScanCursor;
import io.lettuce.core.TransactionResult;
import io.lettuce.core.ValueScanCursor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Whatever a command answers, as text that can be compared: its type, its content, or how it failed. */
final class Answers {

    private static final Duration LONG = Duration.ofSeconds(2);

    private Answers() {}

    /** What the call answers, or how it fails. */
    static String of(Callable<?> call) {
        try {
            return text(awaited(call.call()));
        } catch (Exception failed) {
            return failure(failed);
        }
    }

    /** What the method of that API answers, or how it fails. */
    static String of(Object api, Method method, Object... arguments) {
        return of(() -> method.invoke(api, arguments));
    }

    static Object awaited(Object answer) throws Exception {
        if (answer instanceof RedisFuture<?> future) {
            return future.get(LONG.toSeconds(), TimeUnit.SECONDS);
        }
        if (answer instanceof Mono<?> mono) {
            return mono.block(LONG);
        }
        return answer instanceof Flux<?> flux ? flux.collectList().block(LONG) : answer;
    }

    static String failure(Throwable failed) {
        Throwable root = failed;
        while ((root instanceof InvocationTargetException
                        || root instanceof ExecutionException
                        || root instanceof CompletionException)
                && root.getCause() != null) {
            root = root.getCause();
        }
        return "!" + root.getClass().getSimpleName() + ": " + root.getMessage();
    }

    /** The kind of an answer, for those whose content differs from call to call. */
    static String kind(String answer) {
        return answer.startsWith("!")
                ? answer
                : answer.replaceAll("[^A-Za-z(\\[{].*", "").replaceAll("\\(.*", "");
    }

    static String text(Object answer) {
        if (answer == null) {
            return "null";
        }
        if (answer instanceof byte[] bytes) {
            return "bytes" + Arrays.toString(bytes);
        }
        if (answer instanceof Set<?> set) {
            return set.stream().map(Answers::text).sorted().collect(Collectors.joining(", ", "set{", "}"));
        }
        if (answer instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> text(entry.getKey()) + "=" + text(entry.getValue()))
                    .sorted()
                    .collect(Collectors.joining(", ", "map{", "}"));
        }
        if (answer instanceof TransactionResult result) {
            List<Object> all = new ArrayList<>();
            result.forEach(all::add);
            return "transaction(" + result.wasDiscarded() + ")" + text(all);
        }
        if (answer instanceof Collection<?> list) {
            return list.stream().map(Answers::text).collect(Collectors.joining(", ", "list[", "]"));
        }
        if (answer instanceof Throwable failed) {
            return failure(failed);
        }
        if (answer instanceof ScanCursor cursor) {
            return "cursor(" + cursor.getCursor() + ", " + cursor.isFinished() + ")" + content(cursor);
        }
        return answer.getClass().getSimpleName() + "(" + answer + ")";
    }

    private static String content(ScanCursor cursor) {
        if (cursor instanceof KeyScanCursor<?> keys) {
            return text(keys.getKeys());
        }
        if (cursor instanceof ValueScanCursor<?> values) {
            return text(values.getValues());
        }
        if (cursor instanceof ScoredValueScanCursor<?> values) {
            return text(values.getValues());
        }
        return cursor instanceof MapScanCursor<?, ?> map ? text(map.getMap()) : "";
    }
}
