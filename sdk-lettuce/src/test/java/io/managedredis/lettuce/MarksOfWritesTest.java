package io.managedredis.lettuce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.managedredis.Endpoints;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** However a write ends, its key is read from the replica again: the mark it has meanwhile ends with it. */
class MarksOfWritesTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String KEY = "key";

    /** The ways in which a write can end. */
    enum End {
        ANSWER {
            @Override
            void bringAbout(Scene scene) throws Exception {
                scene.write().get(10, TimeUnit.SECONDS);
            }
        },
        ERROR {
            @Override
            void bringAbout(Scene scene) {
                scene.sync(connection -> connection.sync().lpush("list", "element"));
                assertThatThrownBy(() ->
                                scene.connection.async().append("list", "text").get(10, TimeUnit.SECONDS))
                        .hasMessageContaining("WRONGTYPE");
            }
        },
        CANCELLED_AND_ANSWERED {
            @Override
            void bringAbout(Scene scene) {
                scene.pair.toPrimary().silence();
                scene.write().cancel(true);
                scene.pair.toPrimary().heal();
            }
        },
        CANCELLED_AND_SOCKET_LOST {
            @Override
            void bringAbout(Scene scene) {
                scene.pair.toPrimary().silence();
                scene.write().cancel(true);
                scene.loseSocket();
            }
        },
        CUSTOM_CANCELLED_AND_SOCKET_LOST {
            @Override
            void bringAbout(Scene scene) {
                scene.pair.toPrimary().silence();
                scene.custom().cancel(true);
                scene.loseSocket();
            }
        },
        CUSTOM_CANCELLED_BEFORE_IT_WAS_SENT {
            @Override
            void bringAbout(Scene scene) {
                scene.pair.toPrimary().cut();
                scene.awaitPrimaryLost();
                scene.custom().cancel(true);
                scene.pair.toPrimary().heal();
            }
        },
        TIMED_OUT_AND_SOCKET_LOST {
            @Override
            void bringAbout(Scene scene) {
                scene.pair.toPrimary().silence();
                scene.connection.setTimeout(Duration.ofMillis(50));
                assertThatThrownBy(() -> scene.connection.sync().set(KEY, "value"))
                        .isInstanceOf(RedisCommandTimeoutException.class);
                scene.loseSocket();
            }
        },
        EXPIRED_AND_SOCKET_LOST {
            @Override
            void bringAbout(Scene scene) {
                scene.pair.toPrimary().silence();
                scene.connection.setTimeout(Duration.ofMillis(50));
                assertThatThrownBy(() -> scene.write().get(10, TimeUnit.SECONDS))
                        .hasCauseInstanceOf(RedisCommandTimeoutException.class);
                scene.loseSocket();
            }

            @Override
            boolean expires() {
                return true;
            }
        },
        EXPIRED_AND_ANSWERED {
            @Override
            void bringAbout(Scene scene) {
                scene.pair.toPrimary().silence();
                scene.connection.setTimeout(Duration.ofMillis(50));
                assertThatThrownBy(() -> scene.write().get(10, TimeUnit.SECONDS))
                        .hasCauseInstanceOf(RedisCommandTimeoutException.class);
                scene.pair.toPrimary().heal();
            }

            @Override
            boolean expires() {
                return true;
            }
        },
        SOCKET_LOST {
            @Override
            void bringAbout(Scene scene) {
                scene.pair.toPrimary().silence();
                RedisFuture<?> write = scene.write();
                scene.loseSocket();
                scene.awaitEnd(write);
            }
        },
        SENT_AGAIN {
            @Override
            void bringAbout(Scene scene) throws Exception {
                scene.pair.toPrimary().silence();
                RedisFuture<String> write = scene.write();
                scene.loseSocket();
                assertThat(write.get(10, TimeUnit.SECONDS)).isEqualTo("OK");
            }

            @Override
            UnansweredWrites policy() {
                return UnansweredWrites.REPLAY;
            }
        },
        CANCELLED_BEFORE_IT_WAS_SENT {
            @Override
            void bringAbout(Scene scene) {
                scene.pair.toPrimary().cut();
                scene.awaitPrimaryLost();
                scene.write().cancel(true);
                scene.pair.toPrimary().heal();
            }
        },
        CANCELLED_BEFORE_IT_WAS_FLUSHED {
            @Override
            void bringAbout(Scene scene) {
                scene.connection.setAutoFlushCommands(false);
                scene.write().cancel(true);
                scene.connection.flushCommands();
                scene.connection.setAutoFlushCommands(true);
            }
        },
        NO_SOCKET_CAME {
            @Override
            void bringAbout(Scene scene) {
                scene.connection.setTimeout(Duration.ofSeconds(30));
                scene.pair.toPrimary().cut();
                scene.awaitPrimaryLost();
                RedisFuture<?> write = scene.write();
                scene.awaitEnd(write);
                scene.pair.toPrimary().heal();
            }
        },
        CONNECTION_CLOSED {
            @Override
            void bringAbout(Scene scene) {
                scene.pair.toPrimary().silence();
                RedisFuture<?> write = scene.write();
                scene.connection.close();
                scene.awaitEnd(write);
                scene.pair.toPrimary().heal();
            }
        },
        CONNECTION_CLOSED_BEFORE_IT_WAS_SENT {
            @Override
            void bringAbout(Scene scene) {
                scene.pair.toPrimary().cut();
                scene.awaitPrimaryLost();
                RedisFuture<?> write = scene.write();
                scene.connection.close();
                scene.awaitEnd(write);
                scene.pair.toPrimary().heal();
            }
        },
        PRIMARY_MOVED_WHILE_IN_FLIGHT {
            @Override
            void bringAbout(Scene scene) {
                scene.pair.toPrimary().silence();
                RedisFuture<?> write = scene.write();
                scene.topology.change(scene.pair.byRegion());
                scene.awaitEnd(write);
            }
        },
        PRIMARY_MOVED_BEFORE_IT_WAS_SENT {
            @Override
            void bringAbout(Scene scene) throws Exception {
                scene.pair.toPrimary().cut();
                scene.awaitPrimaryLost();
                RedisFuture<String> write = scene.write();
                scene.topology.change(scene.pair.byRegion());
                assertThat(write.get(10, TimeUnit.SECONDS)).isEqualTo("OK");
            }
        },
        BLOCKED_AND_CANCELLED {
            @Override
            void bringAbout(Scene scene) {
                RedisFuture<?> write = scene.connection.async().blpop(0, KEY);
                await().atMost(LONG).until(() -> scene.clientsBlocked() == 1);
                write.cancel(true);
                await().atMost(LONG).until(() -> scene.clientsBlocked() == 0);
            }
        },
        BLOCKED_AND_SOCKET_LOST {
            @Override
            void bringAbout(Scene scene) {
                RedisFuture<?> write = scene.connection.async().blpop(0, KEY);
                await().atMost(LONG).until(() -> scene.clientsBlocked() == 1);
                scene.loseSocket();
                scene.awaitEnd(write);
            }
        },
        BLOCKED_AND_CONNECTION_CLOSED {
            @Override
            void bringAbout(Scene scene) {
                RedisFuture<?> write = scene.connection.async().blpop(0, KEY);
                await().atMost(LONG).until(() -> scene.clientsBlocked() == 1);
                scene.connection.close();
                scene.awaitEnd(write);
            }
        },
        RUN_IN_A_TRANSACTION {
            @Override
            void bringAbout(Scene scene) throws Exception {
                RedisAsyncCommands<String, String> async = scene.connection.async();
                async.multi();
                RedisFuture<?> write = scene.write();
                async.exec().get(10, TimeUnit.SECONDS);
                scene.awaitEnd(write);
            }
        },
        DISCARDED {
            @Override
            void bringAbout(Scene scene) {
                scene.connection.sync().multi();
                RedisFuture<?> write = scene.write();
                scene.connection.sync().discard();
                scene.awaitEnd(write);
            }
        },
        TRANSACTION_LOST {
            @Override
            void bringAbout(Scene scene) {
                scene.connection.sync().multi();
                RedisFuture<?> write = scene.write();
                scene.loseSocket();
                scene.awaitEnd(write);
                scene.connection.sync().discard();
            }
        },
        TRANSACTION_EXPIRED_AND_ANSWERED {
            @Override
            void bringAbout(Scene scene) {
                scene.connection.sync().multi();
                scene.pair.toPrimary().silence();
                scene.connection.setTimeout(Duration.ofMillis(50));
                RedisFuture<?> write = scene.write();
                RedisFuture<?> exec = scene.connection.async().exec();
                scene.awaitEnd(write);
                scene.awaitEnd(exec);
                scene.pair.toPrimary().heal();
            }

            @Override
            boolean expires() {
                return true;
            }
        },
        TRANSACTION_EXPIRED_AND_SOCKET_LOST {
            @Override
            void bringAbout(Scene scene) {
                scene.connection.sync().multi();
                scene.pair.toPrimary().silence();
                scene.connection.setTimeout(Duration.ofMillis(50));
                RedisFuture<?> write = scene.write();
                RedisFuture<?> exec = scene.connection.async().exec();
                scene.awaitEnd(write);
                scene.awaitEnd(exec);
                scene.loseSocket();
            }

            @Override
            boolean expires() {
                return true;
            }
        };

        abstract void bringAbout(Scene scene) throws Exception;

        UnansweredWrites policy() {
            return UnansweredWrites.FAIL;
        }

        /** Whether Lettuce is to end commands that take too long by itself. */
        boolean expires() {
            return false;
        }
    }

    @ParameterizedTest
    @EnumSource
    void should_read_a_key_from_the_replica_again_when_its_write_has_ended(End end) throws Exception {
        try (Scene scene = new Scene(end)) {
            scene.sync(connection -> connection.sync().set("other", "value"));
            scene.awaitProven();
            end.bringAbout(scene);
            scene.awaitProven();
        }
    }

    /** A pair, a connection that writes, and one that looks. */
    static final class Scene implements AutoCloseable {

        final RedisPair pair;
        final ChangeableTopology topology;
        final RegionalRedis redis;
        final RegionalConnection<String, String> connection;
        private final RegionalConnection<String, String> looking;

        Scene(End end) throws Exception {
            pair = RedisPair.start();
            Endpoints relayed = pair.relayed();
            topology = new ChangeableTopology(relayed);
            redis = RegionalRedis.builder()
                    .topology(topology)
                    .localRegion(RedisPair.REPLICA_REGION)
                    .unansweredWrites(end.policy())
                    .timeout(Duration.ofSeconds(5))
                    .clientOptions(ClientOptions.builder()
                            .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                            .timeoutOptions(end.expires() ? TimeoutOptions.enabled() : TimeoutOptions.create())
                            .build())
                    .health(HealthSettings.defaults()
                            .withPingInterval(Duration.ofMillis(200))
                            .withPingTimeout(Duration.ofMillis(500)))
                    .build();
            connection = redis.connect();
            looking = redis.connect();
        }

        RedisFuture<String> write() {
            return connection.async().set(KEY, "value");
        }

        /** A write that Lettuce's command APIs did not make. */
        AsyncCommand<String, String, String> custom() {
            AsyncCommand<String, String, String> command = new AsyncCommand<>(new Command<>(
                    CommandType.SET,
                    new StatusOutput<>(StringCodec.UTF8),
                    new CommandArgs<>(StringCodec.UTF8).addKey(KEY).addValue("value")));
            connection.dispatch(command);
            return command;
        }

        void sync(Consumer<RegionalConnection<String, String>> action) {
            action.accept(connection);
        }

        void loseSocket() {
            pair.toPrimary().cut();
            pair.toPrimary().heal();
        }

        void awaitPrimaryLost() {
            await().atMost(LONG)
                    .until(() -> !redis.statistics().regions().get(0).usable());
        }

        void awaitEnd(RedisFuture<?> future) {
            try {
                future.get(10, TimeUnit.SECONDS);
            } catch (TimeoutException incomplete) {
                throw new AssertionError("the write never ends", incomplete);
            } catch (Exception failed) {
                assertThat(future.isDone()).isTrue();
            }
        }

        long clientsBlocked() {
            return looking.sync()
                    .clientList()
                    .lines()
                    .filter(client -> client.contains("cmd=blpop"))
                    .count();
        }

        /** Whatever was written counts as arrived. */
        void awaitProven() {
            for (String key : new String[] {KEY, "other", "list"}) {
                Command<String, String, String> read = new Command<>(
                        CommandType.GET,
                        new ValueOutput<>(StringCodec.UTF8),
                        new CommandArgs<>(StringCodec.UTF8).addKey(key));
                await().atMost(LONG).until(() -> looking.explain(read).reason() == RouteReason.NEAR_REPLICA);
            }
        }

        @Override
        public void close() {
            redis.close();
            pair.close();
        }
    }
}
