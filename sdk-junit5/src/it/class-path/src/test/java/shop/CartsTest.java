package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.managedredis.junit5.EphemeralDatabase;
import io.managedredis.lettuce.RegionalConnection;
import org.junit.jupiter.api.Test;

@EphemeralDatabase(readRegions = "ams", localRegion = "ams")
class CartsTest {

    @Test
    void should_count_what_was_put(RegionalConnection<String, String> connection) {
        Carts carts = new Carts(connection);
        carts.put("7", "a chair");
        assertEquals(1, carts.size("7"));
    }

    @Test
    void should_begin_empty(RegionalConnection<String, String> connection) {
        assertEquals(0, new Carts(connection).size("7"));
    }
}
