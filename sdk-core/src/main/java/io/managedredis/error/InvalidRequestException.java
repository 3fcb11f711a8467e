package io.managedredis.error;

/** What the caller asked for can never work as it stands. Nothing was sent, or the server refused it. */
public final class InvalidRequestException extends ManagedRedisException {

    private static final long serialVersionUID = 1L;

    private final String field;

    /**
     * An error in one field, found before anything was sent.
     *
     * @param field the field that is wrong, as the builder names it
     * @param problem what is wrong with it
     * @param allowed what is allowed in its place
     */
    public InvalidRequestException(String field, String problem, String allowed) {
        this(field, problem, allowed, ErrorDetails.none());
    }

    /**
     * An error in one field, with what is known about the call.
     *
     * @param field the field that is wrong, as the builder names it
     * @param problem what is wrong with it
     * @param allowed what is allowed in its place
     * @param details what is known about the call
     */
    public InvalidRequestException(String field, String problem, String allowed, ErrorDetails details) {
        super(problem + "; allowed for '" + field + "': " + allowed, details, null);
        this.field = field;
    }

    /** The field that is wrong, as the builder names it. */
    public String field() {
        return field;
    }
}
