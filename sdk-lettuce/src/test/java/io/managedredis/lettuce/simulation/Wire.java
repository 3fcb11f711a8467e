package io.managedredis.lettuce.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One TCP connection from a process to a server: in order in both directions. While the way is black-holed everything waits, as it would
 * for retransmission; when the connection is reset, what is under way may or may not still be executed, and no answer comes.
 */
final class Wire {

    private final Scheduler scheduler;
    private final World world;
    private final Way way;
    private final Server server;
    private final Runnable onReset;
    private final Deque<Runnable> up = new ArrayDeque<>();
    private final Deque<Runnable> down = new ArrayDeque<>();
    private final List<Call<?>> pending = new ArrayList<>();
    private long lastUp;
    private long lastDown;
    private long arrivals;
    private boolean open = true;
    private boolean serverGone;

    Wire(World world, Way way, Server server, Runnable onReset) {
        this.world = world;
        this.scheduler = world.scheduler;
        this.way = way;
        this.server = server;
        this.onReset = onReset;
        way.wires.add(this);
    }

    boolean isOpen() {
        return open;
    }

    /** Whether anything was sent that is not answered. */
    boolean isWaiting() {
        return open && !pending.isEmpty();
    }

    /** How often anything has arrived from the server. */
    long arrivals() {
        return arrivals;
    }

    /** Sends a command; exactly one of the two is called, unless the wire stays black-holed. */
    <T> void call(Supplier<T> atServer, Consumer<T> onAnswer, Runnable onLost) {
        if (!open) {
            onLost.run();
            return;
        }
        Call<T> call = new Call<>(onAnswer, onLost);
        pending.add(call);
        up.add(() -> {
            if (!open && world.random.nextBoolean()) {
                return;
            }
            T answer = atServer.get();
            push(() -> {
                if (pending.remove(call)) {
                    call.onAnswer.accept(answer);
                }
            });
        });
        lastUp = Math.max(lastUp, scheduler.now() + way.delay());
        scheduler.after(lastUp - scheduler.now(), this::moveUp);
    }

    /** Sends from the server to the process. */
    void push(Runnable atProcess) {
        down.add(() -> {
            if (open) {
                arrivals++;
                atProcess.run();
            }
        });
        lastDown = Math.max(lastDown, scheduler.now() + way.delay());
        scheduler.after(lastDown - scheduler.now(), this::moveDown);
    }

    void moveUp() {
        if (serverGone) {
            up.clear();
            reset();
        } else if (!way.blackHoled && server.isUp()) {
            @Nullable Runnable head = up.poll();
            if (head != null) {
                head.run();
            }
        } else if (!open) {
            up.poll();
        }
    }

    void moveDown() {
        if (!way.blackHoled) {
            @Nullable Runnable head = down.poll();
            if (head != null) {
                head.run();
            }
        }
    }

    /** What waited in the black hole arrives. */
    void healed() {
        for (int waiting = up.size(); waiting > 0; waiting--) {
            scheduler.after(way.delay(), this::moveUp);
        }
        for (int waiting = down.size(); waiting > 0; waiting--) {
            scheduler.after(way.delay(), this::moveDown);
        }
    }

    /** The server's end is gone; the process learns it when it sends something, or in the end. */
    void halfOpen(long learnsAfter) {
        serverGone = true;
        down.clear();
        server.gone(this);
        scheduler.after(learnsAfter, this::reset);
    }

    /** Both ends learn that it is gone. */
    void reset() {
        if (!open) {
            return;
        }
        open = false;
        way.wires.remove(this);
        server.gone(this);
        List<Call<?>> lost = List.copyOf(pending);
        pending.clear();
        onReset.run();
        lost.forEach(call -> call.onLost.run());
    }

    private record Call<T>(Consumer<T> onAnswer, Runnable onLost) {
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }
}
