package io.managedredis.lettuce.internal.connection;

import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.RedisCommand;
import io.managedredis.lettuce.Consistency;
import io.managedredis.lettuce.internal.command.CommandRule;
import io.managedredis.lettuce.internal.command.KeySpec;
import io.managedredis.lettuce.internal.consistency.FenceSettings;
import io.managedredis.lettuce.internal.consistency.ReplicaProof;
import io.managedredis.lettuce.internal.consistency.ReplicationFence;
import io.managedredis.lettuce.internal.consistency.SessionTokens;
import java.security.SecureRandom;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the replication fence: marks writes, sends fences when they are due, and answers whether a replica is current enough.
 * Thread safe.
 */
final class Staleness {

    private static final long SHORTEST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ReplicationFence fence = new ReplicationFence(FenceSettings.DEFAULT);
    private final SessionTokens tokens = new SessionTokens(fence, new SecureRandom());
    private final LongSupplier clock;
    private final ScheduledExecutorService timer;
    // Guarded by this.
    private boolean timed;
    private long timedFor;

    /** Whether somebody looks after the next fence already: a time was set, or one is on its way. */
    private volatile boolean arranged;

    private volatile @Nullable FencePublisher publisher;

    /** Sends a fence from the primary. */
    interface FencePublisher {
        /** Publishes the number, and calls back when that has ended, well or not. */
        void publish(long number, Runnable ended);
    }

    Staleness(LongSupplier clock, ScheduledExecutorService timer) {
        this.clock = clock;
        this.timer = timer;
    }

    ReplicationFence fence() {
        return fence;
    }

    void publishThrough(FencePublisher through) {
        this.publisher = through;
    }

    /**
     * Makes the keys of a write count as unproven from now on, until a fence says otherwise.
     *
     * @return the command to send instead, for it knows when it ends
     */
    <K, V, T> RedisCommand<K, V, T> marking(CommandRule rule, RedisCommand<K, V, T> command) {
        KeySpec keys = rule.keys();
        CommandArgs<K, V> args = command.getArgs();
        if (!(command instanceof WriteCommand<K, V, T> own) || !own.isUnmarked()) {
            return new MarkedWrite<>(command, fence.dispatched(keys, args), this);
        }
        if (args != null && keys.count(args) == 1) {
            own.carry(fence.mark(fence.writtenHash(keys, args, 0)), this);
        } else {
            own.carry(fence.dispatched(keys, args), this);
        }
        return command;
    }

    /** A write has ended. */
    void acknowledged() {
        if (!arranged && fence.wantsPublish()) {
            pump();
        }
    }

    /** Somebody is about to read what this process wrote. */
    void requireProof() {
        fence.requireProof();
        pump();
    }

    boolean hasOwnWrites(Lane<?, ?> lane, long position, CommandRule rule, @Nullable CommandArgs<?, ?> args) {
        ReplicaProof proof = lane.node().proof();
        return proof == null || fence.mayRead(proof, position, rule.keys(), args);
    }

    boolean isWithin(Lane<?, ?> lane, Consistency.AtMost bound) {
        ReplicaProof proof = lane.node().proof();
        if (proof == null
                || fence.isWithin(proof, clock.getAsLong(), bound.staleness().toNanos())) {
            return true;
        }
        pump();
        return false;
    }

    String issueToken(long position) {
        return tokens.issue(position);
    }

    /** The position that a token stands for. */
    long resume(String token) {
        long position = tokens.resume(token);
        pump();
        return position;
    }

    void subscribed(ReplicaProof proof) {
        fence.subscribed(proof);
        pump();
    }

    void lost(ReplicaProof proof) {
        fence.lost(proof);
    }

    void requireFresh(ReplicaProof proof) {
        fence.requireFresh(proof);
        pump();
    }

    void received(ReplicaProof proof, long number) {
        fence.received(proof, number, clock.getAsLong());
    }

    /** How old the data of a replica can be at most, in nanoseconds; {@link Long#MAX_VALUE} when that is not known. */
    long stalenessNanos(RegionNode node) {
        ReplicaProof proof = node.proof();
        return proof == null ? 0 : proof.stalenessNanos(clock.getAsLong());
    }

    /** Sends the fences that are due, and comes back when the next one is. */
    void pump() {
        FencePublisher through = publisher;
        if (through == null) {
            return;
        }
        long number;
        long at = 0;
        boolean wait = false;
        synchronized (this) {
            // First, so that a write whose end is not seen here comes by itself.
            arranged = false;
            long now = clock.getAsLong();
            number = fence.beginPublish(now);
            if (number == ReplicationFence.NO_FENCE) {
                long nanos = fence.nanosUntilDecision(now);
                at = now + Math.max(nanos, SHORTEST_WAIT_NANOS);
                wait = nanos < LONGEST_WAIT_NANOS && (!timed || at - timedFor < 0);
                if (wait) {
                    timed = true;
                    timedFor = at;
                }
            }
            arranged = fence.isPublishing() || timed && fence.wantsPublish();
        }
        if (number != ReplicationFence.NO_FENCE) {
            through.publish(number, () -> {
                fence.publishEnded(number);
                pump();
            });
        } else if (wait) {
            long due = at;
            timer.schedule(() -> onTime(due), at - clock.getAsLong(), TimeUnit.NANOSECONDS);
        }
    }

    private void onTime(long due) {
        synchronized (this) {
            if (!timed || due != timedFor) {
                return;
            }
            timed = false;
        }
        pump();
    }
}
