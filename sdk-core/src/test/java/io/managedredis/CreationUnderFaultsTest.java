package io.managedredis;

import static org.assertj.core.api.Assertions.assertThat;

import io.managedredis.Answers.AddOn;
import io.managedredis.error.ManagedRedisException;
import io.managedredis.error.UnknownOutcomeException;
import io.managedredis.settings.RetrySettings;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;

/** Any sequence of faults, on a server that really has names and loses answers before or after it acted. */
class CreationUnderFaultsTest {

    private static final int HISTORIES = 120;

    @Test
    void should_never_make_two_databases_of_one_specification() {
        int adopted = 0;
        int unknown = 0;
        for (int seed = 0; seed < HISTORIES; seed++) {
            Random random = new Random(seed);
            AtomicInteger made = new AtomicInteger();
            String name = "carts-" + seed;
            try (ApiServer server = new ApiServer().offering()) {
                server.alwaysFrom("CreateDatabase", variables -> {
                    int kind = random.nextInt(10);
                    boolean acts = kind < 2 || kind >= 6;
                    if (acts && made.get() > 0) {
                        return ApiServer.error("Validation failed: Name has already been taken", "UNPROCESSABLE");
                    }
                    if (acts) {
                        made.incrementAndGet();
                    }
                    return kind < 2 ? ApiServer.data(AddOn.named(name).created()) : fault(random);
                });
                server.alwaysFrom(
                        "FindDatabase",
                        variables -> random.nextInt(4) == 0
                                ? fault(random)
                                : ApiServer.data(
                                        made.get() > 0 ? AddOn.named(name).found() : Answers.absent()));
                try (ManagedRedisClient client = server.clientBuilder()
                        .timing(new VirtualTiming())
                        .random(random)
                        .retry(new RetrySettings(3, Duration.ofMillis(1), Duration.ofMillis(1), 0))
                        .withoutCircuitBreaker()
                        .build()) {
                    Database database = client.databases()
                            .define(name)
                            .primaryRegion("mad")
                            .readRegions("ams")
                            .create();
                    assertThat(database.name()).isEqualTo(name);
                    assertThat(made).hasValue(1);
                    adopted += server.requests("FindDatabase").isEmpty() ? 0 : 1;
                } catch (UnknownOutcomeException undecided) {
                    unknown++;
                    assertThat(undecided).hasMessageContaining(name);
                } catch (ManagedRedisException refused) {
                    throw new AssertionError("history " + seed + " ended in a wrong claim", refused);
                }
                assertThat(made.get()).as("databases of history " + seed).isLessThanOrEqualTo(1);
            }
        }
        assertThat(adopted).as("histories that ended by looking").isPositive();
        assertThat(unknown).as("histories that could not be decided").isPositive();
    }

    private static MockResponse fault(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> Faults.reset();
            case 1 -> Faults.halfABody();
            case 2 -> ApiServer.status(500 + random.nextInt(5), "down");
            case 3 -> ApiServer.status(200, "<html>error</html>");
            default -> ApiServer.error("boom", "SERVER_ERROR");
        };
    }
}
