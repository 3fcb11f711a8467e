package io.managedredis;

import java.util.Locale;
import java.util.Objects;

/**
 * The state of a database as the provider names it. The type is open: states that this version has never seen are kept as
 * they are, and are neither ready nor failed.
 *
 * @param value the provider's word in lower case; {@code unknown} where it gives none
 */
public record DatabaseStatus(String value) {

    /** The database is being made or changed. */
    public static final DatabaseStatus PENDING = new DatabaseStatus("pending");

    /** The database can be used. */
    public static final DatabaseStatus READY = new DatabaseStatus("ready");

    /** The provider gives no state. */
    public static final DatabaseStatus UNKNOWN = new DatabaseStatus("unknown");

    /** Lower-cases the word. */
    public DatabaseStatus {
        Objects.requireNonNull(value, "value");
        value = value.strip().toLowerCase(Locale.ROOT);
        if (value.isEmpty()) {
            value = "unknown";
        }
    }

    /** The state with this name. */
    public static DatabaseStatus of(String value) {
        return new DatabaseStatus(value);
    }

    /** Whether the provider says that the database can be used. */
    public boolean isReady() {
        return switch (value) {
            case "ready", "active", "available" -> true;
            default -> false;
        };
    }

    /** Whether the provider says that the database will not become ready without somebody's help. */
    public boolean isFailed() {
        return switch (value) {
            case "error", "failed", "suspended", "deleted", "deleting" -> true;
            default -> false;
        };
    }

    @Override
    public String toString() {
        return value;
    }
}
