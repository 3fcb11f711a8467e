package io.managedredis;

import java.util.Objects;

/** A specification that is made and used in one go. Not safe for use by several threads. */
public final class DatabaseDefinition extends SpecificationBuilder<DatabaseDefinition> {

    private final Databases databases;

    DatabaseDefinition(Databases databases, String name) {
        super(name);
        this.databases = Objects.requireNonNull(databases, "databases");
    }

    /** Builds the specification and creates the database; see {@link Databases#create(DatabaseSpec)}. */
    public Database create() {
        return databases.create(build());
    }

    /** Builds the specification and makes the database what it says; see {@link Databases#ensure(DatabaseSpec)}. */
    public EnsureResult ensure() {
        return databases.ensure(build());
    }

    @Override
    DatabaseDefinition self() {
        return this;
    }
}
