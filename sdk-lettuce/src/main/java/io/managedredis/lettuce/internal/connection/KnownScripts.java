package io.managedredis.lettuce.internal.connection;

import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.CommandWrapper;
import io.lettuce.core.protocol.RedisCommand;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The scripts that connections have loaded, so that a server which has forgotten one can be told again. Thread safe. */
final class KnownScripts {

    private static final int REMEMBERED = 1_000;

    private final Map<String, String> sourceByDigest =
            Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
                    return size() > REMEMBERED;
                }
            });

    /** Remembers what {@code SCRIPT LOAD} loads. */
    void remember(RedisCommand<?, ?, ?> scriptLoad) {
        SentArguments.text(scriptLoad.getArgs(), 1).ifPresent(source -> sourceByDigest.put(digest(source), source));
    }

    /**
     * Loads the script of an EVALSHA that was answered NOSCRIPT, and sends the command again behind it. Returns false when the
     * script is not known, or was loaded for this command before.
     */
    boolean load(Lane<?, ?> lane, RedisCommand<?, ?, ?> command) {
        String source = SentArguments.text(command.getArgs(), 0)
                .map(digest -> sourceByDigest.get(digest.toLowerCase(Locale.ROOT)))
                .orElse(null);
        PhysicalConnection<?, ?> socket = lane.connection();
        if (source == null || socket == null || CommandWrapper.unwrap(command, LoadedOnce.class) != null) {
            return false;
        }
        Outputs.forgetError(command);
        socket.endpoint().write(scriptLoad(source));
        socket.endpoint().write(new LoadedOnce<>(command));
        return true;
    }

    private static RedisCommand<String, String, String> scriptLoad(String source) {
        CommandArgs<String, String> args =
                new CommandArgs<>(StringCodec.UTF8).add("LOAD").add(source);
        return new AsyncCommand<>(new Command<>(CommandType.SCRIPT, new StatusOutput<>(StringCodec.UTF8), args));
    }

    private static String digest(String source) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(source.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-1", impossible);
        }
    }

    /** Marks a command whose script was loaded for it, so that it is not tried for ever. */
    private static final class LoadedOnce<K, V, T> extends CommandWrapper<K, V, T> {
        LoadedOnce(RedisCommand<K, V, T> command) {
            super(command);
        }
    }
}
