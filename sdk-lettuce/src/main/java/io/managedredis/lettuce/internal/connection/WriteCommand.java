package io.managedredis.lettuce.internal.connection;

import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.RedisCommand;
import io.managedredis.lettuce.internal.consistency.WriteMark;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A write of the asynchronous and the synchronous API, which is its own mark: most writes are of one key, and need no object
 * beside the one that the caller waits for. The mark ends before the caller knows, so that a token taken then covers it.
 */
final class WriteCommand<K, V, T> extends AsyncCommand<K, V, T> {

    private static final int UNMARKED = Integer.MIN_VALUE;
    private static final VarHandle PLACE;

    static {
        try {
            PLACE = MethodHandles.lookup().findVarHandle(WriteCommand.class, "place", int.class);
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError(impossible.getMessage(), impossible);
        }
    }

    private volatile int place = UNMARKED;
    private @Nullable WriteMark mark;
    private @Nullable Staleness staleness;

    WriteCommand(RedisCommand<K, V, T> command) {
        super(command);
    }

    /** Whether it carries no mark, because it was not sent yet or has ended. */
    boolean isUnmarked() {
        return place == UNMARKED && mark == null;
    }

    /** Takes the mark of one key, before it is sent. */
    void carry(int keyPlace, Staleness from) {
        staleness = from;
        PLACE.setRelease(this, keyPlace);
    }

    /** Takes a mark of several keys, before it is sent. */
    void carry(WriteMark several, Staleness from) {
        staleness = from;
        mark = several;
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
    public boolean cancel(boolean mayInterruptIfRunning) {
        end();
        return super.cancel(mayInterruptIfRunning);
    }

    /** Ends the mark; what comes after the first end is ignored. */
    void end() {
        Staleness of = staleness;
        if (of == null) {
            return;
        }
        WriteMark several = mark;
        if (several != null) {
            several.acknowledged();
            of.acknowledged();
            return;
        }
        int marked = (int) PLACE.getAndSet(this, UNMARKED);
        if (marked != UNMARKED) {
            of.fence().unmark(marked);
            of.acknowledged();
        }
    }
}
