package io.managedredis.lettuce.internal.connection;

import io.lettuce.core.protocol.RedisCommand;
import io.lettuce.core.protocol.TransactionalCommand;

/** A command that waits at the server for EXEC. Where it is refused for a limit, its caller is told which. */
final class QueuedCommand<K, V, T> extends TransactionalCommand<K, V, T> {

    QueuedCommand(RedisCommand<K, V, T> command) {
        super(command);
    }

    @Override
    protected void completeResult() {
        if (getOutput() != null && getOutput().hasError()) {
            // What follows finds the caller's command done.
            ServiceAnswers.limitAnswered(getOutput().getError()).ifPresent(getDelegate()::completeExceptionally);
        }
        super.completeResult();
    }
}
