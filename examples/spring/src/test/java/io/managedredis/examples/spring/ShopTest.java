package io.managedredis.examples.spring;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.resource.ClientResources;
import io.managedredis.Region;
import io.managedredis.junit5.ManagedRedisExtension;
import io.managedredis.lettuce.Consistency;
import io.managedredis.lettuce.RegionStatistics;
import io.managedredis.lettuce.RegionalRedis;
import io.managedredis.lettuce.TopologySource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.data.redis.RedisSystemException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.core.Cursor;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.ScanOptions;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.bean.override.convention.TestBean;
import reactor.core.publisher.Flux;

@SpringBootTest
@DirtiesContext // The application ends with the class, as its database does.
class ShopTest {

    private static final Region PRIMARY = Region.of("fra");
    private static final Region LOCAL = Region.of("ams");

    @RegisterExtension
    static final ManagedRedisExtension DATABASE = ManagedRedisExtension.builder()
            .primaryRegion(PRIMARY.code())
            .readRegions(LOCAL.code())
            .localRegion(LOCAL.code())
            .build();

    @TestBean
    TopologySource topology;

    @TestBean
    Region localRegion;

    @Autowired
    Catalogue catalogue;

    @Autowired
    Carts carts;

    @Autowired
    Announcements announcements;

    @Autowired
    StringRedisTemplate template;

    @Autowired
    ReactiveStringRedisTemplate reactive;

    @Autowired
    @Qualifier(RedisConfiguration.EVENTUAL)
    RegionalConnectionFactory eventual;

    @Autowired
    RegionalRedis redis;

    @Autowired
    ClientResources resources;

    static TopologySource topology() {
        return TopologySource.of(DATABASE.database());
    }

    static Region localRegion() {
        return LOCAL;
    }

    @Test
    void should_read_from_the_local_replica_what_it_has() {
        template.opsForValue().set("product", "a chair");
        StringRedisTemplate ofLocal = new StringRedisTemplate(eventual);
        await().until(() -> "a chair".equals(ofLocal.opsForValue().get("product")));

        await().untilAsserted(() -> {
            long before = readsIn(LOCAL);
            assertThat(template.opsForValue().get("product")).isEqualTo("a chair");
            assertThat(readsIn(LOCAL)).isEqualTo(before + 1);
        });
    }

    @Test
    void should_read_own_writes_at_once() {
        for (int i = 1; i <= 200; i++) {
            assertThat(carts.put("7", "product " + i)).isEqualTo(i);
            assertThat(carts.contents("7")).hasSize(i);
        }
    }

    @Test
    void should_read_own_writes_at_once_when_reactive() {
        Long last = Flux.range(1, 200)
                .concatMap(i -> reactive.opsForList()
                        .rightPush("cart:8", "product " + i)
                        .then(carts.size("8"))
                        .doOnNext(size -> assertThat(size).isEqualTo(i.longValue())))
                .blockLast(Duration.ofSeconds(30));

        assertThat(last).isEqualTo(200);
    }

    @Test
    void should_read_what_was_written_imperatively_when_reactive() {
        for (int i = 1; i <= 50; i++) {
            carts.put("9", "product " + i);
            assertThat(carts.size("9").block()).isEqualTo(i);
        }
    }

    @Test
    void should_make_a_cached_description_once_and_serve_it_from_the_local_replica() {
        String described = catalogue.describe("chair");
        await().until(() -> catalogue.describe("chair").equals(catalogue.describe("chair")));
        String cached = catalogue.describe("chair");
        long before = readsIn(LOCAL);

        assertThat(catalogue.describe("chair")).isEqualTo(cached).startsWith("chair, as described");
        assertThat(readsIn(LOCAL)).isEqualTo(before + 1);

        catalogue.forget("chair");
        await().untilAsserted(() -> assertThat(catalogue.describe("chair")).isNotEqualTo(described));
    }

    @Test
    void should_hear_announcements() {
        announcements.announce("a sale");

        await().untilAsserted(() -> assertThat(announcements.heard()).contains("a sale"));
    }

    @Test
    void should_hear_announcements_when_reactive() {
        List<String> heard = new ArrayList<>();
        var subscription = reactive.listenToLater(Announcements.TOPIC)
                .flatMapMany(messages -> {
                    announcements.announce("reactive sale");
                    return messages;
                })
                .map(message -> message.getMessage())
                .filter("reactive sale"::equals)
                .next()
                .doOnNext(heard::add);

        assertThat(subscription.block(Duration.ofSeconds(30))).isEqualTo("reactive sale");
        assertThat(heard).hasSize(1);
    }

    @Test
    void should_order_a_cart_in_a_transaction() {
        carts.put("10", "a chair");
        carts.put("10", "a table");

        assertThat(carts.order("10")).isTrue();

        assertThat(carts.contents("10")).isEmpty();
        assertThat(template.opsForList().range("ordered:10", 0, -1)).containsExactly("a chair", "a table");
        assertThat(carts.order("10")).isFalse();
    }

    @Test
    void should_abort_a_transaction_when_a_watched_key_changed() {
        template.opsForValue().set("stock", "1");

        List<Object> results = template.execute((RedisConnection connection) -> {
            connection.watch(bytes("stock"));
            template.opsForValue().set("stock", "0");
            connection.multi();
            connection.stringCommands().set(bytes("stock"), bytes("5"));
            return connection.exec();
        });

        assertThat(results).isNullOrEmpty();
        assertThat(template.opsForValue().get("stock")).isEqualTo("0");
    }

    @Test
    void should_answer_a_pipeline_in_order() {
        List<Object> answers = template.executePipelined((RedisCallback<Object>) connection -> {
            for (int i = 0; i < 100; i++) {
                connection.stringCommands().set(bytes("key " + i), bytes("value " + i));
                connection.stringCommands().get(bytes("key " + i));
            }
            return null;
        });

        assertThat(answers).hasSize(200);
        for (int i = 0; i < 100; i++) {
            assertThat(answers.get(2 * i + 1)).isEqualTo("value " + i);
        }
    }

    @Test
    void should_scan_to_the_end() {
        for (int i = 0; i < 300; i++) {
            template.opsForValue().set("scanned:" + i, "value");
        }
        List<String> found = new ArrayList<>();
        try (Cursor<String> cursor = template.scan(
                ScanOptions.scanOptions().match("scanned:*").count(20).build())) {
            cursor.forEachRemaining(found::add);
        }

        assertThat(found).hasSize(300);
    }

    @Test
    void should_not_hold_up_others_while_a_command_blocks() throws Exception {
        CompletableFuture<String> waiting = supplyAsync(
                () -> Objects.requireNonNull(template.opsForList().leftPop("queue", Duration.ofSeconds(30))));

        assertThat(template.opsForValue().increment("counter")).isOne();
        assertThat(template.opsForValue().get("counter")).isEqualTo("1");
        template.opsForList().rightPush("queue", "work");

        assertThat(waiting.get(30, TimeUnit.SECONDS)).isEqualTo("work");
    }

    @Test
    void should_translate_what_the_server_refuses() {
        template.opsForValue().set("text", "no number");

        assertThatThrownBy(() -> template.opsForValue().increment("text"))
                .isInstanceOf(RedisSystemException.class)
                .rootCause()
                .hasMessageContaining("not an integer");
    }

    @Test
    void should_leave_no_connection_behind_when_a_factory_is_stopped() {
        RegionalConnectionFactory factory = new RegionalConnectionFactory(redis, Consistency.PRIMARY, resources);
        factory.afterPropertiesSet();
        factory.start();
        new StringRedisTemplate(factory).opsForValue().set("key", "value");
        var shared = factory.getConnection();
        assertThat(shared.ping()).isEqualTo("PONG");
        shared.close();

        factory.destroy();

        assertThatThrownBy(factory::getConnection).isInstanceOf(IllegalStateException.class);
        assertThat(template.opsForValue().get("key")).isEqualTo("value");
    }

    private long readsIn(Region region) {
        return redis.statistics().regions().stream()
                .filter(statistics -> statistics.region().equals(Optional.of(region)))
                .mapToLong(RegionStatistics::reads)
                .sum();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
