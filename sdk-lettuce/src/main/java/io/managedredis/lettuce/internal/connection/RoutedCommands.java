package io.managedredis.lettuce.internal.connection;

import io.lettuce.core.RedisAsyncCommandsImpl;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.json.JsonParser;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.RedisCommand;
import io.managedredis.lettuce.internal.command.CommandTable;
import java.util.function.Supplier;

/** Lettuce's asynchronous commands, but for what writes are: see {@link WriteCommand}. */
// Lettuce's pools make proxies of the interfaces a class declares itself.
final class RoutedCommands<K, V> extends RedisAsyncCommandsImpl<K, V>
        implements RedisAsyncCommands<K, V>, RedisClusterAsyncCommands<K, V> {

    private static final CommandTable TABLE = CommandTable.standard();

    private final StatefulRedisConnection<K, V> connection;

    RoutedCommands(StatefulRedisConnection<K, V> connection, RedisCodec<K, V> codec, Supplier<JsonParser> parser) {
        super(connection, codec, parser);
        this.connection = connection;
    }

    @Override
    public <T> AsyncCommand<K, V, T> dispatch(RedisCommand<K, V, T> command) {
        AsyncCommand<K, V, T> sent =
                TABLE.rule(command).writes() ? new WriteCommand<>(command) : new AsyncCommand<>(command);
        return connection.dispatch(sent) instanceof AsyncCommand<K, V, T> dispatched ? dispatched : sent;
    }
}
