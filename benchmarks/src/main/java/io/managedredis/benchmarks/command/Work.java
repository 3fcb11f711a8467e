package io.managedredis.benchmarks.command;

import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.output.ValueListOutput;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.AsyncCommand;
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
        RedisCommand<String, String, ?> create() {
            return new Command<>(CommandType.GET, new ValueOutput<>(StringCodec.UTF8), args().addKey("user:7"));
        }
    },
    /** Reads ten keys. */
    MGET(true) {
        @Override
        RedisCommand<String, String, ?> create() {
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
        RedisCommand<String, String, ?> create() {
            return new AsyncCommand<>(new Command<>(
                    CommandType.SET,
                    new StatusOutput<>(StringCodec.UTF8),
                    args().addKey("cart:7").addValue("3")));
        }
    },
    /** Runs a script on one key. */
    EVAL(false) {
        @Override
        RedisCommand<String, String, ?> create() {
            return new AsyncCommand<>(new Command<>(
                    CommandType.EVAL,
                    new StatusOutput<>(StringCodec.UTF8),
                    args().add("return redis.call('INCR', KEYS[1])").add(1).addKey("cart:7")));
        }
    };

    private final boolean reads;

    Work(boolean reads) {
        this.reads = reads;
    }

    /** Whether the command reads; such a command is made once and dispatched again and again. */
    boolean reads() {
        return reads;
    }

    abstract RedisCommand<String, String, ?> create();

    private static CommandArgs<String, String> args() {
        return new CommandArgs<>(StringCodec.UTF8);
    }
}
