package io.managedredis.testing.internal.control;

import graphql.language.Document;
import graphql.language.Field;
import graphql.language.OperationDefinition;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import io.managedredis.testing.fault.ActiveFault;
import io.managedredis.testing.fault.ApiAnswerLost;
import io.managedredis.testing.fault.ApiError;
import io.managedredis.testing.fault.ApiFault;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The faults of the API that are active now. Thread safe. */
public final class ApiFaults {

    private final List<Active> active = new CopyOnWriteArrayList<>();

    /** Starts a fault. */
    public ActiveFault start(ApiFault fault) {
        Active started = new Active(fault);
        active.add(started);
        return started;
    }

    /** Whether it was neither ended nor has happened as often as it should. */
    boolean isOn(ActiveFault fault) {
        return active.contains(fault);
    }

    /** The error to answer in place of doing what the document asks for. */
    Optional<ApiError> error(String document, @Nullable String operationName) {
        return take(document, operationName, Active::error);
    }

    /** Whether the answer to the document is to be lost. */
    boolean losesAnswer(String document, @Nullable String operationName) {
        return take(document, operationName, Active::lost).isPresent();
    }

    private <F> Optional<F> take(String document, @Nullable String operationName, Match<F> match) {
        if (active.isEmpty()) {
            return Optional.empty();
        }
        Operation operation = Operation.of(document, operationName);
        return active.stream()
                .flatMap(fault -> match.of(fault, operation).filter(matched -> fault.takeOne()).stream())
                .findFirst();
    }

    @FunctionalInterface
    private interface Match<F> {
        Optional<F> of(Active fault, Operation operation);
    }

    /** What a document asks for; nothing when it cannot be read. */
    private record Operation(boolean mutation, List<String> fields) {

        static Operation of(String text, @Nullable String name) {
            Document document;
            try {
                document = Parser.parse(text);
            } catch (InvalidSyntaxException malformed) {
                return new Operation(false, List.of());
            }
            return document.getDefinitionsOfType(OperationDefinition.class).stream()
                    .filter(operation -> name == null || name.equals(operation.getName()))
                    .findFirst()
                    .map(operation -> new Operation(
                            operation.getOperation() == OperationDefinition.Operation.MUTATION,
                            operation.getSelectionSet().getSelectionsOfType(Field.class).stream()
                                    .map(Field::getName)
                                    .toList()))
                    .orElse(new Operation(false, List.of()));
        }
    }

    private final class Active implements ActiveFault {

        private final ApiFault fault;
        private final AtomicInteger left;

        Active(ApiFault fault) {
            this.fault = fault;
            this.left = new AtomicInteger(fault.times());
        }

        @Override
        public ApiFault fault() {
            return fault;
        }

        @Override
        public void close() {
            active.remove(this);
        }

        Optional<ApiError> error(Operation operation) {
            return fault instanceof ApiError error
                            && (error.operation() == null || operation.fields().contains(error.operation()))
                    ? Optional.of(error)
                    : Optional.empty();
        }

        Optional<ApiAnswerLost> lost(Operation operation) {
            return fault instanceof ApiAnswerLost lost
                            && (lost.operation() == null
                                    ? operation.mutation()
                                    : operation.fields().contains(lost.operation()))
                    ? Optional.of(lost)
                    : Optional.empty();
        }

        /** Whether one of the times that the fault happens was still left. */
        boolean takeOne() {
            int before = left.getAndUpdate(times -> times == Integer.MAX_VALUE ? times : Math.max(0, times - 1));
            if (before <= 1) {
                close();
            }
            return before > 0;
        }
    }
}
