package io.managedredis.testing.internal.control;

import java.util.Objects;

/**
 * Owns databases.
 *
 * @param id the identifier that requests carry
 * @param slug the short name that people type
 * @param number counts the organizations of this service from 1
 */
public record Organization(String id, String slug, int number) {

    /** Checks that nothing is missing. */
    public Organization {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(slug, "slug");
    }

    boolean personal() {
        return slug.equals(Accounts.PERSONAL);
    }
}
