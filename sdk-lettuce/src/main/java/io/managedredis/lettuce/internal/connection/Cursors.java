package io.managedredis.lettuce.internal.connection;

import io.lettuce.core.ScanCursor;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandWrapper;
import io.lettuce.core.protocol.RedisCommand;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Remembers at which endpoint each iteration of a connection is, by the cursor that was answered last. Thread safe. */
final class Cursors<K, V> {

    private static final int REMEMBERED = 1_024;
    private static final String BEGINNING = "0";

    private final Map<String, Lane<?, ?>> laneByCursor =
            Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Lane<?, ?>> eldest) {
                    return size() > REMEMBERED;
                }
            });
    private volatile @Nullable Lane<?, ?> latest;

    /** Whether the command goes on with an iteration, rather than beginning one. */
    boolean continues(RedisCommand<?, ?, ?> command) {
        return !BEGINNING.equals(cursorOf(command));
    }

    /** Where the iteration is; null when that is not known. */
    @Nullable
    Lane<?, ?> laneOf(RedisCommand<?, ?, ?> command) {
        Lane<?, ?> lane = laneByCursor.get(cursorOf(command));
        return lane == null ? latest : lane;
    }

    /** Wraps the command so that the place which answers it is remembered. */
    <T> RedisCommand<K, V, T> remembering(RedisCommand<K, V, T> command) {
        return new CursorCommand<>(command);
    }

    private static String cursorOf(RedisCommand<?, ?, ?> command) {
        CommandArgs<?, ?> args = command.getArgs();
        if (args == null) {
            return BEGINNING;
        }
        // SCAN has its cursor first; HSCAN, SSCAN and ZSCAN have it after the key.
        int position = command.getType().toString().equalsIgnoreCase("SCAN") ? 0 : 1;
        return SentArguments.text(args, position).orElse(BEGINNING);
    }

    private final class CursorCommand<T> extends CommandWrapper<K, V, T> implements RouteAware {

        private volatile @Nullable Lane<?, ?> lane;

        CursorCommand(RedisCommand<K, V, T> command) {
            super(command);
        }

        @Override
        public void sentTo(Lane<?, ?> to) {
            this.lane = to;
        }

        @Override
        public void complete() {
            Lane<?, ?> answering = lane;
            CommandOutput<K, V, T> output = getOutput();
            // What stands in for the answer of a failed command need not be readable.
            if (answering != null && output != null && !output.hasError()) {
                String next = answeredCursor(output.get());
                if (!next.equals(BEGINNING)) {
                    latest = answering;
                    laneByCursor.put(next, answering);
                }
            }
            super.complete();
        }

        private static String answeredCursor(@Nullable Object answer) {
            if (answer instanceof ScanCursor cursor) {
                return cursor.isFinished() || cursor.getCursor() == null ? BEGINNING : cursor.getCursor();
            }
            // Outputs of custom commands: the cursor is the first element.
            Object first = answer instanceof List<?> list && !list.isEmpty() ? list.get(0) : BEGINNING;
            return first instanceof byte[] bytes ? new String(bytes, StandardCharsets.US_ASCII) : String.valueOf(first);
        }
    }
}
