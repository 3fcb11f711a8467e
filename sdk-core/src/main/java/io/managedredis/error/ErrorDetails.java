package io.managedredis.error;

import java.io.Serializable;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * What is known about the call that failed. What is not known is null.
 *
 * @param operation the verb that was called, such as {@code create}
 * @param database the name or identifier of the database it was about
 * @param status the HTTP status of the answer
 * @param code the error code in the answer; the set of codes is open
 * @param requestId the provider's identifier of the request, which its support asks for
 * @param attempts how many requests were sent
 */
public record ErrorDetails(
        @Nullable String operation,
        @Nullable String database,
        @Nullable Integer status,
        @Nullable String code,
        @Nullable String requestId,
        int attempts)
        implements Serializable {

    private static final ErrorDetails NONE = new ErrorDetails(null, null, null, null, null, 0);

    /** Nothing is known; no request was sent. */
    public static ErrorDetails none() {
        return NONE;
    }

    /** Details of a call that has no answer yet. */
    public static ErrorDetails of(String operation, @Nullable String database) {
        return new ErrorDetails(operation, database, null, null, null, 0);
    }

    /** The same with the parts of an answer. */
    public ErrorDetails withAnswer(
            @Nullable Integer newStatus, @Nullable String newCode, @Nullable String newRequestId) {
        return new ErrorDetails(operation, database, newStatus, newCode, newRequestId, attempts);
    }

    /** The same with another number of requests. */
    public ErrorDetails withAttempts(int newAttempts) {
        return new ErrorDetails(operation, database, status, code, requestId, newAttempts);
    }

    /** What is known, as {@code operation=create, database=sessions}; empty when nothing is. */
    @Override
    public String toString() {
        StringJoiner known = new StringJoiner(", ");
        add(known, "operation", operation);
        add(known, "database", database);
        add(known, "status", status);
        add(known, "code", code);
        add(known, "requestId", requestId);
        add(known, "attempts", attempts == 0 ? null : attempts);
        return known.toString();
    }

    private static void add(StringJoiner known, String name, @Nullable Object value) {
        if (value != null) {
            known.add(name + "=" + value);
        }
    }
}
