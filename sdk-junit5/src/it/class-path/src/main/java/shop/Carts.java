package shop;

import io.managedredis.lettuce.RegionalConnection;

/** What a user's program looks like. */
public final class Carts {

    private final RegionalConnection<String, String> connection;

    public Carts(RegionalConnection<String, String> connection) {
        this.connection = connection;
    }

    public void put(String cart, String product) {
        connection.sync().rpush("cart:" + cart, product);
    }

    public long size(String cart) {
        return connection.sync().llen("cart:" + cart);
    }
}
