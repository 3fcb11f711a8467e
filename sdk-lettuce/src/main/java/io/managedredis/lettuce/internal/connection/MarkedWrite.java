package io.managedredis.lettuce.internal.connection;

import io.lettuce.core.protocol.CommandWrapper;
import io.lettuce.core.protocol.RedisCommand;
import io.managedredis.lettuce.internal.consistency.WriteMark;

/** A write whose keys are marked until it ends. The mark ends before the caller knows, so that a token taken then covers it. */
final class MarkedWrite<K, V, T> extends CommandWrapper<K, V, T> {

    private final WriteMark mark;
    private final Staleness staleness;

    MarkedWrite(RedisCommand<K, V, T> command, WriteMark mark, Staleness staleness) {
        super(command);
        this.mark = mark;
        this.staleness = staleness;
    }

    @Override
    public void complete() {
        end();
        super.complete();
    }

    @Override
    public boolean completeExceptionally(Throwable failure) {
        end();
        return super.completeExceptionally(failure);
    }

    @Override
    public void cancel() {
        end();
        super.cancel();
    }

    /** Asked before a command is sent, or kept for another socket: one that was given up is dropped then without a word. */
    @Override
    public boolean isDone() {
        boolean done = super.isDone();
        if (done) {
            end();
        }
        return done;
    }

    /** Ends the mark; what comes after the first end is ignored. */
    void end() {
        mark.acknowledged();
        staleness.acknowledged();
    }
}
