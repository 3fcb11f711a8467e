package io.managedredis.lettuce.internal.connection;

import io.lettuce.core.protocol.RedisCommand;
import java.util.Collection;

/** Decides what becomes of commands whose socket is not there. Called on any thread; must not block. */
interface StrandedCommands {

    /** Offers a command that was never sent. Returns whether it was taken; otherwise it waits for the reconnect. */
    boolean takeUnsent(RedisCommand<?, ?, ?> command);

    /**
     * Offers the commands that were sent and not answered when the socket closed, in the order they were sent. Returns those
     * that wait for the reconnect and are sent again then.
     *
     * @param partial the command whose answer had begun to arrive, if there is one; it is the first
     */
    Collection<RedisCommand<?, ?, ?>> takeUnanswered(Collection<RedisCommand<?, ?, ?>> commands, boolean partial);
}
