package io.managedredis.readiness;

import io.managedredis.Database;
import java.util.concurrent.CompletionStage;

/** Finds out whether a database answers at its address. Used by one wait at a time, which may run on any thread. */
@FunctionalInterface
public interface ReadinessProbe {

    /**
     * Asks the database once. It should give up by itself after some seconds; a failed stage counts as not answered.
     *
     * @param database the database, which has an address
     */
    CompletionStage<ProbeResult> probe(Database database);
}
