package io.managedredis.lettuce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.TransactionResult;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.resource.ClientResources;
import io.managedredis.Endpoints;
import io.managedredis.error.ManagedRedisException;
import io.managedredis.lettuce.error.TransactionLostException;
import io.managedredis.lettuce.error.WriteOutcomeUnknownException;
import io.netty.util.HashedWheelTimer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Transactions whose socket is cut at any byte. A long run is {@code -Dtransaction.rounds=N}, one history {@code
 * -Dtransaction.seed=N}.
 */
class TransactionCutTest {

    private static final int ROUNDS = Integer.getInteger("transaction.rounds", 120);
    private static final long SEED = Long.getLong("transaction.seed", 1);
    private static final int WORKERS = 4;
    private static final Duration LONG = Duration.ofSeconds(20);

    /** What is known of a round when all of its futures have ended. */
    private enum Outcome {
        DONE,
        NOT_DONE,
        UNKNOWN
    }

    @Test
    void should_run_all_or_nothing_of_a_transaction_that_is_cut_at_any_byte() throws Exception {
        ClientResources resources = ClientResources.builder()
                .timer(new HashedWheelTimer(1, TimeUnit.MILLISECONDS))
                .build();
        ExecutorService threads = Executors.newFixedThreadPool(WORKERS);
        try (RedisPair pair = RedisPair.start()) {
            List<Future<Map<String, Outcome>>> running = new ArrayList<>();
            for (int worker = 0; worker < WORKERS; worker++) {
                long seed = SEED * 1_000 + worker;
                String name = "w" + worker + ":";
                Callable<Map<String, Outcome>> work = () -> {
                    try (Worker own = new Worker(pair, resources, name, new Random(seed))) {
                        return own.run(ROUNDS / WORKERS);
                    }
                };
                running.add(threads.submit(work));
            }
            Map<String, Outcome> outcomes = new LinkedHashMap<>();
            for (Future<Map<String, Outcome>> each : running) {
                outcomes.putAll(each.get());
            }
            assertThat(outcomes).containsValues(Outcome.DONE, Outcome.NOT_DONE, Outcome.UNKNOWN);
            check(pair, outcomes);
        } finally {
            threads.shutdownNow();
            resources.shutdown(0, 1, TimeUnit.SECONDS).await();
            resources.timer().stop();
        }
    }

    /** All sockets are gone, so the server has run whatever it will ever run. */
    private static void check(RedisPair pair, Map<String, Outcome> outcomes) {
        RedisClient client = RedisClient.create();
        try (StatefulRedisConnection<String, String> direct = client.connect(
                RedisURI.create(pair.primaryUrl().host(), pair.primaryUrl().port()))) {
            await().atMost(LONG).until(() -> direct.sync().clientList().lines().count() <= 2);
            outcomes.forEach((round, outcome) -> {
                boolean first = direct.sync().get(round + "a") != null;
                boolean second = direct.sync().get(round + "b") != null;
                assertThat(second)
                        .as("both or none of %s, which ended %s", round, outcome)
                        .isEqualTo(first);
                if (outcome != Outcome.UNKNOWN) {
                    assertThat(first)
                            .as("whether %s was run, which ended %s", round, outcome)
                            .isEqualTo(outcome == Outcome.DONE);
                }
            });
        } finally {
            client.shutdown(0, 1, TimeUnit.SECONDS);
        }
    }

    private static final class Worker implements AutoCloseable {

        private final String name;
        private final Random random;
        private final CuttingRelay relay;
        private final RegionalRedis redis;
        private final RegionalConnection<String, String> connection;

        Worker(RedisPair pair, ClientResources resources, String name, Random random) throws IOException {
            this.name = name;
            this.random = random;
            this.relay = new CuttingRelay(pair.primaryUrl().port());
            Endpoints.ByRegion direct = (Endpoints.ByRegion) pair.byRegion();
            this.redis = RegionalRedis.builder()
                    .topology(TopologySource.of(new Endpoints.ByRegion(
                            direct.primaryRegion(), RedisPair.url(relay.port()), direct.replicas())))
                    .localRegion(RedisPair.REPLICA_REGION)
                    .clientResources(resources)
                    .build();
            this.connection = redis.connect();
        }

        @Override
        public void close() throws IOException {
            redis.close();
            relay.close();
        }

        Map<String, Outcome> run(int rounds) throws Exception {
            Map<String, Outcome> outcomes = new LinkedHashMap<>();
            connection.sync().set(name + "probe", "value");
            for (int round = 0; round < rounds; round++) {
                String keys = name + round + ":";
                boolean watched = random.nextBoolean();
                boolean answers = random.nextInt(3) == 0;
                relay.arm(new CuttingRelay.Cut(
                        watched ? "WATCH" : "MULTI",
                        random.nextInt(answers ? 70 : 220),
                        answers,
                        random.nextInt(2) * random.nextInt(3_000_000)));
                Outcome outcome = switch (random.nextInt(3)) {
                    case 0 -> inSequence(keys, watched);
                    case 1 -> atOnce(keys, watched);
                    default -> batched(keys, watched);
                };
                relay.disarm();
                outcomes.put(keys, outcome);
                assertThat(connection.isMulti()).isFalse();
                assertThat(connection.reading(Consistency.PRIMARY).sync().get(name + "probe"))
                        .isEqualTo("value");
            }
            awaitProven(outcomes.keySet());
            return outcomes;
        }

        /** The marks of all writes have ended, or reads of their keys would go to the primary for ever. */
        private void awaitProven(Set<String> rounds) {
            List<Command<String, String, String>> reads = rounds.stream()
                    .flatMap(round -> Stream.of("a", "b", "before", "after").map(round::concat))
                    .map(key -> new Command<>(
                            CommandType.GET,
                            new ValueOutput<>(StringCodec.UTF8),
                            new CommandArgs<>(StringCodec.UTF8).addKey(key)))
                    .toList();
            await().atMost(LONG)
                    .until(() -> reads.stream()
                            .allMatch(read -> connection.explain(read).reason() == RouteReason.NEAR_REPLICA));
        }

        private Outcome inSequence(String keys, boolean watched) {
            RedisCommands<String, String> sync = connection.sync();
            boolean ended = false;
            try {
                if (watched) {
                    sync.watch(keys + "a");
                    assertThat(sync.get(keys + "a")).isNull();
                    assertThat(sync.get(name + "probe")).isEqualTo("value");
                }
                sync.multi();
                sync.set(keys + "a", "1");
                sync.set(keys + "b", "1");
                ended = true;
                TransactionResult result = sync.exec();
                assertThat(result.wasDiscarded()).isFalse();
                assertThat(result.size()).isEqualTo(2);
                return Outcome.DONE;
            } catch (TransactionLostException lost) {
                if (!ended) {
                    assertThat(sync.discard()).isEqualTo("OK");
                }
                return Outcome.NOT_DONE;
            } catch (WriteOutcomeUnknownException unknown) {
                assertThat(ended).isTrue();
                return Outcome.UNKNOWN;
            }
        }

        private Outcome atOnce(String keys, boolean watched) throws Exception {
            return outcome(sent(keys, watched));
        }

        private Outcome batched(String keys, boolean watched) throws Exception {
            connection.setAutoFlushCommands(false);
            Sent sent;
            try {
                sent = sent(keys, watched);
                connection.flushCommands();
            } finally {
                connection.setAutoFlushCommands(true);
            }
            return outcome(sent);
        }

        private record Sent(List<RedisFuture<?>> all, RedisFuture<TransactionResult> exec, RedisFuture<String> read) {}

        private Sent sent(String keys, boolean watched) {
            RedisAsyncCommands<String, String> async = connection.async();
            List<RedisFuture<?>> all = new ArrayList<>();
            all.add(async.set(keys + "before", "1"));
            if (watched) {
                all.add(async.watch(keys + "a"));
                all.add(async.get(keys + "a"));
            }
            all.add(async.multi());
            all.add(async.set(keys + "a", "1"));
            all.add(async.set(keys + "b", "1"));
            RedisFuture<TransactionResult> exec = async.exec();
            all.add(exec);
            RedisFuture<String> read =
                    connection.reading(Consistency.PRIMARY).async().get(name + "probe");
            all.add(read);
            all.add(async.set(keys + "after", "1"));
            return new Sent(all, exec, read);
        }

        private static Outcome outcome(Sent sent) throws Exception {
            List<Throwable> failures = new ArrayList<>();
            for (RedisFuture<?> each : sent.all()) {
                try {
                    each.get(10, TimeUnit.SECONDS);
                } catch (TimeoutException incomplete) {
                    throw new AssertionError("a future stays incomplete: " + each, incomplete);
                } catch (ExecutionException failed) {
                    assertThat(failed.getCause())
                            .isInstanceOfAny(TransactionLostException.class, WriteOutcomeUnknownException.class);
                    failures.add(failed.getCause());
                }
            }
            assertThat(sent.read().get()).isEqualTo("value");
            try {
                TransactionResult result = sent.exec().get();
                assertThat(result.wasDiscarded()).isFalse();
                assertThat(result.size()).isEqualTo(2);
                return Outcome.DONE;
            } catch (ExecutionException failed) {
                return ((ManagedRedisException) failed.getCause()) instanceof TransactionLostException
                        ? Outcome.NOT_DONE
                        : Outcome.UNKNOWN;
            }
        }
    }
}
