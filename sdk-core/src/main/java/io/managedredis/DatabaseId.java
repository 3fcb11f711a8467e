package io.managedredis;

import io.managedredis.error.InvalidRequestException;
import java.util.Objects;

/**
 * Identifies a database for changes. The provider assigns it at creation and never reuses it, unlike a name.
 *
 * @param value the provider's identifier, not blank
 */
public record DatabaseId(String value) {

    /**
     * Checks the value.
     *
     * @throws InvalidRequestException when the value is blank
     */
    public DatabaseId {
        Objects.requireNonNull(value, "value");
        if (value.isBlank()) {
            throw new InvalidRequestException("id", "the database id is blank", "an id as 'list' shows it");
        }
    }

    /** The database with this identifier. */
    public static DatabaseId of(String value) {
        return new DatabaseId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
