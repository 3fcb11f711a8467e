package io.managedredis.lettuce.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * One history: two processes, a primary and two replicas, clients that write and read, and faults of every kind, all drawn from one
 * seed. Then all faults end, and after a while everything must be well.
 */
public final class Simulation {

    private static final int KEYS = 12;
    private static final int HOT_KEYS = 3;
    private static final int REPLICAS = 2;
    private static final int PROCESSES = 2;
    private static final long BUSY = 1_200 * Scheduler.MILLIS;
    private static final long QUIET = 6_000 * Scheduler.MILLIS;

    private final World world;
    private final RandomGenerator random;
    private final Scheduler scheduler;
    private final List<Replica> replicas = new ArrayList<>();
    private final List<SimulatedProcess> processes = new ArrayList<>();
    private final List<SimulatedProcess.Session> sessions = new ArrayList<>();

    private Simulation(long seed) {
        world = new World(seed, KEYS);
        random = world.random;
        scheduler = world.scheduler;
        for (int i = 0; i < REPLICAS; i++) {
            long lag = random.nextInt(4) == 0
                    ? random.nextLong(400 * Scheduler.MILLIS)
                    : random.nextLong(30 * Scheduler.MILLIS);
            replicas.add(new Replica("replica " + i, scheduler, world.primary, lag, random));
        }
        for (int i = 0; i < PROCESSES; i++) {
            processes.add(new SimulatedProcess(world, i, replicas));
        }
    }

    /** The first promise that the history of a seed breaks, if any. */
    public static Optional<String> violation(long seed) {
        return run(seed).violation();
    }

    static Checker run(long seed) {
        return new Simulation(seed).run();
    }

    private Checker run() {
        processes.forEach(SimulatedProcess::start);
        for (SimulatedProcess process : processes) {
            for (int connection = 0; connection < SimulatedProcess.CONNECTIONS; connection++) {
                operate(process, connection);
            }
        }
        for (int fault = random.nextInt(8); fault > 0; fault--) {
            scheduler.after(random.nextLong(BUSY), this::fault);
        }
        scheduler.runUntil(BUSY);
        healAll();
        scheduler.runUntil(BUSY + QUIET);
        world.checker.finished(processes);
        return world.checker;
    }

    private void operate(SimulatedProcess process, int connection) {
        scheduler.after(
                random.nextLong(random.nextInt(5) == 0 ? 200 * Scheduler.MILLIS : 20 * Scheduler.MILLIS), () -> {
                    if (scheduler.now() < BUSY - 50 * Scheduler.MILLIS) {
                        operation(process, connection);
                        operate(process, connection);
                    }
                });
    }

    private void operation(SimulatedProcess process, int connection) {
        int key = random.nextInt(3) > 0 ? random.nextInt(HOT_KEYS) : random.nextInt(KEYS);
        switch (random.nextInt(20)) {
            case 0, 1, 2 -> process.write(connection, key);
            case 3, 4 -> {
                process.write(connection, key);
                process.read(connection, key, ReadCall.Mode.READ_YOUR_WRITES, 0);
            }
            case 5 -> process.write(connection, random.nextInt(3) == 0 ? Primary.ALL_KEYS : key);
            case 6, 7 -> process.read(connection, key, ReadCall.Mode.EVENTUAL, 0);
            case 8, 9 ->
                process.read(connection, key, ReadCall.Mode.AT_MOST, (20 + random.nextInt(150)) * Scheduler.MILLIS);
            case 10 -> process.write(connection, key, () -> sessions.add(process.issue()));
            case 11, 12 -> {
                if (!sessions.isEmpty()) {
                    sessions.add(process.readIn(recentSession(), connection, key));
                }
            }
            case 13 -> process.resumeHostile("hostile" + random.nextInt());
            default -> process.read(connection, key, ReadCall.Mode.READ_YOUR_WRITES, 0);
        }
    }

    /** One of the last, mostly: an old one has long been proven everywhere. */
    private SimulatedProcess.Session recentSession() {
        int among = random.nextInt(4) == 0 ? sessions.size() : Math.min(3, sessions.size());
        return sessions.get(sessions.size() - 1 - random.nextInt(among));
    }

    // ---- faults

    private void fault() {
        if (scheduler.now() >= BUSY) {
            return;
        }
        SimulatedProcess process = processes.get(random.nextInt(PROCESSES));
        Node node = process.nodes.get(random.nextInt(process.nodes.size()));
        Replica replica = replicas.get(random.nextInt(REPLICAS));
        long lasts = random.nextLong(1_000 * Scheduler.MILLIS);
        switch (random.nextInt(10)) {
            case 0 -> {
                node.trouble();
                node.way.cut();
            }
            case 1, 2 -> {
                node.trouble();
                node.way.blackHoled = true;
                endAfter(lasts, node);
            }
            case 3 -> {
                node.trouble();
                node.way.refusing = true;
                node.way.cut();
                endAfter(lasts, node);
            }
            case 4 -> {
                replica.stalled = true;
                scheduler.after(lasts, () -> {
                    replica.stalled = false;
                    replica.wake();
                });
            }
            case 5 -> {
                replica.linkDown = true;
                scheduler.after(lasts, () -> {
                    replica.copyAnew();
                    replica.linkDown = false;
                    replica.wake();
                });
            }
            case 6 -> {
                Wire subscription = node.subscriber.wire;
                if (subscription != null) {
                    subscription.reset();
                }
            }
            case 7 -> {
                replica.save();
                scheduler.after(lasts / 4, () -> restart(replica));
            }
            case 8 -> {
                replica.save();
                down(replica, lasts);
            }
            default -> down(random.nextInt(3) == 0 ? world.primary : replica, lasts);
        }
    }

    private void endAfter(long lasts, Node node) {
        scheduler.after(lasts, () -> {
            node.trouble();
            node.way.heal();
        });
    }

    private void restart(Replica replica) {
        if (!replica.isUp()) {
            return;
        }
        for (Node node : nodesOf(replica)) {
            node.trouble();
            for (Wire wire : List.copyOf(node.way.wires)) {
                // A subscriber says nothing, so it may take long to learn that nobody is there.
                boolean silent = node.subscriber.wire == wire;
                wire.halfOpen(random.nextLong((silent ? 1_500 : 100) * Scheduler.MILLIS));
            }
        }
        replica.restart();
    }

    private void down(Server server, long lasts) {
        if (!server.isUp()) {
            return;
        }
        server.setUp(false);
        nodesOf(server).forEach(node -> {
            node.trouble();
            node.way.cut();
        });
        scheduler.after(lasts, () -> up(server));
    }

    private void up(Server server) {
        if (server.isUp()) {
            return;
        }
        server.setUp(true);
        nodesOf(server).forEach(Node::trouble);
        if (server instanceof Replica replica) {
            replica.restart();
        }
    }

    private List<Node> nodesOf(Server server) {
        return processes.stream()
                .flatMap(process -> process.nodes.stream())
                .filter(node -> node.server == server)
                .toList();
    }

    private void healAll() {
        for (Replica replica : replicas) {
            up(replica);
            if (replica.linkDown) {
                replica.copyAnew();
            }
            replica.stalled = false;
            replica.linkDown = false;
            replica.wake();
        }
        up(world.primary);
        for (SimulatedProcess process : processes) {
            for (Node node : process.nodes) {
                node.trouble();
                node.way.heal();
            }
        }
    }
}
