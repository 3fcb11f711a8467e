package io.managedredis.lettuce.internal.connection;

import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.RedisCommand;
import java.lang.reflect.InvocationTargetException;
import java.util.Collection;
import java.util.Map;

/** Makes commands fit to be answered a second time. */
final class Outputs {

    private Outputs() {}

    /** Forgets an error that was answered. */
    static void forgetError(RedisCommand<?, ?, ?> command) {
        command.getOutput().setError((String) null);
    }

    /**
     * Makes a command whose answer had begun to arrive ready for another. Returns false where that is not possible: what has
     * arrived would be there twice.
     */
    static <K, V, T> boolean renew(RedisCommand<K, V, T> command, RedisCodec<?, ?> codec) {
        CommandOutput<K, V, T> output = command.getOutput();
        if (output == null || isClean(output.get())) {
            return true;
        }
        try {
            @SuppressWarnings("unchecked")
            CommandOutput<K, V, T> fresh =
                    output.getClass().getConstructor(RedisCodec.class).newInstance(codec);
            command.setOutput(fresh);
            return true;
        } catch (NoSuchMethodException
                | InstantiationException
                | IllegalAccessException
                | InvocationTargetException
                | RuntimeException notRenewable) {
            return false;
        }
    }

    private static boolean isClean(Object value) {
        return value == null
                || value instanceof Collection<?> collection && collection.isEmpty()
                || value instanceof Map<?, ?> map && map.isEmpty();
    }
}
