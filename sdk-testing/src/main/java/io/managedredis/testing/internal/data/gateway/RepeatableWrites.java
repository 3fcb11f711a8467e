package io.managedredis.testing.internal.data.gateway;

import io.managedredis.testing.internal.data.command.Route;
import io.managedredis.testing.internal.data.limits.Capacity;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * Writes that Redis may refuse for want of memory although keys can be evicted: each is sent on its own, and once more
 * after room was made. Used on one event loop.
 */
final class RepeatableWrites {

    private final ClientSession session;
    private final Capacity capacity;
    private final Pauses pauses;
    private final EventLoop loop;
    private @Nullable ByteBuf pending;
    private boolean overflowing;

    RepeatableWrites(ClientSession session, Capacity capacity, EventLoop loop) {
        this.session = session;
        this.capacity = capacity;
        this.pauses = session.pauses();
        this.loop = loop;
    }

    /** Whether the data is so large that writes may be refused. */
    boolean areNeeded() {
        return pending != null || capacity.mayOverflow();
    }

    /** Whether a request on this route is one. */
    boolean include(Route route) {
        return route != Route.READ
                && !session.state().inTransaction
                && session.answers().areRegular()
                && capacity.mayOverflow();
    }

    /** Sends it, on its own: it can be sent once more before anything that comes after it. */
    void send(Request request, Upstream target) {
        pending = Unpooled.wrappedBuffer(request.raw());
        session.answers().expectFrom(target);
        target.send(request.slice());
        pauses.begin(Pause.ANSWERS_DUE);
    }

    /** What to tell the client when a server answered with an error; null when the write is repeated. */
    byte @Nullable [] error(Upstream upstream, byte[] answer) {
        ByteBuf request = pending;
        if (request == null || overflowing || !Capacity.isRefusal(answer)) {
            return capacity.translate(answer);
        }
        overflowing = true;
        pauses.begin(Pause.MAKING_ROOM);
        capacity.overflow().whenComplete((reply, failed) -> loop.execute(() -> repeat(upstream, request)));
        return null;
    }

    private void repeat(Upstream upstream, ByteBuf request) {
        if (session.isClosing()) {
            capacity.overflowDone();
            overflowing = false;
            return;
        }
        upstream.expected().relay(1);
        upstream.send(request.retainedDuplicate());
        upstream.flush();
        pauses.begin(Pause.ANSWERS_DUE);
        pauses.end(Pause.MAKING_ROOM);
    }

    /** Nothing is in flight any more. */
    void answered() {
        if (pending != null && !pauses.has(Pause.MAKING_ROOM)) {
            pending.release();
            pending = null;
            if (overflowing) {
                overflowing = false;
                capacity.overflowDone();
            }
        }
    }
}
