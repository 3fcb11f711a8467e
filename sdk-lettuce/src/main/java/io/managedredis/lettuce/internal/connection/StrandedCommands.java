package io.managedredis.lettuce.internal.connection;

import io.lettuce.core.protocol.RedisCommand;
import java.util.Collection;

/** Decides what becomes of commands that a socket cannot serve. Called on any thread; must not block. */
interface StrandedCommands {

    /** Whether the socket is to get no new commands, for another has taken its place. */
    boolean isRetired();

    /** Offers a command that was never sent. Returns whether it was taken; otherwise it waits for the reconnect. */
    boolean takeUnsent(RedisCommand<?, ?, ?> command);

    /**
     * Offers the commands that were sent and not answered when the socket closed, in the order they were sent. Returns those
     * that wait for the reconnect and are sent again then. Called under a lock of the socket's end: anything that writes to
     * another end must happen later.
     *
     * @param partial whether the answer to the first had begun to arrive
     */
    Collection<RedisCommand<?, ?, ?>> takeUnanswered(Collection<RedisCommand<?, ?, ?>> commands, boolean partial);

    /** Offers a command that the server answered with an error. Returns whether it was taken. */
    boolean takeFailed(RedisCommand<?, ?, ?> command, String error);

    /** A command was answered without an error. Called before its caller knows; allocates nothing for a read. */
    void answered(RedisCommand<?, ?, ?> command);
}
