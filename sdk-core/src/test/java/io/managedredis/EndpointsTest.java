package io.managedredis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.managedredis.error.ConfigurationException;
import io.managedredis.error.InvalidRequestException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EndpointsTest {

    private static final String URL = "redis://default:hunter2@";

    @Test
    void should_read_one_address_as_routed_by_the_platform() {
        Endpoints endpoints = Endpoints.fromEnvironment(Map.of("REDIS_URL", URL + "fly-a.upstash.io"));

        assertThat(endpoints.routing()).isEqualTo(Routing.BY_PLATFORM);
        assertThat(endpoints.urlFor(Region.of("ams"))).contains(endpoints.primaryUrl());
    }

    @Test
    void should_prefer_an_address_for_each_region() {
        Endpoints endpoints = Endpoints.fromEnvironment(Map.of(
                "REDIS_URL", URL + "single",
                "REDIS_PRIMARY_URL", URL + "p:1",
                "PRIMARY_REGION", "mad",
                "REDIS_REPLICA_URL_AMS", URL + "r:2",
                "REDIS_REPLICA_URL_US_EAST", URL + "r:3",
                "REDIS_REPLICA_URL_NRT", ""));

        assertThat(endpoints).isInstanceOfSatisfying(Endpoints.ByRegion.class, byRegion -> {
            assertThat(byRegion.primaryRegion()).isEqualTo(Region.of("mad"));
            assertThat(byRegion.replicas()).containsOnlyKeys(Region.of("ams"), Region.of("us-east"));
        });
        assertThat(endpoints.urlFor(Region.of("mad"))).map(RedisUrl::port).contains(1);
        assertThat(endpoints.urlFor(Region.of("ams"))).map(RedisUrl::port).contains(2);
        assertThat(endpoints.urlFor(Region.of("nrt"))).isEmpty();
    }

    @Test
    void should_say_what_is_missing_or_cannot_be_read_without_showing_a_password() {
        assertThatThrownBy(() -> Endpoints.fromEnvironment(Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("REDIS_URL")
                .hasMessageContaining("REDIS_PRIMARY_URL");
        assertThatThrownBy(() -> Endpoints.fromEnvironment(Map.of("REDIS_PRIMARY_URL", URL + "p")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("PRIMARY_REGION");
        assertThatThrownBy(() -> Endpoints.fromEnvironment(Map.of("REDIS_URL", "http://:hunter2@h")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("REDIS_URL")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void should_make_the_address_of_each_region_from_a_template() {
        Endpoints.ByRegion endpoints = Endpoints.fromTemplate(
                "redis://default:hunter2@{region}.redis.internal:7000",
                Region.of("mad"),
                List.of(Region.of("ams"), Region.of("nrt")));

        assertThat(endpoints.primaryUrl().host()).isEqualTo("mad.redis.internal");
        assertThat(endpoints.urlFor(Region.of("nrt")))
                .contains(RedisUrl.parse("redis://default:hunter2@nrt.redis.internal:7000"));
        assertThatThrownBy(() -> Endpoints.fromTemplate("redis://h", Region.of("mad"), List.of()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("{region}");
    }
}
