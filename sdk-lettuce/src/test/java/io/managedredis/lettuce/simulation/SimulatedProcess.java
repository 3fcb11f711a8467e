package io.managedredis.lettuce.simulation;

import io.managedredis.Region;
import io.managedredis.lettuce.internal.consistency.FenceSettings;
import io.managedredis.lettuce.internal.consistency.ReplicaProof;
import io.managedredis.lettuce.internal.consistency.ReplicationFence;
import io.managedredis.lettuce.internal.consistency.SessionTokens;
import io.managedredis.lettuce.internal.consistency.WriteMark;
import io.managedredis.lettuce.internal.health.EndpointHealth;
import io.managedredis.lettuce.internal.selection.Candidate;
import io.managedredis.lettuce.internal.selection.ReadSelection;
import io.managedredis.lettuce.internal.selection.Selection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A process with two connections, run by the machines under test; what stands between them here stands between them in production. */
final class SimulatedProcess {

    static final int CONNECTIONS = 2;

    private static final long ATTEMPT_TIMEOUT = 300 * Scheduler.MILLIS;
    private static final long READ_TIMEOUT = 3_000 * Scheduler.MILLIS;
    private static final long PING_TIMEOUT = 200 * Scheduler.MILLIS;
    private static final long LONGEST_SILENCE = 250 * Scheduler.MILLIS;
    private static final long LOOK = 10 * Scheduler.MILLIS;

    final int id;
    final List<Node> nodes = new ArrayList<>();
    private final World world;
    private final Scheduler scheduler;
    private final long clockOffset;
    private final ReplicationFence fence;
    private final SessionTokens tokens;
    private final ReadSelection chooser;
    private final Node primary;
    private final Node local;
    private final int[] acknowledged;
    private final int[] shown;
    private final int[] floor;
    private final List<List<WriteCall>> sent = new ArrayList<>();
    private Selection<Node> selection = new Selection<>(List.of(), List.of());
    private @Nullable Node reader;
    private long pumpAt = Long.MAX_VALUE;
    private long lastPublishedAt;
    private final long eventualUntil;
    private boolean proving;

    SimulatedProcess(World world, int id, List<Replica> replicas) {
        this.world = world;
        this.scheduler = world.scheduler;
        this.id = id;
        this.clockOffset = world.random.nextLong() >> 2;
        int room = List.of(1, 4, 64).get(world.random.nextInt(3));
        Duration interval = Duration.ofMillis(List.of(0, 5).get(world.random.nextInt(2)));
        this.fence =
                new ReplicationFence(new FenceSettings(room, interval, Duration.ofMillis(100), Duration.ofMillis(500)));
        // Some begin to ask for their own writes when there are some.
        this.eventualUntil = world.random.nextInt(3) == 0 ? world.random.nextLong(800 * Scheduler.MILLIS) : 0;
        this.tokens = new SessionTokens(fence, world.random);
        this.chooser = new ReadSelection(Optional.of(region(id)), Duration.ofMillis(5), world.random);
        int keys = world.primary.versions.length;
        this.acknowledged = new int[keys];
        this.shown = new int[keys];
        this.floor = new int[keys];
        this.primary = new Node(world, world.primary, new Way(distance(), world.random), Region.of("mad"), null);
        nodes.add(primary);
        for (int i = 0; i < replicas.size(); i++) {
            Way way = new Way(i == id ? Scheduler.MILLIS / 2 : distance(), world.random);
            nodes.add(new Node(world, replicas.get(i), way, region(i), fence.attach()));
        }
        this.local = nodes.get(1 + id);
        for (int connection = 0; connection < CONNECTIONS; connection++) {
            sent.add(new ArrayList<>());
        }
    }

    private static Region region(int id) {
        return Region.of(List.of("ams", "nrt", "sin").get(id));
    }

    private long distance() {
        return (10 + world.random.nextInt(60)) * Scheduler.MILLIS;
    }

    private long now() {
        return scheduler.now() + clockOffset;
    }

    void start() {
        for (Node node : nodes) {
            node.control.run(
                    wire -> {},
                    () -> {
                        node.health.connected(now());
                        choose();
                        watch(node);
                    },
                    () -> {
                        node.health.disconnected(now());
                        choose();
                    });
            for (int connection = 0; connection < CONNECTIONS; connection++) {
                runData(node, node.newSlot());
            }
            ReplicaProof proof = node.proof;
            if (proof != null) {
                runSubscriber(node, proof);
            }
        }
        choose();
    }

    private void runData(Node node, Node.Slot slot) {
        boolean[] before = {false};
        slot.run(
                wire -> {},
                () -> {
                    if (before[0] && node.proof != null) {
                        // Whoever answers on a new connection may have come back from an old file.
                        fence.requireFresh(node.proof);
                        pump();
                    }
                    before[0] = true;
                },
                () -> {});
    }

    private void runSubscriber(Node node, ReplicaProof proof) {
        node.subscriber.run(
                wire -> node.server.subscribe(
                        new Server.Subscription(id, wire, number -> fence.received(proof, number, now()))),
                () -> {
                    fence.subscribed(proof);
                    pump();
                },
                () -> {
                    fence.lost(proof);
                    pump();
                });
    }

    // ---- health and choice

    /** Comes back when a PING of the node is due; nothing is due until it is connected, or its PING has ended. */
    private void watch(Node node) {
        long wait = node.health.nanosUntilPing(now());
        long at = scheduler.now() + wait;
        if (wait < Long.MAX_VALUE && at < node.pingAt) {
            node.pingAt = at;
            scheduler.after(wait, () -> {
                if (node.pingAt == at) {
                    node.pingAt = Long.MAX_VALUE;
                    ping(node);
                    watch(node);
                }
            });
        }
    }

    private void ping(Node node) {
        Wire wire = node.control.ready;
        if (wire == null || !node.health.beginPing(now())) {
            return;
        }
        long sentAt = now();
        boolean[] ended = {false};
        wire.call(
                () -> 0,
                pong -> {
                    if (!ended[0]) {
                        ended[0] = true;
                        node.health.answered(now() - sentAt, now());
                        choose();
                        watch(node);
                    }
                },
                () -> ended[0] = true);
        scheduler.after(PING_TIMEOUT, () -> {
            if (!ended[0]) {
                ended[0] = true;
                node.health.failed(now());
                giveUpIfOut(node);
                watch(node);
            }
        });
    }

    /** Looks at a replica's connection while reads wait on it. */
    private void lookForSilence(Node node, Node.Slot slot) {
        if (slot.looking || node == primary) {
            return;
        }
        slot.looking = true;
        scheduler.after(LOOK, () -> {
            slot.looking = false;
            Wire wire = slot.wire;
            boolean waiting = wire != null && wire.isWaiting() && node.health.isUsable();
            switch (slot.silence.look(waiting, wire == null ? 0 : wire.arrivals(), node.health, now())) {
                case NONE -> {}
                case ASK -> {
                    node.health.doubt(now());
                    ping(node);
                }
                case LEAVE -> leave(node);
            }
            if (waiting) {
                lookForSilence(node, slot);
            }
        });
    }

    private void leave(Node node) {
        world.checker.left(node);
        node.resetAll();
        choose();
    }

    private void giveUpIfOut(Node node) {
        if (!node.health.isUsable()) {
            node.resetAll();
        }
        choose();
    }

    private void choose() {
        List<Candidate<Node>> candidates = new ArrayList<>();
        for (Node node : nodes) {
            candidates.add(new Candidate<>(
                    node, node.region, node == primary, node.health.isUsable(), node.health.roundTripNanos(now())));
        }
        Node before = reader;
        selection = chooser.select(candidates, before);
        Node after = selection.reader().orElse(primary);
        if (after != before) {
            reader = after;
            for (int key = 0; key < floor.length; key++) {
                floor[key] = Math.max(floor[key], shown[key]);
            }
            if (before != null && after.proof != null) {
                fence.requireFresh(after.proof);
                pump();
            }
        }
    }

    // ---- writes

    void write(int connection, int key) {
        write(connection, key, () -> {});
    }

    void write(int connection, int key, Runnable whenAcknowledged) {
        WriteCall write = new WriteCall(key);
        WriteMark mark = key == Primary.ALL_KEYS ? fence.everythingDispatched() : fence.dispatched(hash(key));
        Wire wire = primary.data.get(connection).ready;
        if (wire == null) {
            mark.neverSent();
            return;
        }
        world.checker.begun();
        sent.get(connection).add(write);
        wire.call(
                () -> {
                    world.primary.write(key);
                    write.executed = true;
                    write.versions = world.primary.versions.clone();
                    return 0;
                },
                ok -> {
                    sent.get(connection).remove(write);
                    mark.acknowledged();
                    pump();
                    for (int each = 0; each < acknowledged.length; each++) {
                        if (key == each || key == Primary.ALL_KEYS) {
                            acknowledged[each] = Math.max(acknowledged[each], write.versions[each]);
                        }
                    }
                    world.checker.ended();
                    whenAcknowledged.run();
                },
                () -> {
                    write.failed = true;
                    sent.get(connection).remove(write);
                    mark.acknowledged();
                    pump();
                    world.checker.ended();
                });
    }

    // ---- reads

    void read(int connection, int key, ReadCall.Mode mode, long bound) {
        boolean tooEarly = mode == ReadCall.Mode.READ_YOUR_WRITES && !proving && scheduler.now() < eventualUntil;
        read(connection, key, tooEarly ? ReadCall.Mode.EVENTUAL : mode, bound, 0, acknowledged[key]);
    }

    private void read(int connection, int key, ReadCall.Mode mode, long bound, long position, int expected) {
        world.checker.begun();
        attempt(new ReadCall(
                id,
                connection,
                key,
                mode,
                bound,
                position,
                scheduler.now(),
                Math.max(expected, acknowledged[key]),
                List.copyOf(sent.get(connection))));
    }

    private void attempt(ReadCall read) {
        if (read.done) {
            return;
        }
        if (scheduler.now() - read.dispatchedAt > READ_TIMEOUT) {
            read.done = true;
            world.checker.failed(read, nodes);
            return;
        }
        Node target = target(read);
        Wire wire = target == null ? null : target.data.get(read.connection).ready;
        int mine = ++read.attempt;
        if (target == null || wire == null) {
            read.tried.clear();
            scheduler.after(10 * Scheduler.MILLIS, () -> attempt(read));
            return;
        }
        read.tried.add(target);
        lookForSilence(target, target.data.get(read.connection));
        if (target == local && target.health.fastestNanos() != EndpointHealth.UNMEASURED) {
            scheduler.after(LONGEST_SILENCE, () -> {
                if (!read.done && mine == read.attempt) {
                    world.checker.violated("read waited on a silent replica: " + read);
                }
            });
        }
        ReadCall.Attempt attempt =
                new ReadCall.Attempt(target, scheduler.now(), target == reader ? floor[read.key] : 0);
        wire.call(
                () -> {
                    int version = target.server.versions[read.key];
                    if (!read.done) {
                        world.checker.executes(read, version);
                    }
                    return version;
                },
                version -> answer(read, attempt, version),
                () -> {
                    if (mine == read.attempt) {
                        attempt(read);
                    }
                });
        scheduler.after(ATTEMPT_TIMEOUT, () -> {
            if (!read.done && mine == read.attempt) {
                target.health.commandFailed(now());
                giveUpIfOut(target);
                watch(target);
                if (mine == read.attempt) {
                    attempt(read);
                }
            }
        });
    }

    private void answer(ReadCall read, ReadCall.Attempt attempt, int version) {
        if (read.done) {
            return;
        }
        read.done = true;
        if (attempt.node() != primary && read.mode == ReadCall.Mode.READ_YOUR_WRITES) {
            shown[read.key] = Math.max(shown[read.key], version);
        }
        world.checker.answered(read, attempt, version);
    }

    private @Nullable Node target(ReadCall read) {
        for (Node node : selection.order()) {
            if (!read.tried.contains(node)
                    && node.data.get(read.connection).isReady()
                    && (node == primary || node.health.isUsable() && mayServe(node, read))) {
                return node;
            }
        }
        return null;
    }

    private boolean mayServe(Node node, ReadCall read) {
        ReplicaProof proof = node.proof;
        if (proof == null || read.mode == ReadCall.Mode.EVENTUAL) {
            return true;
        }
        if (read.mode == ReadCall.Mode.AT_MOST) {
            boolean within = fence.isWithin(proof, now(), read.bound);
            if (!within) {
                pump();
            }
            return within;
        }
        if (!proving) {
            proving = true;
            fence.requireProof();
            pump();
        }
        // Another replica than the one in use has had no fence since.
        return node == reader
                && fence.isProven(proof, read.position)
                && !fence.mustReadFromPrimary(proof, hash(read.key));
    }

    static long hash(int key) {
        return (key + 1) * 0x9E3779B97F4A7C15L;
    }

    // ---- sessions

    /** What travels: the text, and, for the checker, what it stands for. */
    record Session(String token, int[] versions) {}

    Session issue() {
        return new Session(tokens.issue(0), acknowledged.clone());
    }

    /** Reads in a session from elsewhere, and hands it on. */
    Session readIn(Session session, int connection, int key) {
        long position = tokens.resume(session.token);
        pump();
        read(connection, key, ReadCall.Mode.READ_YOUR_WRITES, 0, position, session.versions[key]);
        int[] merged = acknowledged.clone();
        Arrays.setAll(merged, each -> Math.max(merged[each], session.versions[each]));
        return new Session(tokens.issue(position), merged);
    }

    void resumeHostile(String text) {
        tokens.resume(text);
        pump();
    }

    // ---- fences

    private void pump() {
        long number = fence.beginPublish(now());
        if (number != ReplicationFence.NO_FENCE) {
            lastPublishedAt = scheduler.now();
            Wire wire = primary.control.ready;
            if (wire == null) {
                fence.publishEnded(number);
            } else {
                wire.call(
                        () -> {
                            world.primary.publish(id, number);
                            return 0;
                        },
                        answer -> {
                            fence.publishEnded(number);
                            pump();
                        },
                        () -> {
                            fence.publishEnded(number);
                            pump();
                        });
            }
        }
        long wait = fence.nanosUntilDecision(now());
        if (wait == Long.MAX_VALUE) {
            return;
        }
        long at = scheduler.now() + Math.max(wait, Scheduler.MILLIS);
        if (at < pumpAt) {
            pumpAt = at;
            scheduler.after(at - scheduler.now(), () -> {
                if (pumpAt == at) {
                    pumpAt = Long.MAX_VALUE;
                    pump();
                }
            });
        }
    }

    // ---- the end

    void describeUnsettled(List<String> unsettled) {
        if (selection.reader().orElse(primary) != local) {
            unsettled.add("process " + id + " does not read from its own region");
        }
        for (Node node : nodes) {
            ReplicaProof proof = node.proof;
            if (proof == null || !proving) {
                continue;
            }
            for (int key = 0; key < acknowledged.length; key++) {
                if (fence.mustReadFromPrimary(proof, hash(key))) {
                    unsettled.add("process " + id + " does not trust " + node.server.name);
                    break;
                }
            }
        }
        if (scheduler.now() - lastPublishedAt < 2_000 * Scheduler.MILLIS) {
            unsettled.add("process " + id + " still sends fences");
        }
    }
}
