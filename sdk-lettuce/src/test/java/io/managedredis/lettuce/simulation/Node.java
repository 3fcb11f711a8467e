package io.managedredis.lettuce.simulation;

import io.managedredis.Region;
import io.managedredis.lettuce.internal.consistency.ReplicaProof;
import io.managedredis.lettuce.internal.health.EndpointHealth;
import io.managedredis.lettuce.internal.health.HealthSettings;
import io.managedredis.lettuce.internal.health.SilenceWatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a process keeps of one server: its connections and its state. */
final class Node {

    private static final long RECONNECT = 20 * Scheduler.MILLIS;
    private static final long CONNECT_TIMEOUT = 400 * Scheduler.MILLIS;
    private static final Duration SILENCE = Duration.ofMillis(40);
    private static final HealthSettings HEALTH = new HealthSettings(
            Duration.ofMillis(500),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4),
            2,
            2,
            Duration.ofMillis(100),
            Duration.ofMillis(800));

    final Server server;
    final Way way;
    final Region region;
    final EndpointHealth health = new EndpointHealth(HEALTH);
    final @Nullable ReplicaProof proof;
    final Slot control;
    final Slot subscriber;
    final List<Slot> data = new ArrayList<>();
    long pingAt = Long.MAX_VALUE;
    private final World world;

    Node(World world, Server server, Way way, Region region, @Nullable ReplicaProof proof) {
        this.world = world;
        this.server = server;
        this.way = way;
        this.region = region;
        this.proof = proof;
        this.control = new Slot();
        this.subscriber = new Slot();
    }

    boolean isTroubled() {
        return way.blackHoled || way.refusing || !server.isUp();
    }

    void trouble() {
        way.troubledAt = world.scheduler.now();
    }

    /** Gives up all connections, for they seem to hang. */
    void resetAll() {
        List<Slot> slots = new ArrayList<>(data);
        slots.add(control);
        slots.add(subscriber);
        for (Slot slot : slots) {
            Wire wire = slot.wire;
            if (wire != null) {
                wire.reset();
            }
        }
    }

    Slot newSlot() {
        Slot slot = new Slot();
        data.add(slot);
        return slot;
    }

    /** A connection that is made again whenever it is lost. */
    final class Slot {
        final SilenceWatch silence = new SilenceWatch(SILENCE);
        boolean looking;

        @Nullable
        Wire wire;

        @Nullable
        Wire ready;

        private Runnable onReady = () -> {};
        private Runnable onLost = () -> {};
        private java.util.function.Consumer<Wire> atServer = wire -> {};

        void run(java.util.function.Consumer<Wire> handshake, Runnable whenReady, Runnable whenLost) {
            atServer = handshake;
            onReady = whenReady;
            onLost = whenLost;
            connect();
        }

        boolean isReady() {
            return ready != null;
        }

        private void connect() {
            if (way.refusing || !server.isUp()) {
                world.scheduler.after(RECONNECT, this::connect);
                return;
            }
            Wire[] made = new Wire[1];
            made[0] = new Wire(world, way, server, () -> {
                boolean wasReady = ready == made[0];
                wire = null;
                ready = null;
                if (wasReady) {
                    onLost.run();
                }
                world.scheduler.after(RECONNECT, this::connect);
            });
            wire = made[0];
            made[0].call(
                    () -> {
                        atServer.accept(made[0]);
                        return 0;
                    },
                    greeting -> {
                        ready = made[0];
                        onReady.run();
                    },
                    () -> {});
            world.scheduler.after(CONNECT_TIMEOUT, () -> {
                if (ready != made[0]) {
                    made[0].reset();
                }
            });
        }
    }
}
