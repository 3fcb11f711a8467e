package io.managedredis.benchmarks.command;

import io.lettuce.core.protocol.RedisCommand;
import java.io.IOException;

/** Where a benchmark hands its commands to: the dispatch method of one contestant. */
@FunctionalInterface
interface Dispatcher extends AutoCloseable {

    RedisCommand<String, String, ?> dispatch(RedisCommand<String, String, ?> command);

    @Override
    default void close() throws IOException {}
}
