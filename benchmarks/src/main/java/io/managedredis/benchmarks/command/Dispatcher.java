package io.managedredis.benchmarks.command;

import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.protocol.RedisCommand;
import java.io.IOException;

/** Where a benchmark hands its commands to. */
interface Dispatcher extends AutoCloseable {

    /** Dispatches a read. */
    RedisCommand<String, String, ?> dispatch(RedisCommand<String, String, ?> read);

    /** What an application calls to write. */
    RedisAsyncCommands<String, String> writes();

    /** All through one connection, which belongs to somebody else. */
    static Dispatcher through(StatefulRedisConnection<String, String> connection) {
        return new Dispatcher() {
            @Override
            public RedisCommand<String, String, ?> dispatch(RedisCommand<String, String, ?> read) {
                return connection.dispatch(read);
            }

            @Override
            public RedisAsyncCommands<String, String> writes() {
                return connection.async();
            }
        };
    }

    @Override
    default void close() throws IOException {}
}
