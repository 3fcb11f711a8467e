package io.managedredis.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.managedredis.junit5.ManagedRedisExtension;
import io.managedredis.lettuce.RegionalConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OptionsInCodeTest {

    @RegisterExtension
    static final ManagedRedisExtension redis = ManagedRedisExtension.builder()
            .primaryRegion("fra")
            .readRegions("ams")
            .build();

    @Test
    void should_give_a_database_with_options_in_code(RegionalConnection<String, String> connection) {
        connection.sync().set("cart:7", "3");

        assertThat(connection.sync().get("cart:7")).isEqualTo("3");
    }
}
