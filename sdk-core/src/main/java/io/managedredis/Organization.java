package io.managedredis;

import java.util.Objects;

/**
 * Owns databases and pays for them. Its private network is the one from which their addresses can be reached.
 *
 * @param id the provider's identifier
 * @param slug the short name that addresses and the command line use
 * @param name the name for people
 * @param kind whose it is
 * @param paid whether it is on a paid plan, which some regions ask for
 */
public record Organization(String id, String slug, String name, Kind kind, boolean paid) {

    /** Whose an organization is. */
    public enum Kind {
        /** The organization of one user. */
        PERSONAL,
        /** An organization of one or more users. */
        SHARED,
        /** Something that this version does not know. */
        OTHER
    }

    /** Checks that nothing is missing. */
    public Organization {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(slug, "slug");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
    }
}
