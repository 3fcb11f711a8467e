package io.managedredis.benchmarks.command;

import io.lettuce.core.protocol.RedisCommand;

/** Where a benchmark hands its commands to: the dispatch method of one contestant. */
@FunctionalInterface
interface Dispatcher {

    RedisCommand<String, String, ?> dispatch(RedisCommand<String, String, ?> command);
}
