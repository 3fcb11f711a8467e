package shop;

import io.managedredis.Database;
import io.managedredis.ManagedRedisClient;
import io.managedredis.Region;
import io.managedredis.lettuce.RegionalConnection;
import io.managedredis.lettuce.RegionalRedis;
import io.managedredis.lettuce.TopologySource;
import io.managedredis.testing.LocalManagedRedis;
import io.managedredis.testing.Vantage;

/** Creates a database over the API, writes and reads; ends with 1 where anything is not as it should be. */
public final class Shop {

    private Shop() {}

    public static void main(String[] arguments) {
        check(Shop.class.getModule().isNamed(), "this runs on the class path");
        check(RegionalRedis.class.getModule().isNamed(), "the SDK runs on the class path");
        try (LocalManagedRedis service = LocalManagedRedis.start();
                ManagedRedisClient client = service.client(Vantage.from("ams"))) {
            Database database = client.databases()
                    .define("carts")
                    .primaryRegion("fra")
                    .readRegions("ams")
                    .create();
            try (RegionalRedis redis = RegionalRedis.builder()
                            .topology(TopologySource.of(database))
                            .localRegion(Region.of("ams"))
                            .build();
                    RegionalConnection<String, String> connection = redis.connect()) {
                connection.sync().set("cart:7", "3");
                check("3".equals(connection.sync().get("cart:7")), "an own write was not read");
            }
            client.databases().delete(database.id());
        }
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            System.err.println(otherwise);
            System.exit(1);
        }
    }
}
