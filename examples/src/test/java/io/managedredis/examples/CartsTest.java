package io.managedredis.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.managedredis.junit5.EphemeralDatabase;
import io.managedredis.lettuce.RegionalConnection;
import org.junit.jupiter.api.Test;

@EphemeralDatabase(primaryRegion = "fra", readRegions = "ams", localRegion = "ams")
class CartsTest {

    @Test
    void should_keep_a_cart(RegionalConnection<String, String> connection) {
        connection.sync().set("cart:7", "3");

        assertThat(connection.sync().get("cart:7")).isEqualTo("3");
    }

    @Test
    void should_begin_with_an_empty_database(RegionalConnection<String, String> connection) {
        assertThat(connection.sync().dbsize()).isZero();
    }
}
