package io.managedredis.lettuce.internal.consistency;

import io.lettuce.core.protocol.CommandArgs;
import io.managedredis.lettuce.internal.command.KeySpec;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Knows which writes of this process have arrived at which replica.
 *
 * <p><b>How.</b> A fence is a number, published on the primary and received by a subscriber on each replica. The server hands
 * publications on in the order of replication, so when number <i>n</i> arrives, every write that the primary had executed before
 * <i>n</i> is there. A write acknowledged before <i>n</i> was sent had been executed before. So each acknowledged write is given
 * the number of the next fence to be sent, and is proven at a replica when that fence, or a later one, arrives there.
 *
 * <p><b>What a read may rely on</b> when {@link #mayRead} lets it go to a replica: every write that was {@linkplain #dispatched
 * marked} before and is on one of its keys has been acknowledged and is there. Writes are marked in one table for all connections
 * when they are dispatched. That gives one connection its program order, and gives the other connections more than they are
 * promised, which starts at the acknowledgement; the price is a read of the primary while a write of the same key is in flight.
 * Proof has no expiry: without a fence a key stays unproven for ever. When more keys are unproven than the table holds, every
 * read counts as unproven.
 *
 * <p><b>Replicas.</b> Each has a proof of its own. Without a subscriber nothing is proven at a replica, and after its return only a
 * fence counts that was sent later; the same after {@link #requireFresh}, which keeps reads from going back in time. A replica that stays far behind while the table is full is dropped
 * until it catches up, so that it cannot take the locality of the others.
 *
 * <p><b>Traffic.</b> A fence is wanted only while something is unproven at a subscribed replica and {@linkplain #requireProof
 * somebody asks}, or a bound on staleness is asked for. One is on its way to the primary at most, and some time passes between
 * two; what is written meanwhile waits for the next one. Whoever carries it out asks
 * {@link #wantsPublish()} after each acknowledgement, {@link #beginPublish} after each {@link #publishEnded}, and when the time
 * of {@link #nanosUntilDecision} has passed.
 *
 * <p>Reads take no lock and allocate nothing, writes take no lock. The events of replicas and fences take one, briefly. Times are
 * nanoseconds given by the caller, from any one origin.
 */
public final class ReplicationFence {

    /** What {@link #beginPublish} says when no fence is to be sent. */
    public static final long NO_FENCE = 0;

    private static final int DATES_KEPT = 4096;
    private static final long BUSY = -1;
    private static final long SETTLING = -2;
    /** With a longer lag fences are fewer: they add a sixteenth of it at most to the time a key stays unproven. */
    private static final int INTERVALS_PER_LAG = 16;

    private static final long NEVER = Long.MAX_VALUE;

    private final FenceSettings settings;
    private final WriteTable table;
    private final FreshnessDemand demand = new FreshnessDemand();
    private final List<ReplicaProof> replicas = new CopyOnWriteArrayList<>();
    private final WriteTable.Covered coveredNow = () -> this.covered;

    /** Every write, when it is marked. Whoever compares the two sums up those that ended first. */
    private final StripedCount begun = new StripedCount();

    private final StripedCount ended = new StripedCount();
    private final AtomicLong newestStamp = new AtomicLong();

    /**
     * While no write is in flight, perhaps the newest stamp; else {@link #BUSY}. Spares a reader the look at its keys. A writer
     * first counts itself and then makes it busy; {@link #settle} first says that it is about to change it and then counts.
     */
    private final AtomicLong quiet = new AtomicLong();

    /** How many fences were asked for by name. */
    private final AtomicLong wishes = new AtomicLong();

    /** The number of the next fence; the stamp of what is acknowledged now. */
    private volatile long next = 1;

    /** Fences up to this one have arrived at every replica that still can be asked. */
    private volatile long covered = 1;

    private volatile boolean anySubscribed;
    private volatile boolean proofRequired;
    /** A key was written that other text may be sent as; from then on hashes are exact. */
    private volatile boolean replacements;

    // Guarded by this.
    private final long[] sentAt = new long[DATES_KEPT];
    private long wanted;
    private boolean publishing;
    private long publishingSince;
    private long lastSentAt;
    private boolean everSent;

    /** A fence without replicas. */
    public ReplicationFence(FenceSettings settings) {
        this.settings = settings;
        this.table = new WriteTable(settings.keys());
    }

    // ---- writes

    /**
     * Marks a write before it is sent.
     *
     * @param keys where its keys stand; the whole keyspace is marked when the command does not say
     */
    public WriteMark dispatched(KeySpec keys, @Nullable CommandArgs<?, ?> args) {
        int count = keys.count(args);
        if (count == KeySpec.WHOLE_KEYSPACE || args == null) {
            return everythingDispatched();
        }
        if (count == 1) {
            return dispatched(writtenHash(keys, args, 0));
        }
        // First, for a codec may throw.
        long[] hashes = new long[count];
        for (int i = 0; i < count; i++) {
            hashes[i] = writtenHash(keys, args, i);
        }
        begin();
        int[] places = new int[count];
        for (int i = 0; i < count; i++) {
            places[i] = enter(hashes[i]);
        }
        return new WriteMark(this, places);
    }

    /** The hash of a key that is about to be marked. Called before the mark is set, so that reads know what to look for. */
    public long writtenHash(KeySpec keys, CommandArgs<?, ?> args, int index) {
        if (!replacements) {
            if (!keys.mayHaveReplacements(args, index)) {
                return keys.hash(args, index);
            }
            replacements = true;
        }
        return keys.exactHash(args, index);
    }

    /** Marks a write of one key before it is sent. */
    public WriteMark dispatched(long keyHash) {
        return new WriteMark(this, mark(keyHash));
    }

    /**
     * Marks a write of one key before it is sent, without an object for the mark.
     *
     * @return a number for {@link #unmark}, never below -1
     */
    public int mark(long keyHash) {
        begin();
        return enter(keyHash);
    }

    /** Ends what {@link #mark} began, as {@link WriteMark#acknowledged} does. To be called once. */
    public void unmark(int place) {
        acknowledged(place);
    }

    /** Marks a write that may change any key before it is sent. */
    public WriteMark everythingDispatched() {
        begin();
        table.enterEverything();
        return new WriteMark(this, WriteTable.EVERYTHING);
    }

    private void begin() {
        begun.increment();
        if (quiet.get() != BUSY) {
            quiet.set(BUSY);
        }
    }

    private int enter(long keyHash) {
        int place = table.enter(keyHash, coveredNow);
        if (place == WriteTable.EVERYTHING && dropLaggards()) {
            place = table.enter(keyHash, coveredNow);
        }
        if (place == WriteTable.EVERYTHING) {
            table.enterEverything();
        }
        return place;
    }

    long acknowledged(int place) {
        long stamp = next;
        leave(place, stamp);
        ended(stamp);
        return stamp;
    }

    long acknowledged(int[] places) {
        long stamp = next;
        for (int place : places) {
            leave(place, stamp);
        }
        ended(stamp);
        return stamp;
    }

    private void leave(int place, long stamp) {
        table.leave(place, stamp);
    }

    private void ended(long stamp) {
        if (newestStamp.get() < stamp) {
            newestStamp.accumulateAndGet(stamp, Math::max);
        }
        ended.increment();
    }

    void withdrawn(int... places) {
        for (int place : places) {
            table.withdraw(place);
        }
        ended.increment();
    }

    /** Notes that nothing is in flight, if so. */
    private void settle() {
        if (quiet.get() == BUSY) {
            quiet.set(SETTLING);
            long over = ended.sum();
            // Whoever is not counted here sees that this is settling, and stops it.
            boolean still = begun.sum() == over && quiet.compareAndSet(SETTLING, newestStamp.get());
            if (!still) {
                quiet.compareAndSet(SETTLING, BUSY);
            }
        }
    }

    // ---- reads

    /**
     * To be called before the first question about what is proven. Until then nothing is kept of writes that have ended, and no
     * fence is sent for them. Nothing counts as proven at first, unless nothing was written.
     */
    public void requireProof() {
        if (!proofRequired) {
            beginProving();
        }
    }

    private synchronized void beginProving() {
        if (!proofRequired) {
            proofRequired = true;
            // First, so that a write that is not seen here keeps its entry.
            updateCovered();
            if (begun.sum() != 0) {
                replicas.forEach(replica -> replica.distrustUntil(next));
                updateCovered();
            }
        }
    }

    /**
     * Whether a replica shows these keys all writes that were marked before.
     *
     * @param position what a session brings along, from {@link SessionTokens#resume}; 0 for nothing
     */
    public boolean mayRead(ReplicaProof replica, long position, KeySpec keys, @Nullable CommandArgs<?, ?> args) {
        if (keys.isNone()) {
            return true;
        }
        long proven = replica.proven();
        if (proven < position || proven < 0) {
            return false;
        }
        if (isAllProven(proven)) {
            return true;
        }
        if (args == null || table.isEverythingUnproven(proven)) {
            return false;
        }
        int count = keys.count(args);
        if (count == KeySpec.WHOLE_KEYSPACE) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            long hash = replacements ? keys.exactHash(args, i) : keys.hash(args, i);
            if (table.isUnproven(hash, proven)) {
                return false;
            }
        }
        return isStillProven(replica);
    }

    /** Whether a read of this key must go to the primary instead of the replica, for the sake of the writes marked before. */
    public boolean mustReadFromPrimary(ReplicaProof replica, long keyHash) {
        long proven = replica.proven();
        if (proven < 0) {
            return true;
        }
        if (isAllProven(proven)) {
            return false;
        }
        return table.isEverythingUnproven(proven) || table.isUnproven(keyHash, proven) || !isStillProven(replica);
    }

    /** Whether a replica shows all that a session has seen written. */
    public boolean isProven(ReplicaProof replica, long position) {
        long proven = replica.proven();
        return proven >= 0 && proven >= position;
    }

    /**
     * Whether the data of a replica are at most this old. Asking makes fences flow for a while, so that later questions can
     * be answered with yes: after a no, ask {@link #beginPublish}.
     */
    public boolean isWithin(ReplicaProof replica, long now, long boundNanos) {
        demand.ask(now, boundNanos);
        return replica.stalenessNanos(now) <= boundNanos;
    }

    private boolean isAllProven(long proven) {
        long stamp = quiet.get();
        return stamp >= 0 && stamp <= proven;
    }

    /** An entry may have been given away after the replica was dropped: then the proof is gone before the entry is. */
    private static boolean isStillProven(ReplicaProof replica) {
        return replica.proven() >= 0;
    }

    // ---- replicas

    /**
     * A replica to read from. Before the first write of this process it may be read at once, for there is nothing to prove;
     * later it first needs a subscriber and a fence.
     */
    public synchronized ReplicaProof attach() {
        ReplicaProof replica = new ReplicaProof();
        replicas.add(replica);
        // First, so that a write that is not seen here keeps its entry.
        covered = 0;
        if (next == 1 && newestStamp.get() == 0 && isNothingInFlight()) {
            replica.trust();
        }
        updateCovered();
        return replica;
    }

    private boolean isNothingInFlight() {
        long over = ended.sum();
        return begun.sum() == over;
    }

    /** The replica is read no more. */
    public synchronized void detach(ReplicaProof replica) {
        replica.detach();
        replicas.remove(replica);
        updateCovered();
    }

    /** The subscriber on the replica is listening; what was sent before may have been missed. */
    public synchronized void subscribed(ReplicaProof replica) {
        if (!replica.isAttached() || replica.isSubscribed()) {
            return;
        }
        replica.subscribe(next);
        if (proofRequired && newestStamp.get() > replica.proven()) {
            wanted = Math.max(wanted, next);
        }
        updateCovered();
    }

    /** The subscriber was lost: nothing is proven until it is back and a fence sent after that arrives. */
    public synchronized void lost(ReplicaProof replica) {
        if (replica.isAttached()) {
            replica.unsubscribe(next);
            updateCovered();
        }
    }

    /**
     * Nothing counts at this replica until a fence sent from now on arrives. To be called when reads change to it, and when a
     * connection to it has been made again: whoever answers may have come back from an old file, and a subscriber can take long
     * to learn that it talks to nobody.
     */
    public synchronized void requireFresh(ReplicaProof replica) {
        if (replica.isAttached()) {
            replica.forgetUntil(next);
            updateCovered();
        }
    }

    /**
     * A fence has arrived. Numbers that were never sent, and those of a subscriber that was lost, are ignored: the channel is open
     * to others.
     *
     * @return whether it was a new one
     */
    public synchronized boolean received(ReplicaProof replica, long number, long now) {
        if (!replica.isSubscribed() || number <= replica.received() || number >= next) {
            return false;
        }
        if (replica.receive(number) && next - number <= DATES_KEPT) {
            replica.date(sentAt[(int) (number % DATES_KEPT)], now);
        }
        updateCovered();
        settle();
        return true;
    }

    private void updateCovered() {
        long least = NEVER;
        boolean subscribed = false;
        for (ReplicaProof replica : replicas) {
            subscribed |= replica.isSubscribed();
            if (replica.proven() >= 0) {
                least = Math.min(least, replica.proven());
            } else if (replica.isSubscribed()) {
                // It will be asked again once this has arrived, so what is newer must stay in the table.
                least = Math.min(least, replica.required());
            }
        }
        anySubscribed = subscribed;
        // No stamp is above the next number: where no replica can be asked, or nobody asks, all is covered.
        covered = proofRequired ? Math.min(least, next) : next;
    }

    /** Replicas behind the best lose their proof, and the entries kept for them become free. */
    private synchronized boolean dropLaggards() {
        long best = replicas.stream().mapToLong(ReplicaProof::proven).max().orElse(0);
        boolean dropped = false;
        for (ReplicaProof replica : replicas) {
            if (replica.proven() < best && replica.required() < next) {
                replica.distrustUntil(next);
                dropped = true;
            }
        }
        if (dropped) {
            updateCovered();
        }
        return dropped;
    }

    // ---- fences

    /** Whether a fence should be sent because of a write, without looking at the time. Cheap; for after each acknowledgement. */
    public boolean wantsPublish() {
        return anySubscribed && proofRequired && newestStamp.get() == next;
    }

    /**
     * Takes the number of a fence to be sent now, when one is due.
     *
     * @return the number to publish on the primary, whose sending must be reported by {@link #publishEnded}, or
     *     {@link #NO_FENCE}
     */
    public synchronized long beginPublish(long now) {
        if (publishing && now - publishingSince >= settings.publishTimeout().toNanos()) {
            publishing = false;
        }
        if (nanosUntilDecision(now) > 0) {
            return NO_FENCE;
        }
        long number = next;
        sentAt[(int) (number % DATES_KEPT)] = now;
        publishing = true;
        publishingSince = now;
        lastSentAt = now;
        everSent = true;
        next = number + 1;
        updateCovered();
        return number;
    }

    /** Whether the answer to a fence is waited for. */
    public synchronized boolean isPublishing() {
        return publishing;
    }

    /** The sending of a fence has ended, by an answer or a failure. After a failure the resend interval passes before the next. */
    public synchronized void publishEnded(long number) {
        if (number == next - 1) {
            publishing = false;
        }
    }

    /**
     * How long until {@link #beginPublish} should be asked, if nothing else happens: 0 for now, {@link Long#MAX_VALUE} when no
     * time will change the answer.
     */
    public synchronized long nanosUntilDecision(long now) {
        if (!anySubscribed) {
            return NEVER;
        }
        if (publishing) {
            return Math.max(0, settings.publishTimeout().toNanos() - (now - publishingSince));
        }
        long due = NEVER;
        long target = Math.max(proofRequired ? newestStamp.get() : 0, wanted);
        for (ReplicaProof replica : replicas) {
            if (replica.isSubscribed()) {
                long goal = Math.max(target, proofRequired && replica.proven() < 0 ? replica.required() : 0);
                if (goal >= next) {
                    due = Math.min(due, sinceLast(now, interval(replica)));
                } else if (replica.received() < goal && replica.proven() < goal) {
                    due = Math.min(due, sinceLast(now, settings.resendInterval().toNanos()));
                }
            }
        }
        long freshness = demand.intervalNanos(now);
        if (freshness < NEVER) {
            long interval = Math.max(freshness, settings.minimumInterval().toNanos());
            due = Math.min(due, sinceLast(now, interval));
        }
        return due;
    }

    /** The least time between two fences for the sake of writes. */
    private long interval(ReplicaProof replica) {
        long least = settings.minimumInterval().toNanos();
        if (least == 0) {
            return 0;
        }
        long most = Math.max(least, settings.resendInterval().toNanos());
        return Math.min(most, Math.max(least, replica.lagNanos() / INTERVALS_PER_LAG));
    }

    private long sinceLast(long now, long interval) {
        return everSent ? Math.max(0, interval - (now - lastSentAt)) : 0;
    }

    // ---- sessions

    /** A position that covers every write acknowledged so far. */
    long position() {
        return newestStamp.get();
    }

    /** Changes whenever one position comes to stand for more. Ask for it before the position. */
    long edition() {
        return ended.sum() + wishes.get();
    }

    /** The number of the next fence, which is sent as soon as a replica has a subscriber: no position is above it. */
    synchronized long wantFence() {
        wishes.incrementAndGet();
        wanted = Math.max(wanted, next);
        return next;
    }
}
