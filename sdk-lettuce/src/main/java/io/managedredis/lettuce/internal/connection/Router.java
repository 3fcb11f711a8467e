package io.managedredis.lettuce.internal.connection;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.protocol.RedisCommand;
import io.managedredis.error.ManagedRedisException;
import io.managedredis.lettuce.CommandObserver;
import io.managedredis.lettuce.Consistency;
import io.managedredis.lettuce.RoutePlan;
import io.managedredis.lettuce.RouteReason;
import io.managedredis.lettuce.UnansweredWrites;
import io.managedredis.lettuce.error.CursorLostException;
import io.managedredis.lettuce.internal.command.CommandRule;
import io.managedredis.lettuce.internal.command.CommandTable;
import io.managedredis.lettuce.internal.command.Route;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Sends each command of a routed connection, and of its views, to one of the lanes beneath it. The fleet changes the lanes while
 * commands run. Thread safe.
 */
final class Router<K, V> {

    private static final CommandTable TABLE = CommandTable.standard();

    private final Fleet fleet;
    private final RedisCodec<K, V> codec;
    private final @Nullable CommandObserver observer;
    private final Staleness staleness;
    private final RoutingCounters counters;
    private final boolean byPlatform;
    private final PushListeners pushListeners = new PushListeners();
    private final List<RedisConnectionStateListener> stateListeners = new CopyOnWriteArrayList<>();
    private final Cursors<K, V> cursors = new Cursors<>();
    private final AnsweredErrors<K, V> errors;
    private final SessionCommands<K, V> session;
    private final BlockingSockets<K, V> blocking;
    private final Transactions<K, V> transactions;
    private final Set<Lane<K, V>> retiring = ConcurrentHashMap.newKeySet();

    private volatile Lane<K, V> primary;
    /** The lane to another primary while it opens. */
    private volatile @Nullable Lane<K, V> nextPrimary;

    private volatile @Nullable Lane<K, V> replica;
    /** The replica's lane while reads may use it. */
    private volatile @Nullable Lane<K, V> reader;

    private volatile @Nullable RedisChannelHandler<K, V> facade;
    private volatile boolean autoFlush = true;
    private volatile @Nullable Duration timeout;
    private volatile boolean closed;
    /** What sessions brought along: the replica must be past it. */
    private volatile long position;

    Router(Fleet fleet, RedisCodec<K, V> codec, RegionNode primaryNode, boolean byPlatform) {
        this.fleet = fleet;
        this.codec = codec;
        this.observer = fleet.observer();
        this.staleness = fleet.staleness();
        this.counters = fleet.counters();
        this.byPlatform = byPlatform;
        this.errors = new AnsweredErrors<>(this);
        this.session = new SessionCommands<>(codec);
        this.blocking = new BlockingSockets<>(this);
        this.transactions = new Transactions<>(this);
        this.primary = new Lane<>(this, primaryNode, true);
    }

    // What commands do.

    <T> RedisCommand<K, V, T> dispatch(RedisCommand<K, V, T> command, Consistency consistency) {
        CommandRule rule = TABLE.rule(command);
        Lane<K, V> near = reader;
        RouteReason reason = reason(rule, command, consistency, near);
        if (observer == null && !rule.cursor() && isData(reason)) {
            // What follows is what the longer way does, without what only some commands need.
            Lane<K, V> lane = reason == RouteReason.NEAR_REPLICA && near != null ? near : primary;
            PhysicalConnection<K, V> socket = lane.connection();
            if (socket != null) {
                if (reason == RouteReason.UNPROVEN_KEY || reason == RouteReason.TOO_STALE) {
                    counters.keptFromStaleness();
                }
                return socket.dispatchData(reason == RouteReason.WRITE ? marked(rule, command) : command);
            }
        }
        return dispatch(command, rule, reason, near);
    }

    private static boolean isData(RouteReason reason) {
        return switch (reason) {
            case NEAR_REPLICA, UNPROVEN_KEY, TOO_STALE, CONSISTENCY, NO_REPLICA, WRITE -> true;
            default -> false;
        };
    }

    /** A connection or a view is going to read with this consistency. */
    void promise(Consistency consistency) {
        if (consistency == Consistency.READ_YOUR_WRITES && !byPlatform) {
            staleness.requireProof();
        }
    }

    Collection<RedisCommand<K, V, ?>> dispatch(
            Collection<? extends RedisCommand<K, V, ?>> commands, Consistency consistency) {
        List<RedisCommand<K, V, ?>> dispatched = new ArrayList<>(commands.size());
        for (RedisCommand<K, V, ?> command : commands) {
            dispatched.add(dispatch(command, consistency));
        }
        return dispatched;
    }

    /** Where the command would go now. */
    RoutePlan explain(RedisCommand<K, V, ?> command, Consistency consistency) {
        CommandRule rule = TABLE.rule(command);
        Lane<K, V> near = reader;
        RouteReason reason = reason(rule, command, consistency, near);
        Lane<?, ?> lane = primary;
        if (reason == RouteReason.NEAR_REPLICA && near != null) {
            lane = near;
        } else if (reason == RouteReason.CURSOR) {
            Lane<?, ?> began = cursors.laneOf(command);
            lane = began == null ? lane : began;
        }
        return new RoutePlan(rule.name(), lane.node().regionOrNull(), byPlatform ? RouteReason.PLATFORM : reason);
    }

    /** The one decision. Allocates nothing for a read. */
    private RouteReason reason(
            CommandRule rule, RedisCommand<?, ?, ?> command, Consistency consistency, @Nullable Lane<K, V> near) {
        Route route = rule.route();
        if (transactions.isOpen()) {
            return RouteReason.TRANSACTION;
        }
        if (rule.blocks()) {
            return RouteReason.BLOCKING;
        }
        if (route == Route.READ) {
            if (rule.cursor() && cursors.continues(command)) {
                return RouteReason.CURSOR;
            }
            if (consistency == Consistency.PRIMARY) {
                return RouteReason.CONSISTENCY;
            }
            if (near == null) {
                return RouteReason.NO_REPLICA;
            }
            if (consistency == Consistency.EVENTUAL) {
                return RouteReason.NEAR_REPLICA;
            }
            if (consistency instanceof Consistency.AtMost bound) {
                return staleness.isWithin(near, bound) ? RouteReason.NEAR_REPLICA : RouteReason.TOO_STALE;
            }
            return staleness.hasOwnWrites(near, position, rule, command.getArgs())
                    ? RouteReason.NEAR_REPLICA
                    : RouteReason.UNPROVEN_KEY;
        }
        return switch (route) {
            case PIN, UNPIN -> RouteReason.TRANSACTION;
            case EVERYWHERE -> RouteReason.EVERYWHERE;
            case WRITE -> RouteReason.WRITE;
            default -> RouteReason.PRIMARY_ONLY;
        };
    }

    private <T> RedisCommand<K, V, T> dispatch(
            RedisCommand<K, V, T> given, CommandRule rule, RouteReason reason, @Nullable Lane<K, V> near) {
        CommandObserver watching = observer;
        RedisCommand<K, V, T> command = watching == null ? given : new ObservedCommand<>(given, watching, staleness);
        if (rule.cursor()) {
            command = cursors.remembering(command);
        }
        switch (reason) {
            case NEAR_REPLICA -> {
                return send(near == null ? primary : near, command);
            }
            case CURSOR -> {
                return continueIteration(command, rule, near);
            }
            case BLOCKING -> {
                return blocking.dispatch(primary, marked(rule, command));
            }
            case EVERYWHERE -> {
                session.remember(rule, command);
                if (rule.name().equals("SCRIPT LOAD")) {
                    fleet.scripts().remember(command);
                }
                Lane<K, V> other = replica;
                if (other != null && other.connection() != null) {
                    send(other, session.copy(command));
                }
                blocking.forgetIdle();
                return send(primary, command);
            }
            case TRANSACTION -> {
                return transactions.dispatch(command, rule);
            }
            case UNPROVEN_KEY, TOO_STALE -> {
                counters.keptFromStaleness();
                return send(primary, command);
            }
            default -> {
                return send(primary, marked(rule, command));
            }
        }
    }

    <T> RedisCommand<K, V, T> marked(CommandRule rule, RedisCommand<K, V, T> command) {
        return rule.writes() && !byPlatform ? staleness.marking(rule, command) : command;
    }

    private <T> RedisCommand<K, V, T> continueIteration(
            RedisCommand<K, V, T> command, CommandRule rule, @Nullable Lane<K, V> near) {
        Lane<?, ?> began = cursors.laneOf(command);
        if (began == primary || began != null && began == near) {
            return send(began == near && near != null ? near : primary, command);
        }
        if (began == null) {
            // Begun elsewhere, by another connection perhaps: where an iteration of this one would begin.
            return send(near == null ? primary : near, command);
        }
        command.completeExceptionally(
                new CursorLostException(rule.name(), began.node().displayName()));
        return command;
    }

    /** Sends what does not belong to a transaction after all. */
    <T> RedisCommand<K, V, T> sendToPrimary(RedisCommand<K, V, T> command, CommandRule rule) {
        return send(primary, rule.route() == Route.UNPIN ? command : marked(rule, command));
    }

    <T> RedisCommand<K, V, T> send(Lane<K, V> lane, RedisCommand<K, V, T> command) {
        PhysicalConnection<K, V> socket = lane.connection();
        if (socket == null) {
            command.completeExceptionally(unreachable("the primary was not reached yet"));
            return command;
        }
        RouteAware.tell(command, lane);
        return socket.dispatch(command);
    }

    /** Sends a command to where it can be served now, for the lane it was meant for cannot serve it. */
    void redirect(RedisCommand<?, ?, ?> command, Lane<K, V> from) {
        Lane<K, V> to = primary;
        PhysicalConnection<K, V> socket = to.connection();
        if (socket == null || to == from && !to.isConnected()) {
            Lane<K, V> near = reader;
            boolean read = TABLE.rule(command).route() == Route.READ;
            if (near == null || near == from || !read || near.connection() == null) {
                command.completeExceptionally(unreachable("no endpoint can serve the command"));
                return;
            }
            to = near;
            socket = near.connection();
        }
        if (!from.isPrimary()) {
            counters.fellBack();
        }
        RouteAware.tell(command, to);
        if (socket != null) {
            socket.endpoint().write(command);
            if (!autoFlush) {
                // The caller has flushed already, when the command was sent the first time.
                socket.endpoint().flushCommands();
            }
        }
    }

    /** A command was answered by a lane; called on its I/O thread. */
    void answered(Lane<K, V> lane, RedisCommand<?, ?, ?> command) {
        CommandRule rule = TABLE.rule(command);
        lane.node().counters().answered(rule.route() == Route.READ);
    }

    // What the fleet does.

    /** Opens the first lanes. Fails only when none can be opened. */
    CompletableFuture<Void> open(@Nullable RegionNode nearNode) {
        CompletableFuture<?> toPrimary = primary.open();
        if (nearNode == null) {
            return toPrimary.handle((socket, failure) -> {
                if (socket == null) {
                    throw unreachable("cannot connect to the database");
                }
                return null;
            });
        }
        Lane<K, V> near = new Lane<>(this, nearNode, false);
        replica = near;
        CompletableFuture<?> toReplica = near.open();
        return CompletableFuture.allOf(
                        toPrimary.exceptionally(failure -> null), toReplica.exceptionally(failure -> null))
                .thenAccept(done -> {
                    if (primary.connection() == null && near.connection() == null) {
                        throw unreachable("cannot connect to the database");
                    }
                    if (near.connection() != null) {
                        reader = near;
                    }
                });
    }

    /** Brings the lanes in line with what the fleet has decided; called by its timer, one call at a time. */
    void tick(RegionNode primaryNode, @Nullable RegionNode nearNode, SocketWatch watch) {
        if (closed) {
            return;
        }
        followPrimary(primaryNode);
        followReplica(nearNode);
        watch.look(primary, this);
        Lane<K, V> near = replica;
        if (near != null) {
            watch.look(near, this);
        }
        retiring.removeIf(lane -> watch.isDone(lane, this));
    }

    private void followPrimary(RegionNode wanted) {
        Lane<K, V> current = primary;
        if (current.node() != wanted) {
            Lane<K, V> next = nextPrimary;
            if (next == null || next.node() != wanted) {
                if (next != null) {
                    next.close();
                }
                next = new Lane<>(this, wanted, true);
                nextPrimary = next;
                next.open();
            } else if (next.connection() != null) {
                nextPrimary = null;
                primary = next;
                retire(current);
            } else if (!next.isOpening() && fleet.mayRetry(next)) {
                next.open();
            }
        } else if (current.connection() == null && !current.isOpening() && fleet.mayRetry(current)) {
            current.open();
        }
    }

    private void followReplica(@Nullable RegionNode wanted) {
        Lane<K, V> current = replica;
        if (wanted == null) {
            if (reader != null) {
                reader = null;
                if (current != null) {
                    current.evacuate();
                }
            }
            return;
        }
        if (current == null || current.node() != wanted) {
            Lane<K, V> next = new Lane<>(this, wanted, false);
            replica = next;
            reader = null;
            next.open();
            if (current != null) {
                retire(current);
                if (!current.node().health().isUsable()) {
                    // It would never finish what it has.
                    current.evacuate();
                }
            }
        } else if (current.connection() == null) {
            if (!current.isOpening() && fleet.mayRetry(current)) {
                current.open();
            }
        } else if (reader != current && current.isConnected()) {
            reader = current;
        }
    }

    private void retire(Lane<K, V> lane) {
        lane.retire();
        retiring.add(lane);
    }

    // What lanes and sockets need.

    CompletableFuture<PhysicalConnection<K, V>> openSocket(RegionNode node) {
        return fleet.client().open(node, codec, fleet.timeout());
    }

    /** Makes a new socket like the others: listeners, batching, timeout, and the session's commands. */
    void prepare(PhysicalConnection<K, V> socket) {
        Duration changed = timeout;
        if (changed != null) {
            socket.setTimeout(changed);
        }
        session.replayOn(socket);
        if (!autoFlush) {
            socket.setAutoFlushCommands(false);
        }
        socket.addListener(
                message -> pushListeners.getPushListeners().forEach(listener -> listener.onPushMessage(message)));
    }

    void connected(Lane<K, V> lane, SocketAddress address) {
        if (!lane.isPrimary()) {
            // Whoever answers now may have come back from an old file, and a subscriber can be slow to learn of it.
            fleet.requireFresh(lane.node());
        }
        RedisChannelHandler<K, V> mine = facade;
        if (mine != null) {
            stateListeners.forEach(listener -> listener.onRedisConnected(mine, address));
        }
    }

    void disconnected(Lane<K, V> lane) {
        if (lane == reader) {
            reader = null;
        }
        if (!lane.isPrimary()) {
            // What answers after a reconnect may be older than what answered before.
            fleet.requireFresh(lane.node());
        }
        RedisChannelHandler<K, V> mine = facade;
        if (mine != null) {
            stateListeners.forEach(listener -> listener.onRedisDisconnected(mine));
        }
    }

    void exceptionCaught(Throwable cause) {
        RedisChannelHandler<K, V> mine = facade;
        if (mine != null) {
            stateListeners.forEach(listener -> listener.onRedisExceptionCaught(mine, cause));
        }
    }

    ManagedRedisException unreachable(String problem) {
        return fleet.unreachable(problem);
    }

    void later(Runnable task) {
        try {
            fleet.client().getResources().eventExecutorGroup().execute(task);
        } catch (RejectedExecutionException closing) {
            task.run();
        }
    }

    long now() {
        return fleet.now();
    }

    Fleet fleet() {
        return fleet;
    }

    RedisCodec<K, V> codec() {
        return codec;
    }

    Cursors<K, V> cursors() {
        return cursors;
    }

    Lane<K, V> primary() {
        return primary;
    }

    AnsweredErrors<K, V> errors() {
        return errors;
    }

    UnansweredWrites unansweredWrites() {
        return fleet.unansweredWrites();
    }

    boolean isPinnedTo(Lane<K, V> lane) {
        return transactions.isOpenAt(lane);
    }

    // What the facade needs.

    String sessionToken() {
        return staleness.issueToken(position);
    }

    synchronized void resume(String token) {
        position = Math.max(position, staleness.resume(token));
    }

    /** Names the connection that events are reported for. */
    void attach(RedisChannelHandler<K, V> to) {
        this.facade = to;
    }

    boolean isMulti() {
        return transactions.isMulti();
    }

    boolean isOpen() {
        Lane<K, V> near = replica;
        return !closed && (primary.isConnected() || near != null && near.isConnected());
    }

    boolean isClosed() {
        return closed;
    }

    void setTimeout(Duration changed) {
        timeout = changed;
        sockets().forEach(socket -> socket.setTimeout(changed));
    }

    void setAutoFlushCommands(boolean flush) {
        autoFlush = flush;
        sockets().forEach(socket -> socket.setAutoFlushCommands(flush));
    }

    void flushCommands() {
        // The replica's first: what cannot be sent there goes to the primary.
        sockets().forEach(PhysicalConnection::flushCommands);
    }

    CompletableFuture<Void> closeAsync() {
        closed = true;
        fleet.forget(this);
        List<CompletableFuture<Void>> closing = new ArrayList<>();
        Lane<K, V> near = replica;
        if (near != null) {
            closing.add(near.close());
        }
        Lane<K, V> next = nextPrimary;
        if (next != null) {
            closing.add(next.close());
        }
        retiring.forEach(lane -> closing.add(lane.close()));
        closing.add(primary.close());
        closing.add(blocking.close());
        return CompletableFuture.allOf(closing.toArray(CompletableFuture[]::new));
    }

    PushListeners pushListeners() {
        return pushListeners;
    }

    List<RedisConnectionStateListener> stateListeners() {
        return stateListeners;
    }

    private List<PhysicalConnection<K, V>> sockets() {
        List<PhysicalConnection<K, V>> sockets = new ArrayList<>(3);
        retiring.forEach(lane -> addSocket(sockets, lane));
        addSocket(sockets, replica);
        addSocket(sockets, primary);
        return sockets;
    }

    private static <K, V> void addSocket(List<PhysicalConnection<K, V>> sockets, @Nullable Lane<K, V> lane) {
        PhysicalConnection<K, V> socket = lane == null ? null : lane.connection();
        if (socket != null) {
            sockets.add(socket);
        }
    }
}
