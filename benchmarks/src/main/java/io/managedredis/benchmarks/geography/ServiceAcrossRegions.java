package io.managedredis.benchmarks.geography;

import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import io.managedredis.Database;
import io.managedredis.DatabaseSpec;
import io.managedredis.Endpoints;
import io.managedredis.Region;
import io.managedredis.testing.Face;
import io.managedredis.testing.LocalManagedRedis;
import io.managedredis.testing.Vantage;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that is the local service with great-circle distances and one database, primary in Madrid, replicas in Amsterdam
 * and Tokyo. It offers everything that Redis does, for one of the peers asks for roles.
 */
public final class ServiceAcrossRegions {

    private ServiceAcrossRegions() {}

    /** Runs until its input ends; answers a region with the {@link Standpoint} there. */
    public static void main(String[] args) throws Exception {
        try (LocalManagedRedis service =
                LocalManagedRedis.builder().face(Face.REDIS).planLimits(false).start()) {
            Database database = service.create(DatabaseSpec.named("benchmark")
                    .organization(service.organizations().get(0))
                    .primaryRegion("mad")
                    .readRegions("ams", "nrt")
                    .build());
            fill(service.url(database, Vantage.beside()).toUri().toString());
            BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String code = questions.readLine(); code != null; code = questions.readLine()) {
                Vantage vantage = Vantage.from(code);
                Endpoints.ByRegion endpoints = (Endpoints.ByRegion) service.endpoints(database, vantage);
                System.out.println(new Standpoint(Region.of(code), service.url(database, vantage), endpoints).toWord());
            }
        }
        System.exit(0);
    }

    /** Gives every key a value, and waits until both replicas have them. */
    private static void fill(String uri) {
        RedisClient client = RedisClient.create(uri);
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            List<RedisFuture<String>> answers = new ArrayList<>(Keys.COUNT);
            for (int number = 0; number < Keys.COUNT; number++) {
                answers.add(connection.async().set(Keys.name(number), Keys.VALUE));
            }
            LettuceFutures.awaitAll(1, TimeUnit.MINUTES, answers.toArray(RedisFuture[]::new));
            connection.sync().waitForReplication(2, TimeUnit.SECONDS.toMillis(30));
        } finally {
            client.shutdown(0, 1, TimeUnit.SECONDS);
        }
    }
}
