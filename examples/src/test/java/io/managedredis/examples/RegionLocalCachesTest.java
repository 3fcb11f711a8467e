package io.managedredis.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.managedredis.Database;
import io.managedredis.Eviction;
import io.managedredis.ManagedRedisClient;
import io.managedredis.Region;
import io.managedredis.testing.LocalManagedRedis;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RegionLocalCachesTest {

    @Test
    void should_keep_in_each_region_what_was_made_there() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        RegionLocalCaches.run(new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("ams: made in ams", "ams: made in ams", "nrt: made in nrt", "nrt: made in nrt");
    }

    @Test
    void should_have_a_database_with_eviction_and_without_replicas_in_each_region() {
        try (LocalManagedRedis service = LocalManagedRedis.start();
                ManagedRedisClient client = service.client();
                RegionLocalCaches cache = RegionLocalCaches.start(client, Region.of("fra"))) {
            assertThat(cache.get("/", key -> "page")).isEqualTo("page");

            assertThat(service.databases())
                    .extracting(Database::name)
                    .containsExactlyInAnyOrder("pages-ams", "pages-fra", "pages-nrt");
            assertThat(service.databases()).allSatisfy(each -> {
                assertThat(each.eviction()).isEqualTo(Eviction.ENABLED);
                assertThat(each.readRegions()).isEmpty();
            });
        }
    }
}
