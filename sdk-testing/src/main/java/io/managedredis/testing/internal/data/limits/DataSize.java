package io.managedredis.testing.internal.data.limits;

import io.managedredis.testing.internal.data.redis.RedisControl;
import io.managedredis.testing.internal.data.resp.Reply;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Measures the data of a server: its memory without the server itself, connections and replication. What is used while there
 * are no keys is no data either. Used on one event loop.
 */
final class DataSize {

    private static final Pattern TOTAL = Pattern.compile(" tot-mem=(\\d+)");
    private static final Pattern UNSENT = Pattern.compile(" flags=\\S*S.* omem=(\\d+)");

    private final RedisControl server;
    private long withoutKeys;

    DataSize(RedisControl server) {
        this.server = server;
    }

    /**
     * A measurement.
     *
     * @param data the size of the data
     * @param rest what Redis counts besides when it is told a limit
     */
    record Measured(long data, long rest) {}

    /** The size as it is now. Asks each connection for its share. */
    CompletableFuture<Measured> exact() {
        CompletableFuture<Reply> memory = server.ask("INFO", "memory");
        CompletableFuture<Reply> keys = server.ask("INFO", "keyspace");
        CompletableFuture<Reply> clients = server.ask("CLIENT", "LIST");
        return CompletableFuture.allOf(memory, keys, clients)
                .thenApply(done -> measured(
                        memory.join().text(),
                        keys.join().text().contains("keys="),
                        ofClients(clients.join().text())));
    }

    /** About the size. What connections take is as old as a second. */
    CompletableFuture<Measured> rough() {
        CompletableFuture<Reply> memory = server.ask("INFO", "memory");
        return memory.thenApply(reply -> {
            String info = reply.text();
            return measured(info, true, field(info, "mem_clients_normal:") + field(info, "mem_clients_slaves:"));
        });
    }

    private Measured measured(String info, boolean anyKeys, long ofClients) {
        long used = field(info, "used_memory:");
        long data =
                used - field(info, "used_memory_startup:") - field(info, "mem_total_replication_buffers:") - ofClients;
        if (!anyKeys) {
            withoutKeys = data;
        }
        long size = Math.max(0, data - withoutKeys);
        return new Measured(size, Math.max(0, used - field(info, "mem_not_counted_for_evict:") - size));
    }

    private static long ofClients(String list) {
        long sum = 0;
        for (Matcher total = TOTAL.matcher(list); total.find(); ) {
            sum += Long.parseLong(total.group(1));
        }
        // What is on its way to replicas counts as replication already.
        for (Matcher unsent = UNSENT.matcher(list); unsent.find(); ) {
            sum -= Long.parseLong(unsent.group(1));
        }
        return sum;
    }

    private static long field(String info, String name) {
        int at = info.indexOf("\n" + name);
        if (at < 0) {
            return 0;
        }
        int from = at + 1 + name.length();
        return Long.parseLong(info.substring(from, info.indexOf('\r', from)));
    }
}
