package io.managedredis.testing.internal.data.gateway;

import io.managedredis.testing.internal.data.resp.Reply;
import io.managedredis.testing.internal.data.resp.ReplyParser;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.List;

/**
 * Keyspace notifications for a client of a replica's gateway. They are the primary's, since a replica does not tell of keys
 * that expire and is told some commands in other words. One is given on when the replica has what it tells of. Only what a
 * read misses is told by the server that was asked. Used on one event loop.
 */
final class KeyEvents {

    /** What may wait for the replica before the client is given up, as Redis gives up one that does not read. */
    private static final int MOST_HELD_BYTES = 32 << 20;

    private static final String KEY_MISS = "keymiss";

    private final ClientSession session;
    private final Gateway gateway;
    private final EventLoop loop;
    private final ArrayDeque<Held> held = new ArrayDeque<>();
    private int heldBytes;

    private record Held(Upstream from, byte[] message, long ticket) {}

    KeyEvents(ClientSession session, Gateway gateway, EventLoop loop) {
        this.session = session;
        this.gateway = gateway;
        this.loop = loop;
    }

    /** Takes a message from one of the servers. */
    void add(Upstream from, byte[] message) {
        if (from.isPrimary() ? isInvalidation(message) : isKeyMiss(message)) {
            give(from, message);
        } else if (from.isPrimary()) {
            hold(from, message);
        }
    }

    private void hold(Upstream from, byte[] message) {
        ReplicaProgress progress = gateway.progress().orElseThrow();
        Held one = new Held(from, message, progress.takeTicket());
        held.add(one);
        heldBytes += message.length;
        if (heldBytes > MOST_HELD_BYTES) {
            session.close();
            return;
        }
        progress.whenRedeemed(one.ticket(), () -> loop.execute(() -> giveUpTo(one.ticket())));
    }

    private void giveUpTo(long ticket) {
        while (!held.isEmpty() && held.element().ticket() <= ticket) {
            Held one = held.remove();
            heldBytes -= one.message().length;
            give(one.from(), one.message());
        }
        session.flush();
    }

    private void give(Upstream from, byte[] message) {
        session.answers().relay(from, Unpooled.wrappedBuffer(message), true);
    }

    /** Forgets what waits. */
    void discard() {
        held.clear();
        heldBytes = 0;
    }

    private static boolean isInvalidation(byte[] message) {
        return channel(elements(message)).equals("__redis__:invalidate");
    }

    private static boolean isKeyMiss(byte[] message) {
        List<Reply> elements = elements(message);
        String channel = channel(elements);
        return channel.startsWith("__keyevent@")
                ? channel.endsWith("__:" + KEY_MISS)
                : channel.startsWith("__keyspace@")
                        && elements.get(elements.size() - 1).text().equals(KEY_MISS);
    }

    private static String channel(List<Reply> elements) {
        return elements.get(elements.size() - 2).text();
    }

    private static List<Reply> elements(byte[] message) {
        byte[] array = message.clone();
        array[0] = '*';
        return ((Reply.Array) ReplyParser.parse(Unpooled.wrappedBuffer(array))).elements();
    }
}
