package io.managedredis.testing.fault;

import io.managedredis.error.InvalidRequestException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The API answers with an error and does nothing.
 *
 * @param operation the operation that fails, by the name of its first field, such as {@code createAddOn}; null for all
 * @param status the HTTP status; 200 for an error inside of a GraphQL answer
 * @param code the code that the error carries
 * @param message the text that the error carries
 * @param retryAfter what the header of that name says, in whole seconds; null for no such header
 * @param times how many requests fail; then the fault is over though it was not ended
 */
public record ApiError(
        @Nullable String operation,
        int status,
        String code,
        String message,
        @Nullable Duration retryAfter,
        int times) implements ApiFault {

    /**
     * Checks the parts.
     *
     * @throws InvalidRequestException when the status is no HTTP status that an answer can have, or {@code times} is below 1
     */
    public ApiError {
        if (status != 200 && (status < 400 || status > 599)) {
            throw new InvalidRequestException(
                    "status", "an error with the status " + status + " is none", "200, 400 to 599");
        }
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
        Times.check(times);
    }

    /** Every request is answered with this HTTP status, until the fault is ended. */
    public static ApiError status(int status) {
        return new ApiError(null, status, "SERVER_ERROR", "The request failed on purpose", null, Integer.MAX_VALUE);
    }

    /** Every operation fails with this code inside of a GraphQL answer, until the fault is ended. */
    public static ApiError code(String code, String message) {
        return new ApiError(null, 200, code, message, null, Integer.MAX_VALUE);
    }

    /** The same for one operation only, by the name of its first field, such as {@code createAddOn}. */
    public ApiError on(String onlyOperation) {
        return new ApiError(onlyOperation, status, code, message, retryAfter, times);
    }

    /** The same with a {@code Retry-After} header. */
    public ApiError retryAfter(Duration wait) {
        return new ApiError(operation, status, code, message, wait, times);
    }

    /** The same for so many requests. */
    public ApiError times(int requests) {
        return new ApiError(operation, status, code, message, retryAfter, requests);
    }
}
