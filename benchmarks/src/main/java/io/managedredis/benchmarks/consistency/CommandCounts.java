package io.managedredis.benchmarks.consistency;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many commands of a kind a server has executed, by its own count. */
final class CommandCounts implements AutoCloseable {

    private final RedisClient client = RedisClient.create();
    private final StatefulRedisConnection<String, String> connection;

    CommandCounts(int port) {
        connection = client.connect(RedisURI.create("127.0.0.1", port));
    }

    long of(String command) {
        String statistics = connection.sync().info("commandstats");
        Matcher calls = Pattern.compile("cmdstat_" + command.toLowerCase(Locale.ROOT) + ":calls=([0-9]+)")
                .matcher(statistics);
        return calls.find() ? Long.parseLong(calls.group(1)) : 0;
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
