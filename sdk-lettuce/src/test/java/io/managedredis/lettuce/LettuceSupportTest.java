package io.managedredis.lettuce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.TrackingArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.support.AsyncConnectionPoolSupport;
import io.lettuce.core.support.BoundedAsyncPool;
import io.lettuce.core.support.BoundedPoolConfig;
import io.lettuce.core.support.ConnectionPoolSupport;
import io.lettuce.core.support.caching.CacheAccessor;
import io.lettuce.core.support.caching.CacheFrontend;
import io.lettuce.core.support.caching.ClientSideCaching;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What Lettuce builds on a connection, pools and caches, takes a regional one unchanged, with a real primary and replica. */
class LettuceSupportTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private static RedisPair pair;
    private static RegionalRedis redis;

    @BeforeAll
    static void start() throws IOException {
        pair = RedisPair.start();
        redis = RegionalRedis.builder()
                .topology(TopologySource.of(pair.byRegion()))
                .localRegion(RedisPair.REPLICA_REGION)
                .build();
    }

    @AfterAll
    static void stop() {
        redis.close();
        pair.close();
    }

    @Test
    @SuppressWarnings("deprecation") // Programs call what Lettuce has deprecated.
    void should_be_pooled_and_keep_its_own_methods_in_the_pools_proxy() throws Exception {
        GenericObjectPoolConfig<RegionalConnection<String, String>> config = new GenericObjectPoolConfig<>();
        config.setMaxTotal(2);
        config.setTestOnBorrow(true);
        try (GenericObjectPool<RegionalConnection<String, String>> pool =
                ConnectionPoolSupport.createGenericObjectPool(redis::connect, config)) {
            for (int i = 0; i < 20; i++) {
                try (RegionalConnection<String, String> connection = pool.borrowObject()) {
                    connection.sync().set("pooled", Integer.toString(i));
                    assertThat(connection.sync().get("pooled")).isEqualTo(Integer.toString(i));
                    assertThat(connection.reading(Consistency.PRIMARY).sync().get("pooled"))
                            .isEqualTo(Integer.toString(i));
                    assertThat(connection.sync().getStatefulConnection()).isSameAs(connection);
                }
            }
            assertThat(pool.getCreatedCount()).isEqualTo(1);
            assertThat(pool.getNumActive()).isZero();
        }
    }

    @Test
    void should_be_pooled_without_blocking() throws Exception {
        BoundedAsyncPool<StatefulRedisConnection<String, String>> pool =
                AsyncConnectionPoolSupport.createBoundedObjectPool(
                        () -> redis.connectAsync(StringCodec.UTF8)
                                .thenApply(connection -> (StatefulRedisConnection<String, String>) connection),
                        BoundedPoolConfig.builder().maxTotal(2).build());
        for (int i = 0; i < 20; i++) {
            StatefulRedisConnection<String, String> connection = pool.acquire().get(20, TimeUnit.SECONDS);
            assertThat(connection.async().set("pooled", "value").get(20, TimeUnit.SECONDS))
                    .isEqualTo("OK");
            connection.closeAsync().get(20, TimeUnit.SECONDS);
        }
        assertThat(pool.getObjectCount()).isLessThanOrEqualTo(2);
        pool.closeAsync().get(20, TimeUnit.SECONDS);
    }

    @Test
    void should_have_its_cached_values_invalidated_wherever_they_were_read() {
        Map<String, String> cached = new ConcurrentHashMap<>();
        try (RegionalConnection<String, String> connection = redis.connect();
                RegionalConnection<String, String> other = redis.connect()) {
            CacheFrontend<String, String> cache =
                    ClientSideCaching.enable(CacheAccessor.forMap(cached), connection, TrackingArgs.Builder.enabled());
            other.sync().set("cached", "1");
            assertThat(cache.get("cached")).isEqualTo("1");
            other.sync().set("cached", "2");
            await().atMost(LONG).until(() -> !cached.containsKey("cached"));
            // Read where the replica serves it, once it is proven to have the write.
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(connection
                                    .explain(new Command<>(
                                            CommandType.GET,
                                            new ValueOutput<>(StringCodec.UTF8),
                                            new CommandArgs<>(StringCodec.UTF8).addKey("cached")))
                                    .reason())
                            .isEqualTo(RouteReason.NEAR_REPLICA));
            assertThat(cache.get("cached")).isEqualTo("2");
            assertThat(cached).containsKey("cached");
            other.sync().set("cached", "3");
            await().atMost(LONG).until(() -> !cached.containsKey("cached"));
            assertThat(cache.get("cached")).isEqualTo("3");
        }
    }

    @Test
    void should_honour_the_callers_resources_and_options_and_leave_them_open() throws Exception {
        ClientResources resources = ClientResources.builder()
                .ioThreadPoolSize(2)
                .computationThreadPoolSize(2)
                .build();
        ClientOptions options = ClientOptions.builder()
                .requestQueueSize(1_234)
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .build();
        try {
            for (int i = 0; i < 2; i++) {
                try (RegionalRedis own = RegionalRedis.builder()
                                .topology(TopologySource.of(pair.byRegion()))
                                .localRegion(RedisPair.REPLICA_REGION)
                                .clientResources(resources)
                                .clientOptions(options)
                                .build();
                        RegionalConnection<String, String> connection = own.connect()) {
                    assertThat(connection.getOptions().getRequestQueueSize()).isEqualTo(1_234);
                    assertThat(connection.sync().set("key", "value")).isEqualTo("OK");
                }
                assertThat(resources.eventExecutorGroup().isShuttingDown()).isFalse();
                assertThat(resources.eventExecutorGroup().submit(() -> "runs").get(20, TimeUnit.SECONDS))
                        .isEqualTo("runs");
            }
        } finally {
            resources.shutdown(0, 2, TimeUnit.SECONDS).get(20, TimeUnit.SECONDS);
        }
    }
}
