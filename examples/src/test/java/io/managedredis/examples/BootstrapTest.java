package io.managedredis.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.managedredis.Database;
import io.managedredis.ManagedRedisClient;
import io.managedredis.Region;
import io.managedredis.testing.LocalManagedRedis;
import io.managedredis.testing.Vantage;
import org.junit.jupiter.api.Test;

class BootstrapTest {

    @Test
    void should_create_the_database_at_the_first_start_and_find_it_at_the_second() {
        try (LocalManagedRedis service = LocalManagedRedis.start();
                ManagedRedisClient client = service.client(Vantage.from("ams"))) {
            try (Bootstrap first = new Bootstrap(client, Region.of("ams"))) {
                first.handleRequest();
            }
            try (Bootstrap second = new Bootstrap(client, Region.of("ams"))) {
                second.handleRequest();
            }

            assertThat(client.databases().list()).extracting(Database::name).containsExactly("sessions");
        }
    }
}
