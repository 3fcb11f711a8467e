package io.managedredis.testing.internal.control;

/** A request that the service refuses. The message goes to the client as it stands. */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Code code;

    private Refusal(Code code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    static Refusal notFound(String what) {
        return new Refusal(Code.NOT_FOUND, "Could not find " + what);
    }

    static Refusal invalid(String why) {
        return new Refusal(Code.UNPROCESSABLE, "Validation failed: " + why);
    }

    static Refusal nameTaken() {
        return new Refusal(Code.NAME_TAKEN, "Validation failed: Name has already been taken");
    }

    /** What kind of refusal it is. */
    public Code code() {
        return code;
    }

    /** The kinds of refusals, and the code that an answer carries for each. */
    public enum Code {
        /** There is no such thing, or none that the caller may see. */
        NOT_FOUND("NOT_FOUND"),
        /** Another database has the name. */
        NAME_TAKEN("UNPROCESSABLE"),
        /** The request breaks a rule. */
        UNPROCESSABLE("UNPROCESSABLE");

        private final String wire;

        Code(String wire) {
            this.wire = wire;
        }

        String wire() {
            return wire;
        }
    }
}
