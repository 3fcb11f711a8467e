package io.managedredis.lettuce.internal.consistency;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The keys that were written, each with how many of its writes are in flight and the number of the fence that covers those
 * acknowledged. Lock-free for readers and writers; looking up allocates nothing.
 *
 * <p>A key has a place in one bucket of eight, and its entry is one word, replaced as a whole: it never moves, so a reader
 * cannot miss it. An entry whose writes are all covered by a fence that has arrived everywhere needs no removal: it is free to
 * be taken. Keys that share bucket and tag share their fate, which costs reads of the primary and nothing else. A key may have
 * two entries after a race; each write leaves the one it entered.
 *
 * <p>When a bucket is full, the write counts for the whole keyspace.
 *
 * <p>Fence numbers are kept modulo 2³² and compared by distance, which is right while fewer than 2³¹ fences separate the oldest
 * entry in use from the newest. An older entry that nobody has overwritten can look unproven once more, never the reverse.
 */
final class WriteTable {

    /** The place of a write that counts for the whole keyspace. */
    static final int EVERYTHING = -1;

    private static final int BUCKET = 8;
    private static final int TAG_SHIFT = 44;
    private static final int COUNT_SHIFT = 32;
    private static final long ONE = 1L << COUNT_SHIFT;
    private static final long ONE_EVERYTHING = 1L << 44;
    private static final long COUNT_MASK = 0xFFFL << COUNT_SHIFT;
    private static final long NUMBER_MASK = 0xFFFF_FFFFL;

    private final AtomicLongArray slots;
    private final int bucketMask;

    /** How many writes to the whole keyspace are in flight, above the number that covers those that ended. */
    private final AtomicLong everything = new AtomicLong();

    /**
     * An empty table.
     *
     * @param keys how many keys are to fit at once; it has four places for each, so that a full bucket is rare below that
     */
    WriteTable(int keys) {
        int buckets = Integer.highestOneBit(Math.max(1, keys - 1));
        slots = new AtomicLongArray(buckets * BUCKET);
        bucketMask = buckets - 1;
    }

    /**
     * Enters a write in flight.
     *
     * @param covered fences up to this one have arrived wherever an entry could still be asked for
     * @return the place to give to {@link #leave}, or {@link #EVERYTHING} when there was none: nothing has been entered then
     */
    int enter(long hash, Covered covered) {
        long tag = tag(hash);
        int first = first(hash);
        while (true) {
            int place = EVERYTHING;
            long seen = 0;
            for (int slot = first; slot < first + BUCKET; slot++) {
                long word = slots.get(slot);
                if (word >>> TAG_SHIFT == tag && (word & COUNT_MASK) != COUNT_MASK) {
                    place = slot;
                    seen = word;
                    break;
                }
                // The word is read before what is covered: see ReplicationFence.
                if (place == EVERYTHING && isFree(word, covered)) {
                    place = slot;
                    seen = word;
                }
                if (word == 0) {
                    // A bucket is filled from its start, and a word never becomes zero again.
                    break;
                }
            }
            if (place == EVERYTHING) {
                return EVERYTHING;
            }
            long entered = seen >>> TAG_SHIFT == tag ? seen + ONE : tag << TAG_SHIFT | ONE | seen & NUMBER_MASK;
            if (slots.compareAndSet(place, seen, entered)) {
                return place;
            }
        }
    }

    void enterEverything() {
        everything.getAndAdd(ONE_EVERYTHING);
    }

    /** A write is no longer in flight; fences from {@code number} on prove it. */
    void leave(int place, long number) {
        if (place == EVERYTHING) {
            everything.updateAndGet(word -> {
                long newest = Math.max(word & ONE_EVERYTHING - 1, number);
                return (word & -ONE_EVERYTHING) - ONE_EVERYTHING | newest;
            });
            return;
        }
        while (true) {
            long word = slots.get(place);
            if (slots.compareAndSet(place, word, withNumber(word - ONE, number))) {
                return;
            }
        }
    }

    /** A write was never sent. */
    void withdraw(int place) {
        if (place == EVERYTHING) {
            everything.getAndAdd(-ONE_EVERYTHING);
        } else {
            slots.getAndAdd(place, -ONE);
        }
    }

    /** Whether a write to the whole keyspace is in flight or not covered by the fence. */
    boolean isEverythingUnproven(long proven) {
        return everything.get() > proven;
    }

    /** Whether a write to the key is in flight or not covered by the fence. */
    boolean isUnproven(long hash, long proven) {
        long tag = tag(hash);
        int first = first(hash);
        for (int slot = first; slot < first + BUCKET; slot++) {
            long word = slots.get(slot);
            if (word == 0) {
                return false;
            }
            if (word >>> TAG_SHIFT == tag && ((word & COUNT_MASK) != 0 || isNewer(word, proven))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isFree(long word, Covered covered) {
        return word == 0 || (word & COUNT_MASK) == 0 && !isNewer(word, covered.upTo());
    }

    private static boolean isNewer(long word, long number) {
        return (int) word - (int) number > 0;
    }

    private static long withNumber(long word, long number) {
        return isNewer(word, number) ? word : word & ~NUMBER_MASK | number & NUMBER_MASK;
    }

    /** Never zero, so that an empty word is nobody's. */
    private static long tag(long hash) {
        long tag = hash >>> TAG_SHIFT;
        return tag == 0 ? 1 : tag;
    }

    private int first(long hash) {
        return ((int) hash & bucketMask) * BUCKET;
    }

    /** Says which fences have arrived at every replica that may still be asked. */
    interface Covered {
        long upTo();
    }
}
