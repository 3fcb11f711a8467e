package io.managedredis.lettuce;

import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.protocol.ProtocolKeyword;
import io.lettuce.core.protocol.RedisCommand;

/**
 * A Lettuce connection that knows where it is: writes go to the primary, reads to the replica in the local region as far as
 * the {@link Consistency} allows. Everything that takes a {@link StatefulRedisConnection} runs on it unchanged.
 *
 * <p>Thread safe, except that a transaction ({@code WATCH} and {@code MULTI} until {@code EXEC}, {@code DISCARD} or
 * {@code UNWATCH}) belongs to one thread at a time, as with any Lettuce connection. The caller closes it; closing the
 * {@link RegionalRedis} closes it as well.
 *
 * @param <K> type of the keys
 * @param <V> type of the values
 */
public interface RegionalConnection<K, V> extends StatefulRedisConnection<K, V> {

    /** How current the answers to reads are. */
    Consistency consistency();

    /**
     * A view of this connection whose reads have another consistency. It shares sockets, transaction and batching with this
     * connection; views are cached, and closing one does nothing.
     *
     * @throws io.managedredis.error.InvalidRequestException when this topology cannot keep that consistency
     */
    RegionalConnection<K, V> reading(Consistency consistency);

    /** Where a command would go now, and why. Sends nothing. */
    RoutePlan explain(RedisCommand<K, V, ?> command);

    /** Where a command with this one key would go now, and why: {@code explain(CommandType.GET, "cart:7")}. Sends nothing. */
    RoutePlan explain(ProtocolKeyword command, K key);

    /**
     * A token for all that was written so far through the {@link RegionalRedis} of this connection, and for what this connection
     * has {@linkplain #resume resumed}. It may travel to another process, in a cookie for instance, whose connection then reads
     * those writes.
     */
    String sessionToken();

    /**
     * From now on, reads of this connection with {@link Consistency#READ_YOUR_WRITES} see what the token stands for. Any text is
     * safe: one that is no token, or was tampered with, costs some reads of the primary and nothing else.
     */
    void resume(String token);
}
