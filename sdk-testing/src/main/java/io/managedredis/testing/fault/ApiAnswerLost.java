package io.managedredis.testing.fault;

import io.managedredis.error.InvalidRequestException;
import org.jspecify.annotations.Nullable;

/**
 * The API carries an operation out, and then the connection closes without an answer.
 *
 * @param operation the operation whose answer is lost, by the name of its first field, such as {@code createAddOn}; null for
 *     every mutation
 * @param times how many answers are lost; then the fault is over though it was not ended
 */
public record ApiAnswerLost(@Nullable String operation, int times) implements ApiFault {

    /**
     * Checks the number.
     *
     * @throws InvalidRequestException when {@code times} is below 1
     */
    public ApiAnswerLost {
        Times.check(times);
    }

    /** The answers to all mutations are lost, until the fault is ended. */
    public static ApiAnswerLost ofMutations() {
        return new ApiAnswerLost(null, Integer.MAX_VALUE);
    }

    /** The answers to this operation are lost, until the fault is ended. */
    public static ApiAnswerLost of(String operation) {
        return new ApiAnswerLost(operation, Integer.MAX_VALUE);
    }

    /** The same for so many answers. */
    public ApiAnswerLost times(int answers) {
        return new ApiAnswerLost(operation, answers);
    }
}
