package io.managedredis.lettuce.internal.connection;

import io.lettuce.core.protocol.DecoratedCommand;
import io.lettuce.core.protocol.RedisCommand;

/** A command that wants to know where it is sent. The last place before the answer is the one that answered. */
interface RouteAware {

    void sentTo(Lane<?, ?> lane);

    /** Tells the command, and those it wraps, where it is sent. */
    static void tell(RedisCommand<?, ?, ?> command, Lane<?, ?> lane) {
        for (RedisCommand<?, ?, ?> each = command; ; each = ((DecoratedCommand<?, ?, ?>) each).getDelegate()) {
            if (each instanceof RouteAware aware) {
                aware.sentTo(lane);
            }
            if (!(each instanceof DecoratedCommand<?, ?, ?>)) {
                return;
            }
        }
    }
}
