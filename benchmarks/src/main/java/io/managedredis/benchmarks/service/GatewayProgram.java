package io.managedredis.benchmarks.service;

import io.managedredis.Database;
import io.managedredis.DatabaseSpec;
import io.managedredis.PlanId;
import io.managedredis.RedisUrl;
import io.managedredis.testing.LocalManagedRedis;
import io.managedredis.testing.Vantage;
import java.util.Objects;

/** A program that is the local service with one database, on a plan that does not limit commands a second. */
public final class GatewayProgram {

    private GatewayProgram() {}

    /** Runs until its input ends. Prints the port and the password of the gateway of the primary on each line it is sent. */
    public static void main(String[] args) throws Exception {
        try (LocalManagedRedis service = LocalManagedRedis.start()) {
            Database database = service.create(DatabaseSpec.named("benchmark")
                    .organization(service.organizations().get(0))
                    .primaryRegion("mad")
                    .plan(PlanId.of("Fixed 250MB"))
                    .build());
            RedisUrl url = service.url(database, Vantage.beside());
            Answers.give(
                    url.port() + " " + Objects.requireNonNull(url.password()).reveal());
        }
        System.exit(0);
    }
}
