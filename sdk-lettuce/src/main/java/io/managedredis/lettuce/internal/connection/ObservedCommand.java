package io.managedredis.lettuce.internal.connection;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.CommandWrapper;
import io.lettuce.core.protocol.RedisCommand;
import io.managedredis.lettuce.CommandObserver;
import io.managedredis.lettuce.CompletedCommand;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A command that reports to an observer when it is done. Exists only while there is an observer. */
final class ObservedCommand<K, V, T> extends CommandWrapper<K, V, T> implements RouteAware {

    private static final Logger LOG = LoggerFactory.getLogger(ObservedCommand.class);

    private final CommandObserver observer;
    private final Staleness staleness;
    private final long startedNanos = System.nanoTime();
    private final AtomicBoolean reported = new AtomicBoolean();
    private volatile @Nullable RegionNode node;

    ObservedCommand(RedisCommand<K, V, T> command, CommandObserver observer, Staleness staleness) {
        super(command);
        this.staleness = staleness;
        this.observer = observer;
    }

    @Override
    public void sentTo(Lane<?, ?> to) {
        this.node = to.node();
    }

    // The observer is told before the caller, so that a caller who has the answer finds the report there.

    @Override
    public void complete() {
        CommandOutput<K, V, T> output = getOutput();
        report(output != null && output.hasError() ? new RedisCommandExecutionException(output.getError()) : null);
        super.complete();
    }

    @Override
    public boolean completeExceptionally(Throwable failure) {
        report(failure);
        return super.completeExceptionally(failure);
    }

    @Override
    public void cancel() {
        report(new CancellationException());
        super.cancel();
    }

    private void report(@Nullable Throwable failure) {
        if (!reported.compareAndSet(false, true)) {
            return;
        }
        RegionNode answering = node;
        try {
            observer.onCompleted(new CompletedCommand(
                    getType().toString(),
                    answering == null ? null : answering.regionOrNull(),
                    Duration.ofNanos(System.nanoTime() - startedNanos),
                    stalenessAt(answering),
                    failure));
        } catch (RuntimeException broken) {
            LOG.warn("the command observer failed", broken);
        }
    }

    private @Nullable Duration stalenessAt(@Nullable RegionNode answering) {
        if (answering == null || answering.regionOrNull() == null) {
            return null;
        }
        long nanos = staleness.stalenessNanos(answering);
        return nanos == Long.MAX_VALUE ? null : Duration.ofNanos(nanos);
    }
}
