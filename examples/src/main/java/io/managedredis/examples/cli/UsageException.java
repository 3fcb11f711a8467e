package io.managedredis.examples.cli;

/** The command line cannot be carried out as it is; the message says what to write instead. */
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
