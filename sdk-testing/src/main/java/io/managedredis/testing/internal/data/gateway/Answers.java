package io.managedredis.testing.internal.data.gateway;

import io.managedredis.testing.internal.data.limits.Meter;
import io.managedredis.testing.internal.data.resp.Resp;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * What the client is told: answers of servers as the bytes they are, one never in the middle of another, and the gateway's
 * own. Knows whether the client wants to be told at all. Used on one event loop.
 */
final class Answers {

    private enum Wanted {
        ALL,
        ALL_BUT_NEXT,
        NONE
    }

    private final Channel client;
    private final Meter meter;
    private final Queue<ByteBuf> deferred = new ArrayDeque<>();
    private @Nullable Upstream midAnswer;
    private Wanted wanted = Wanted.ALL;
    private boolean uncounted;
    private boolean unflushed;

    Answers(Channel client, Meter meter) {
        this.client = client;
        this.meter = meter;
    }

    /** Whether every request is answered, and each by one answer. */
    boolean areRegular() {
        return wanted == Wanted.ALL && !uncounted;
    }

    /** Answers come without requests from now on, and are not matched. */
    void becomeUncounted() {
        uncounted = true;
    }

    boolean areUncounted() {
        return uncounted;
    }

    void all() {
        wanted = Wanted.ALL;
    }

    void none() {
        wanted = Wanted.NONE;
    }

    void allButNext() {
        wanted = wanted == Wanted.ALL ? Wanted.ALL_BUT_NEXT : wanted;
    }

    /** The request that follows is answered by confirmations, which come even to a client that wants no answers. */
    void confirmed() {
        wanted = wanted == Wanted.ALL_BUT_NEXT ? Wanted.ALL : wanted;
    }

    void reset() {
        wanted = Wanted.ALL;
        uncounted = false;
    }

    /** The server will answer the request that follows, and the client gets that; false when it wants none. */
    boolean expectFrom(Upstream target) {
        if (uncounted || wanted == Wanted.NONE) {
            return false;
        }
        if (wanted == Wanted.ALL_BUT_NEXT) {
            wanted = Wanted.ALL;
            return false;
        }
        target.expected().relay(1);
        return true;
    }

    /** Gives on what a server answers; {@code whole} when it ends at the end of an answer. Takes over the buffer. */
    void relay(Upstream from, ByteBuf bytes, boolean whole) {
        if (midAnswer != null && midAnswer != from) {
            deferred.add(bytes);
            return;
        }
        meter.transferred(bytes.readableBytes());
        client.write(bytes, client.voidPromise());
        unflushed = true;
        midAnswer = whole ? null : from;
        while (whole && !deferred.isEmpty()) {
            client.write(deferred.remove(), client.voidPromise());
        }
    }

    /** Answers with an error. Always true: the request is done. */
    boolean error(String text) {
        return write(Resp.line(client.alloc(), '-', text));
    }

    /** Answers with these characters, a byte each, as they are. Always true: the request is done. */
    boolean encoded(String answer) {
        return write(Unpooled.copiedBuffer(answer, StandardCharsets.ISO_8859_1));
    }

    private boolean write(ByteBuf bytes) {
        if (wanted == Wanted.ALL) {
            client.write(bytes, client.voidPromise());
            unflushed = true;
        } else {
            bytes.release();
            wanted = wanted == Wanted.ALL_BUT_NEXT ? Wanted.ALL : wanted;
        }
        return true;
    }

    void flush() {
        if (unflushed) {
            unflushed = false;
            client.flush();
        }
    }

    /** Forgets what an upstream that is gone has begun to answer. */
    void discard() {
        midAnswer = null;
        while (!deferred.isEmpty()) {
            deferred.remove().release();
        }
    }
}
