package io.managedredis.error;

/** Something the SDK needs from its surroundings, such as a process variable, is missing or cannot be used. */
public final class ConfigurationException extends ManagedRedisException {

    private static final long serialVersionUID = 1L;

    /** An error whose message says what is missing and how to provide it. */
    public ConfigurationException(String message) {
        super(message);
    }
}
