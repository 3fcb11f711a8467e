package io.managedredis.lettuce;

import io.lettuce.core.api.StatefulRedisConnection;

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
}
