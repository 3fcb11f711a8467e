package io.managedredis.testing.internal.data.gateway;

import io.managedredis.testing.internal.data.redis.RedisControl;
import io.managedredis.testing.internal.data.resp.Reply;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * How far a replica has come. A ticket taken after something was seen on the primary is redeemed once the replica has all
 * of that too: the primary's replication offset is asked for after the ticket was taken, and the replica's until it is
 * there. Questions are shared by all connections and asked only while someone needs to know.
 *
 * <p>Tickets may be taken and looked at from any thread; everything else happens on one event loop.
 */
final class ReplicaProgress {

    private static final long BETWEEN_QUESTIONS_NANOS = 1_000_000;
    private static final long LONGEST_WAIT_NANOS = 20_000_000;

    private final RedisControl primary;
    private final RedisControl replica;
    private final EventLoop loop;
    private final AtomicLong wanted = new AtomicLong();
    private final ArrayDeque<Question> unredeemed = new ArrayDeque<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private volatile long asked;
    private volatile long redeemed;
    private boolean asking;
    private boolean watching;
    private long lastAsked;
    private long wait = BETWEEN_QUESTIONS_NANOS;

    private record Question(long ticket, long offset) {}

    private record Waiting(long ticket, Runnable action) {}

    ReplicaProgress(RedisControl primary, RedisControl replica, EventLoop loop) {
        this.primary = primary;
        this.replica = replica;
        this.loop = loop;
        this.lastAsked = System.nanoTime() - BETWEEN_QUESTIONS_NANOS;
    }

    /** A ticket for everything that has been seen on the primary up to now. */
    long takeTicket() {
        // Questions are numbered before they are sent: one with a higher number than this is sent after this moment.
        long ticket = asked + 1;
        if (wanted.getAndAccumulate(ticket, Math::max) < ticket) {
            loop.execute(this::ask);
        }
        return ticket;
    }

    /** Whether the replica has what the ticket stands for. */
    boolean isRedeemed(long ticket) {
        return redeemed >= ticket;
    }

    /** Runs the action, on some event loop, when the replica has what the ticket stands for. */
    void whenRedeemed(long ticket, Runnable action) {
        loop.execute(() -> {
            if (isRedeemed(ticket)) {
                action.run();
            } else {
                waiting.add(new Waiting(ticket, action));
            }
        });
    }

    private void ask() {
        if (asking || asked >= wanted.get()) {
            return;
        }
        asking = true;
        long pause = BETWEEN_QUESTIONS_NANOS - (System.nanoTime() - lastAsked);
        if (pause > 0) {
            loop.schedule(this::send, pause, TimeUnit.NANOSECONDS);
        } else {
            send();
        }
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // written on one event loop only
    private void send() {
        lastAsked = System.nanoTime();
        asked = asked + 1;
        long ticket = asked;
        primary.ask("INFO", "replication")
                .whenComplete((reply, failed) -> loop.execute(() -> {
                    asking = false;
                    long offset = offset(reply, "master_repl_offset:");
                    if (offset >= 0) {
                        unredeemed.add(new Question(ticket, offset));
                        wait = BETWEEN_QUESTIONS_NANOS;
                        watch();
                        ask();
                    }
                }));
    }

    private void watch() {
        if (watching || unredeemed.isEmpty()) {
            return;
        }
        watching = true;
        replica.ask("INFO", "replication")
                .whenComplete((reply, failed) -> loop.execute(() -> {
                    redeemUpTo(offset(reply, "slave_repl_offset:"));
                    if (failed == null && !unredeemed.isEmpty()) {
                        loop.schedule(
                                () -> {
                                    watching = false;
                                    watch();
                                },
                                wait,
                                TimeUnit.NANOSECONDS);
                        wait = Math.min(LONGEST_WAIT_NANOS, wait + wait / 4);
                    } else {
                        watching = false;
                    }
                }));
    }

    private void redeemUpTo(long offset) {
        Question reached = null;
        while (!unredeemed.isEmpty() && unredeemed.element().offset() <= offset) {
            reached = unredeemed.remove();
        }
        if (reached != null) {
            redeemed = reached.ticket();
            List<Waiting> done =
                    waiting.stream().filter(one -> isRedeemed(one.ticket())).toList();
            waiting.removeAll(done);
            done.forEach(one -> one.action().run());
        }
    }

    private static long offset(@Nullable Reply reply, String field) {
        if (!(reply instanceof Reply.Text text)) {
            return -1;
        }
        String info = text.value();
        int at = info.indexOf(field);
        if (at < 0) {
            return -1;
        }
        int from = at + field.length();
        return Long.parseLong(info.substring(from, info.indexOf('\r', from)));
    }
}
