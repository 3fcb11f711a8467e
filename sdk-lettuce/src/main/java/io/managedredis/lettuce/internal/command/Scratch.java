package io.managedredis.lettuce.internal.command;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** A buffer of each thread for encoding an argument without allocating. A codec that comes back here gets one of its own. */
final class Scratch {

    private static final int KEPT_CAPACITY = 64 * 1024;

    private static final ThreadLocal<Slot> SLOTS = ThreadLocal.withInitial(Slot::new);

    private Scratch() {}

    /** An empty buffer; give it back by {@link #done}. */
    static ByteBuf buffer() {
        Slot slot = SLOTS.get();
        if (slot.lent) {
            return Unpooled.buffer();
        }
        slot.lent = true;
        return slot.buffer.clear();
    }

    static void done(ByteBuf buffer) {
        Slot slot = SLOTS.get();
        if (slot.buffer == buffer) {
            slot.lent = false;
            if (buffer.capacity() > KEPT_CAPACITY) {
                slot.buffer = Unpooled.buffer();
            }
        }
    }

    private static final class Slot {
        private ByteBuf buffer = Unpooled.buffer();
        private boolean lent;
    }
}
