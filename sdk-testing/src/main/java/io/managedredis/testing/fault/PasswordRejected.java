package io.managedredis.testing.fault;

import io.managedredis.DatabaseId;
import io.managedredis.Region;
import org.jspecify.annotations.Nullable;

/**
 * The right password is refused as if it were wrong. Connections that have authenticated before are not concerned.
 *
 * @param region the region it concerns; null for all
 * @param database the database it concerns; null for all
 */
public record PasswordRejected(
        @Nullable Region region, @Nullable DatabaseId database) implements DataFault {

    /** In every region, for all databases. */
    public static PasswordRejected everywhere() {
        return new PasswordRejected(null, null);
    }

    /** In the region with this code, for all databases. */
    public static PasswordRejected in(String region) {
        return new PasswordRejected(Region.of(region), null);
    }

    /** The same for one database only. */
    public PasswordRejected on(DatabaseId onlyDatabase) {
        return new PasswordRejected(region, onlyDatabase);
    }
}
