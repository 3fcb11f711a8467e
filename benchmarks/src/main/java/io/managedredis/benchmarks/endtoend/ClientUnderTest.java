package io.managedredis.benchmarks.endtoend;

import java.util.List;

/** A client on a primary and a replica, used by many threads at once. */
interface ClientUnderTest extends AutoCloseable {

    /** Does one thing and waits for the answer, which must be there. */
    void perform(Operation operation) throws Exception;

    /** Sends all, then waits for all answers. */
    void performPipelined(List<Operation> operations) throws Exception;

    @Override
    void close();

    /** The value that was read, checked to be there. */
    static void requireAnswer(Object answer, Operation operation) {
        if (answer == null) {
            throw new IllegalStateException("no answer to " + operation);
        }
    }
}
