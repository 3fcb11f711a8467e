package io.managedredis.testing.internal.data;

import io.managedredis.Region;
import io.managedredis.testing.internal.data.redis.RedisControl;
import io.managedredis.testing.internal.data.resp.Reply;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How far the primary and its replicas have come, asked of all servers at the same time. */
final class ReplicationOffsets {

    private static final Pattern OF_PRIMARY = Pattern.compile("\nmaster_repl_offset:(\\d+)");
    private static final Pattern OF_REPLICA = Pattern.compile("\nslave_repl_offset:(\\d+)");
    private static final long PATIENCE_SECONDS = 2;

    private final CompletableFuture<OptionalLong> primary;
    private final Map<Region, CompletableFuture<OptionalLong>> replicas = new LinkedHashMap<>();

    /** Asks. */
    ReplicationOffsets(RedisControl primary, Map<Region, RedisControl> replicas) {
        replicas.forEach((region, control) -> this.replicas.put(region, ask(control, OF_REPLICA)));
        this.primary = ask(primary, OF_PRIMARY);
    }

    /** How many bytes the replica lacks; empty when a server does not answer. */
    OptionalLong behind(Region region) {
        OptionalLong ahead = primary.join();
        OptionalLong here = replicas.getOrDefault(region, CompletableFuture.completedFuture(OptionalLong.empty()))
                .join();
        return ahead.isEmpty() || here.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(Math.max(0, ahead.getAsLong() - here.getAsLong()));
    }

    private static CompletableFuture<OptionalLong> ask(RedisControl server, Pattern field) {
        return server.ask("INFO", "replication")
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .handle((reply, failed) -> number(reply, field));
    }

    private static OptionalLong number(@Nullable Reply reply, Pattern field) {
        if (reply instanceof Reply.Text text) {
            Matcher number = field.matcher(text.value());
            if (number.find()) {
                return OptionalLong.of(Long.parseLong(number.group(1)));
            }
        }
        return OptionalLong.empty();
    }
}
