package io.managedredis.lettuce.internal.connection;

import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.NestedMultiOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CompleteableCommand;
import io.lettuce.core.protocol.RedisCommand;
import io.managedredis.lettuce.internal.command.CommandRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commands that made the session what it is, such as SELECT and AUTH: each socket gets them, those opened later too. Thread
 * safe.
 */
final class SessionCommands<K, V> {

    private static final Logger LOG = LoggerFactory.getLogger(SessionCommands.class);

    private final RedisCodec<K, V> codec;
    private final Map<String, RedisCommand<K, V, ?>> latest = new LinkedHashMap<>();

    SessionCommands(RedisCodec<K, V> codec) {
        this.codec = codec;
    }

    /**
     * Remembers a command for sockets opened later, unless it fails. Scripts are not part of the session: NOSCRIPT is handled
     * where it comes.
     */
    void remember(CommandRule rule, RedisCommand<K, V, ?> command) {
        if (rule.name().startsWith("SCRIPT") || rule.name().startsWith("FUNCTION")) {
            return;
        }
        RedisCommand<K, V, ?> before = replace(rule.name(), command);
        if (command instanceof CompleteableCommand<?> completeable) {
            completeable.onComplete((answer, failure) -> {
                if (failure != null || hasError(command)) {
                    takeBack(rule.name(), command, before);
                }
            });
        }
    }

    private synchronized @Nullable RedisCommand<K, V, ?> replace(String name, RedisCommand<K, V, ?> command) {
        RedisCommand<K, V, ?> before = latest.remove(name);
        latest.put(name, command);
        return before;
    }

    /** A command that failed has changed nothing: what was so before it still is. */
    private synchronized void takeBack(
            String name, RedisCommand<K, V, ?> failed, @Nullable RedisCommand<K, V, ?> before) {
        if (latest.get(name) == failed) {
            latest.remove(name);
            if (before != null) {
                latest.put(name, before);
            }
        }
    }

    private static boolean hasError(RedisCommand<?, ?, ?> command) {
        return command.getOutput() != null && command.getOutput().hasError();
    }

    /** Sends what is remembered on a new socket. */
    void replayOn(PhysicalConnection<K, V> socket) {
        List<RedisCommand<K, V, ?>> commands;
        synchronized (this) {
            commands = List.copyOf(latest.values());
        }
        for (RedisCommand<K, V, ?> command : commands) {
            socket.dispatch(copy(command));
        }
    }

    /** The same command with an answer of its own, which nobody waits for. */
    RedisCommand<K, V, ?> copy(RedisCommand<K, V, ?> command) {
        String name = command.getType().toString();
        // Lettuce notes the new state of a socket when the answer of these is the text OK.
        CommandOutput<K, V, ?> output = name.equals("SELECT") || name.equals("AUTH")
                ? new StatusOutput<>(codec)
                : new NestedMultiOutput<>(codec);
        return copy(command, output);
    }

    private <T> RedisCommand<K, V, T> copy(RedisCommand<K, V, ?> command, CommandOutput<K, V, T> output) {
        AsyncCommand<K, V, T> copy = new AsyncCommand<>(new Command<>(command.getType(), output, command.getArgs()));
        copy.whenComplete((answer, failure) -> {
            if (failure != null) {
                LOG.warn("{} failed on a socket beside the primary's: {}", command.getType(), failure.toString());
            }
        });
        return copy;
    }
}
