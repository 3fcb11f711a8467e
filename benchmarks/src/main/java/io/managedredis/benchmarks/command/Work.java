package io.managedredis.benchmarks.command;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.ValueListOutput;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import java.util.stream.IntStream;

/** A kind of command. */
public enum Work {
    /** Reads one key. */
    GET(true) {
        @Override
        RedisCommand<String, String, ?> read() {
            return new Command<>(CommandType.GET, new ValueOutput<>(StringCodec.UTF8), args().addKey("user:7"));
        }
    },
    /** Reads ten keys. */
    MGET(true) {
        @Override
        RedisCommand<String, String, ?> read() {
            return new Command<>(
                    CommandType.MGET,
                    new ValueListOutput<>(StringCodec.UTF8),
                    args().addKeys(IntStream.range(0, 10)
                            .mapToObj(key -> "user:" + key)
                            .toList()));
        }
    },
    /** Writes one key. */
    SET(false) {
        @Override
        RedisFuture<?> write(RedisAsyncCommands<String, String> commands) {
            return commands.set("cart:7", "3");
        }
    },
    /** Runs a script on one key. */
    EVAL(false) {
        @Override
        RedisFuture<?> write(RedisAsyncCommands<String, String> commands) {
            return commands.eval("return redis.call('INCR', KEYS[1])", ScriptOutputType.INTEGER, KEYS);
        }
    };

    private static final String[] KEYS = {"cart:7"};

    private final boolean reads;

    Work(boolean reads) {
        this.reads = reads;
    }

    /** Whether the command reads. */
    boolean reads() {
        return reads;
    }

    /** A read, which can be dispatched again and again. */
    RedisCommand<String, String, ?> read() {
        throw new UnsupportedOperationException(this + " writes");
    }

    /** Makes a write, as an application does, and dispatches it. */
    RedisFuture<?> write(RedisAsyncCommands<String, String> commands) {
        throw new UnsupportedOperationException(this + " reads");
    }

    private static CommandArgs<String, String> args() {
        return new CommandArgs<>(StringCodec.UTF8);
    }
}
