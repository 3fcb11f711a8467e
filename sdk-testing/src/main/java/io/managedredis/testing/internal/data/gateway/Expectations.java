package io.managedredis.testing.internal.data.gateway;

import java.util.ArrayDeque;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The answers that one upstream still owes, in order, and what is to be done with each. */
final class Expectations {

    /** What to do with an answer. */
    enum Kind {
        /** Give it to the client as it is. */
        RELAY,
        /** Drop it: the client did not ask, or another upstream answers. */
        SWALLOW,
        /** Give an edited copy to the client. */
        EDIT,
        /** Keep it: the gateway asked. */
        TAKE,
        /** A number of confirmations, one for each channel. */
        CONFIRMATIONS
    }

    /** A run of answers of one kind. */
    static final class Entry {

        private final Kind kind;
        private final @Nullable UnaryOperator<byte[]> edit;
        private final boolean shadow;
        private int left;

        private Entry(Kind kind, int left, @Nullable UnaryOperator<byte[]> edit, boolean shadow) {
            this.kind = kind;
            this.left = left;
            this.edit = edit;
            this.shadow = shadow;
        }

        Kind kind() {
            return kind;
        }

        /** Whether nothing of it reaches the client. */
        boolean isShadow() {
            return shadow;
        }

        byte[] edited(byte[] answer) {
            return edit == null ? answer : edit.apply(answer);
        }

        /** Counts one confirmation; the number of them may be known only now. */
        void confirmed(int expectedIfUnknown) {
            if (left < 0) {
                left = expectedIfUnknown;
            }
            left--;
        }
    }

    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private final Entry relays = new Entry(Kind.RELAY, 0, null, false);

    boolean isEmpty() {
        return entries.isEmpty();
    }

    void relay(int count) {
        Entry last = entries.peekLast();
        if (last != null && last.kind == Kind.RELAY) {
            last.left += count;
        } else if (relays.left == 0) {
            // The usual case makes no garbage: one run after the other.
            relays.left = count;
            entries.addLast(relays);
        } else {
            entries.addLast(new Entry(Kind.RELAY, count, null, false));
        }
    }

    /** The last answer that was to be relayed will not come. */
    void cancelLastRelay() {
        Entry last = entries.peekLast();
        if (last != null && last.kind == Kind.RELAY && --last.left == 0) {
            entries.removeLast();
        }
    }

    /** The gateway itself wants to know the answer. */
    void take(Consumer<byte[]> taker) {
        UnaryOperator<byte[]> edit = answer -> {
            taker.accept(answer);
            return answer;
        };
        entries.addLast(new Entry(Kind.TAKE, 1, edit, false));
    }

    void swallow() {
        entries.addLast(new Entry(Kind.SWALLOW, 1, null, true));
    }

    void edit(UnaryOperator<byte[]> edit) {
        entries.addLast(new Entry(Kind.EDIT, 1, edit, false));
    }

    /** Confirmations of a subscription; -1 where only the upstream knows how many. */
    void confirmations(int count, boolean shadow) {
        entries.addLast(new Entry(Kind.CONFIRMATIONS, count, null, shadow));
    }

    @Nullable
    Entry head() {
        return entries.peekFirst();
    }

    /** One whole answer of the head entry came. */
    void answered() {
        Entry head = entries.peekFirst();
        if (head != null && (head.kind == Kind.CONFIRMATIONS || --head.left <= 0)) {
            entries.removeFirst();
        }
    }

    /** Removes confirmations that are all there. */
    void confirmed() {
        Entry head = entries.peekFirst();
        if (head != null && head.left == 0) {
            entries.removeFirst();
        }
    }
}
