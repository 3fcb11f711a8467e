package io.managedredis.benchmarks.command;

import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.ProtocolKeyword;
import io.lettuce.core.protocol.RedisCommand;
import java.util.EnumSet;
import java.util.Set;

/** What people write by hand: some commands go to the replica, all others to the primary. */
final class TwoConnections implements Dispatcher {

    private static final Set<CommandType> READS =
            EnumSet.of(CommandType.GET, CommandType.MGET, CommandType.EXISTS, CommandType.HGET, CommandType.TTL);

    private final StatefulRedisConnection<String, String> primary;
    private final StatefulRedisConnection<String, String> replica;

    TwoConnections(StatefulRedisConnection<String, String> primary, StatefulRedisConnection<String, String> replica) {
        this.primary = primary;
        this.replica = replica;
    }

    @Override
    public RedisAsyncCommands<String, String> writes() {
        return primary.async();
    }

    @Override
    public RedisCommand<String, String, ?> dispatch(RedisCommand<String, String, ?> command) {
        ProtocolKeyword type = command.getType();
        boolean reads = type instanceof CommandType known && READS.contains(known);
        return (reads ? replica : primary).dispatch(command);
    }
}
