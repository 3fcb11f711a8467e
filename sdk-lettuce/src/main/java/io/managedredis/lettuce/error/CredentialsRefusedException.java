package io.managedredis.lettuce.error;

import io.managedredis.error.ManagedRedisException;

/** The database does not accept the user or the password. The password may have been changed: read the address anew. */
public final class CredentialsRefusedException extends ManagedRedisException {

    private static final long serialVersionUID = 1L;

    /** An error for this endpoint. */
    public CredentialsRefusedException(String endpoint, Throwable cause) {
        super(
                endpoint
                        + " does not accept the user or the password. The password may have been changed: read the address of the"
                        + " database anew, or let TopologySource.polling do it",
                cause);
    }
}
