package io.managedredis.error;

/** What the caller asked for can never work as it stands. Nothing was sent, or the server refused it. */
public final class InvalidRequestException extends ManagedRedisException {

    private static final long serialVersionUID = 1L;

    private final String field;

    /**
     * An error in one field.
     *
     * @param field the field that is wrong, as the builder names it
     * @param problem what is wrong with it
     * @param allowed what is allowed in its place
     */
    public InvalidRequestException(String field, String problem, String allowed) {
        super(problem + "; allowed for '" + field + "': " + allowed);
        this.field = field;
    }

    /** The field that is wrong, as the builder names it. */
    public String field() {
        return field;
    }
}
