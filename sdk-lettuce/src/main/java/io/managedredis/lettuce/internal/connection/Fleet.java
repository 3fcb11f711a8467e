package io.managedredis.lettuce.internal.connection;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.event.Event;
import io.lettuce.core.event.connection.ReconnectFailedEvent;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.managedredis.Endpoints;
import io.managedredis.RedisUrl;
import io.managedredis.Region;
import io.managedredis.error.InvalidRequestException;
import io.managedredis.error.ManagedRedisException;
import io.managedredis.lettuce.Budget;
import io.managedredis.lettuce.CommandObserver;
import io.managedredis.lettuce.Consistency;
import io.managedredis.lettuce.HealthSettings;
import io.managedredis.lettuce.RegionStatistics;
import io.managedredis.lettuce.RegionalConnection;
import io.managedredis.lettuce.RoutingEvent;
import io.managedredis.lettuce.RoutingStatistics;
import io.managedredis.lettuce.TopologySource;
import io.managedredis.lettuce.UnansweredWrites;
import io.managedredis.lettuce.error.BudgetExceededException;
import io.managedredis.lettuce.internal.budget.BudgetMeter;
import io.managedredis.lettuce.internal.health.EndpointHealth;
import io.managedredis.lettuce.internal.selection.Candidate;
import io.managedredis.lettuce.internal.selection.ReadSelection;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;

/**
 * What the connections to one database share: the nodes, their health, the fence, and the timer that keeps all of it going.
 * Thread safe.
 */
public final class Fleet {

    private static final Logger LOG = LoggerFactory.getLogger(Fleet.class);
    private static final Duration TICK = Duration.ofMillis(100);
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Settings settings;
    private final boolean ownsResources;
    private final ClientResources resources;
    private final RegionClient client;
    private final Staleness staleness;
    private final KnownScripts scripts = new KnownScripts();
    private final RoutingCounters counters = new RoutingCounters();
    private final ReadSelection selection;
    private final io.managedredis.lettuce.internal.health.HealthSettings judging;
    private final SocketWatch watch;
    private final @Nullable BudgetMeter budget;
    private final Set<BudgetGate<?, ?>> gates = ConcurrentHashMap.newKeySet();
    private final byte[] fenceChannel;
    private final Set<Router<?, ?>> routers = ConcurrentHashMap.newKeySet();
    private final TopologySource.Subscription subscription;
    private final Disposable refusals;
    private final List<Consumer<RoutingEvent>> listeners = new CopyOnWriteArrayList<>();

    private volatile Nodes nodes;
    private volatile @Nullable RegionNode near;
    private volatile boolean started;
    private volatile boolean closed;
    private @Nullable Future<?> ticking;
    /** Held while the nodes are looked after, which is for one thread at a time. */
    private final Object tickLock = new Object();

    /**
     * What a fleet is made of.
     *
     * @param localRegion where the program runs, or null when that is not known
     * @param resources the caller's, or null for resources of the fleet's own
     * @param observer told of each command, or null
     * @param events told of what changes
     * @param budget what may be used, or null for no limits of the client's own
     */
    public record Settings(
            TopologySource topology,
            @Nullable Region localRegion,
            Consistency consistency,
            @Nullable ClientResources resources,
            ClientOptions options,
            Duration timeout,
            HealthSettings health,
            UnansweredWrites unansweredWrites,
            @Nullable CommandObserver observer,
            Consumer<RoutingEvent> events,
            @Nullable Budget budget) {}

    /** The nodes of one topology. Replicas that are not watched cannot be read from. */
    private record Nodes(
            Endpoints endpoints, RegionNode primary, Map<Region, RegionNode> replicas, List<NodeControl> controls) {

        boolean byPlatform() {
            return endpoints instanceof Endpoints.ByPlatform;
        }
    }

    /**
     * A fleet; opens no socket.
     *
     * @throws InvalidRequestException when the topology cannot keep the consistency
     */
    public Fleet(Settings settings) {
        this.settings = settings;
        Endpoints endpoints = settings.topology().current();
        checkConsistency(endpoints, settings.consistency());
        this.ownsResources = settings.resources() == null;
        this.resources = settings.resources() == null ? ClientResources.create() : settings.resources();
        this.budget = settings.budget() == null ? null : new BudgetMeter(settings.budget(), this::now);
        this.client = new RegionClient(resources, settings.options(), budget);
        this.staleness = new Staleness(this::now, resources.eventExecutorGroup());
        this.selection = new ReadSelection(
                Optional.ofNullable(settings.localRegion()), ReadSelection.DEFAULT_BAND, new Random());
        this.judging = judging(settings.health());
        this.watch = new SocketWatch(settings.health(), TICK, settings.timeout());
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        this.fenceChannel =
                ("managed-redis:fence:" + HexFormat.of().formatHex(random)).getBytes(StandardCharsets.US_ASCII);
        this.nodes = nodes(endpoints, null);
        this.staleness.publishThrough(this::publish);
        this.subscription = settings.topology().onChange(this::change);
        this.refusals = resources.eventBus().get().subscribe(this::onEvent);
    }

    /** One unanswered PING takes a node out, since its timeout is chosen by the user. */
    private static io.managedredis.lettuce.internal.health.HealthSettings judging(HealthSettings settings) {
        Duration memory = settings.pingInterval().multipliedBy(5);
        Duration staleAfter = settings.idleInterval().multipliedBy(2).plus(memory);
        return new io.managedredis.lettuce.internal.health.HealthSettings(
                settings.pingInterval(), memory, staleAfter, 1, 2, Duration.ofMillis(250), Duration.ofSeconds(2));
    }

    // Connections.

    /** Opens a connection. */
    public <K, V> CompletableFuture<RegionalConnection<K, V>> connect(RedisCodec<K, V> codec) {
        if (closed) {
            return CompletableFuture.failedFuture(new IllegalStateException("it is closed"));
        }
        int sockets = socketsPerConnection();
        try {
            openingSockets(sockets);
        } catch (BudgetExceededException tooMany) {
            return CompletableFuture.failedFuture(tooMany);
        }
        start();
        Nodes now = nodes;
        Router<K, V> router = new Router<>(this, codec, now.primary(), now.byPlatform());
        return firstAttempts(now).thenCompose(done -> router.open(near)).handle((opened, failure) -> {
            if (failure != null) {
                closedSockets(sockets);
                router.closeAsync();
                throw typed(failure);
            }
            RoutedConnection<K, V> connection = connection(router, codec, sockets);
            routers.add(router);
            if (closed) {
                connection.closeAsync();
            }
            return connection;
        });
    }

    /**
     * Counts sockets that are about to be opened for somebody, where there is a budget.
     *
     * @throws BudgetExceededException when they are too many
     */
    void openingSockets(int count) {
        if (budget != null) {
            budget.opening(count, sharedSockets());
        }
    }

    /** So many sockets are closed, or were never opened. */
    void closedSockets(int count) {
        if (budget != null) {
            budget.closed(count);
        }
    }

    /** Done when every node was tried once, reached or not. */
    private static CompletableFuture<Void> firstAttempts(Nodes nodes) {
        return CompletableFuture.allOf(
                nodes.controls().stream().map(NodeControl::firstAttempt).toArray(CompletableFuture[]::new));
    }

    private <K, V> RoutedConnection<K, V> connection(Router<K, V> router, RedisCodec<K, V> codec, int sockets) {
        BudgetMeter metered = budget;
        BudgetGate<K, V> gate = metered == null ? null : new BudgetGate<>(router, metered, this::now, timer());
        Runnable onClose = null;
        if (metered != null && gate != null) {
            gates.add(gate);
            onClose = () -> {
                gates.remove(gate);
                gate.close();
                closedSockets(sockets);
            };
        }
        RoutedConnection<K, V> connection = new RoutedConnection<>(
                router,
                codec,
                settings.consistency(),
                new RoutedConnection.Settings(
                        client.getResources(),
                        client.getOptions(),
                        settings.timeout(),
                        wanted -> checkConsistency(nodes.endpoints(), wanted),
                        onClose),
                gate);
        router.attach(connection);
        return connection;
    }

    /**
     * Opens a pub/sub connection: it subscribes at the near replica and publishes on the primary. When it has to reconnect it goes
     * to whichever of the two is usable then.
     */
    public <K, V> CompletableFuture<StatefulRedisPubSubConnection<K, V>> connectPubSub(RedisCodec<K, V> codec) {
        if (closed) {
            return CompletableFuture.failedFuture(new IllegalStateException("it is closed"));
        }
        int sockets = socketsPerConnection();
        try {
            openingSockets(sockets);
        } catch (BudgetExceededException tooMany) {
            return CompletableFuture.failedFuture(tooMany);
        }
        start();
        NodeUri uri = new NodeUri(this::subscriptionUrl, client.setUpTimeout());
        return firstAttempts(nodes)
                .thenCompose(done -> client.connectPubSubAsync(codec, uri))
                .whenComplete((connection, failure) -> {
                    if (failure != null) {
                        closedSockets(sockets);
                    }
                })
                .thenCompose(connection -> {
                    connection.setTimeout(settings.timeout());
                    ((PhysicalPubSubConnection<K, V>) connection).onClose(() -> closedSockets(sockets));
                    if (near == null) {
                        return CompletableFuture.completedFuture(connection);
                    }
                    return client.open(nodes.primary(), codec, settings.timeout())
                            .handle((socket, failure) -> {
                                if (socket == null) {
                                    connection.closeAsync();
                                    throw typed(failure);
                                }
                                ((PhysicalPubSubConnection<K, V>) connection).publishThrough(socket);
                                return connection;
                            });
                })
                .exceptionally(failure -> {
                    throw typed(failure);
                });
    }

    private RedisUrl subscriptionUrl() {
        RegionNode now = near;
        return (now == null ? nodes.primary() : now).url();
    }

    private static ManagedRedisException typed(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ManagedRedisException typed) {
                return typed;
            }
        }
        return ConnectFailures.typed("cannot connect to the database", Map.of("the database", failure));
    }

    void forget(Router<?, ?> router) {
        routers.remove(router);
    }

    /** How many sockets a connection takes. */
    public int socketsPerConnection() {
        return watched(nodes.endpoints()).isEmpty() ? 1 : 2;
    }

    /** How many sockets all connections share. */
    public int sharedSockets() {
        return nodes.controls().size();
    }

    private void checkConsistency(Endpoints endpoints, Consistency consistency) {
        boolean kept = endpoints instanceof Endpoints.ByRegion
                || consistency == Consistency.EVENTUAL
                || consistency == Consistency.READ_YOUR_WRITES;
        if (!kept) {
            throw new InvalidRequestException(
                    "consistency",
                    "with a single address the platform chooses the region that serves a read, so " + consistency
                            + " cannot be kept",
                    "EVENTUAL, or READ_YOUR_WRITES, which holds for each connection by itself; or addresses by region");
        }
    }

    // The topology.

    /** Makes other addresses count: new sockets first, then the change, and the old ones finish what they have. */
    public synchronized void change(Endpoints endpoints) {
        Nodes before = nodes;
        if (closed || endpoints.equals(before.endpoints())) {
            return;
        }
        LOG.info("the topology changes from {} to {}", before.endpoints(), endpoints);
        Nodes after = nodes(endpoints, before);
        nodes = after;
        for (NodeControl control : before.controls()) {
            if (!after.controls().contains(control)) {
                control.close();
            }
        }
        before.replicas().values().stream()
                .filter(node -> !after.replicas().containsValue(node))
                .forEach(this::detach);
        changed();
        tell(new RoutingEvent.TopologyChanged(before.endpoints(), endpoints));
    }

    /** Tells another listener from now on of what changes. */
    public TopologySource.Subscription onEvent(Consumer<RoutingEvent> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private void tell(RoutingEvent event) {
        tell(settings.events(), event);
        listeners.forEach(listener -> tell(listener, event));
    }

    private static void tell(Consumer<RoutingEvent> listener, RoutingEvent event) {
        try {
            listener.accept(event);
        } catch (RuntimeException broken) {
            LOG.warn("a listener to events failed", broken);
        }
    }

    private void detach(RegionNode node) {
        if (node.proof() != null) {
            staleness.fence().detach(node.proof());
        }
    }

    private Nodes nodes(Endpoints endpoints, @Nullable Nodes before) {
        if (!(endpoints instanceof Endpoints.ByRegion byRegion)) {
            RegionNode single = kept(null, endpoints.primaryUrl(), before == null ? null : before.primary())
                    .orElseGet(() -> new RegionNode(null, endpoints.primaryUrl(), null, new EndpointHealth(judging)));
            return new Nodes(endpoints, single, Map.of(), List.of());
        }
        RegionNode primary = kept(
                        byRegion.primaryRegion(), byRegion.primaryUrl(), before == null ? null : before.primary())
                .orElseGet(() -> new RegionNode(
                        byRegion.primaryRegion(), byRegion.primaryUrl(), null, new EndpointHealth(judging)));
        Map<Region, RegionNode> replicas = new LinkedHashMap<>();
        watched(endpoints).forEach((region, url) -> {
            RegionNode known = before == null ? null : before.replicas().get(region);
            replicas.put(
                    region,
                    kept(region, url, known)
                            .orElseGet(() -> new RegionNode(
                                    region, url, staleness.fence().attach(), new EndpointHealth(judging))));
        });
        List<NodeControl> controls = new ArrayList<>();
        if (!replicas.isEmpty()) {
            controls.add(control(primary, before));
            replicas.values().forEach(node -> controls.add(control(node, before)));
        }
        return new Nodes(endpoints, primary, replicas, List.copyOf(controls));
    }

    private NodeControl control(RegionNode node, @Nullable Nodes before) {
        if (before != null) {
            for (NodeControl control : before.controls()) {
                if (control.node() == node) {
                    return control;
                }
            }
        }
        return new NodeControl(this, node, fenceChannel);
    }

    private static Optional<RegionNode> kept(@Nullable Region region, RedisUrl url, @Nullable RegionNode known) {
        if (known == null || !known.isAt(url) || region != null && !region.equals(known.regionOrNull())) {
            return Optional.empty();
        }
        known.changeUrl(url);
        return Optional.of(known);
    }

    /** The replicas reads may go to: the one in the local region, and where there is none, all of them. */
    private Map<Region, RedisUrl> watched(Endpoints endpoints) {
        Region local = settings.localRegion();
        if (!(endpoints instanceof Endpoints.ByRegion byRegion)
                || local == null
                || local.equals(byRegion.primaryRegion())) {
            return Map.of();
        }
        RedisUrl own = byRegion.replicas().get(local);
        return own == null ? byRegion.replicas() : Map.of(local, own);
    }

    /** Lettuce reports here what happens when it reconnects by itself. */
    private void onEvent(Event event) {
        if (event instanceof ReconnectFailedEvent failed
                && ServiceAnswers.isCredentials(ServiceAnswers.rootMessage(failed.getCause()))) {
            settings.topology().refresh();
        }
    }

    /** The server refused the credentials of a node: they may have changed. */
    void credentialsRefused(RegionNode node) {
        LOG.warn("{} refuses the credentials; asking for the current ones", node.displayName());
        tell(new RoutingEvent.CredentialsRefused(node.displayName()));
        settings.topology().refresh();
    }

    /** A node that is known as the primary is none: the topology may have changed. */
    void writeRefused(RegionNode node) {
        LOG.warn("{} is known as the primary and refuses writes; asking for current addresses", node.displayName());
        settings.topology().refresh();
    }

    // Health and choice.

    /** Something about the nodes is different: decides anew. */
    void changed() {
        RegionNode readFrom;
        synchronized (selection) {
            Nodes now = nodes;
            RegionNode before = near;
            RegionNode after = choose(now, before);
            if (before == after) {
                return;
            }
            if (after != null && !routers.isEmpty()) {
                // Reads have been answered elsewhere, and must not go back in time.
                requireFresh(after);
            }
            near = after;
            readFrom = after == null ? now.primary() : after;
        }
        LOG.info("reads go to {} from now on", readFrom.displayName());
        readFrom.region().ifPresent(region -> tell(new RoutingEvent.ReadsMoved(region)));
    }

    void requireFresh(RegionNode node) {
        if (node.proof() != null) {
            staleness.requireFresh(node.proof());
        }
    }

    private @Nullable RegionNode choose(Nodes now, @Nullable RegionNode current) {
        if (now.controls().isEmpty()) {
            return null;
        }
        List<Candidate<RegionNode>> candidates = new ArrayList<>();
        candidates.add(candidate(now.primary(), true));
        now.replicas().values().forEach(node -> candidates.add(candidate(node, false)));
        RegionNode chosen = selection.select(candidates, current).reader().orElse(now.primary());
        return chosen == now.primary() ? null : chosen;
    }

    private static Candidate<RegionNode> candidate(RegionNode node, boolean primary) {
        return new Candidate<>(
                node,
                node.region().orElseThrow(),
                primary,
                node.health().isUsable(),
                node.roundTripNanos().orElse(Candidate.UNMEASURED));
    }

    private synchronized void start() {
        if (!started && !closed) {
            started = true;
            Region local = settings.localRegion();
            if (nodes.endpoints() instanceof Endpoints.ByRegion byRegion
                    && (local == null || byRegion.urlFor(local).isEmpty())) {
                LOG.warn(
                        "the local region {} is not one of the database's; reads go to the nearest replica, or to the primary in {}",
                        local == null ? "is not known, and" : local,
                        byRegion.primaryRegion());
            }
            tick();
            ticking = timer().scheduleWithFixedDelay(this::tick, TICK.toNanos(), TICK.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** Reads wait for a node in silence: asks it at once. */
    void ask(RegionNode node) {
        control(node).ifPresent(NodeControl::ask);
    }

    /** A node answers neither reads nor what it was asked: they go elsewhere now. */
    void leave(RegionNode node) {
        control(node).ifPresent(control -> control.leave(settings.health()));
        tick();
    }

    private Optional<NodeControl> control(RegionNode node) {
        return nodes.controls().stream()
                .filter(control -> control.node() == node)
                .findFirst();
    }

    private void tick() {
        synchronized (tickLock) {
            if (!closed) {
                keepUp();
            }
        }
    }

    private void keepUp() {
        try {
            Nodes now = nodes;
            for (NodeControl control : now.controls()) {
                control.tick(now(), settings.health());
            }
            changed();
            for (Router<?, ?> router : routers) {
                router.tick(now.primary(), near, watch);
            }
            staleness.pump();
        } catch (RuntimeException unexpected) {
            // While it closes, executors refuse tasks and clients refuse connections.
            if (!closed && !resources.eventExecutorGroup().isShuttingDown()) {
                LOG.error("keeping connections up failed once", unexpected);
            }
        }
    }

    boolean mayRetry(Lane<?, ?> lane) {
        return now() - lane.disconnectedAt() > RETRY_NANOS;
    }

    private void publish(long number, Runnable ended) {
        if (budget != null) {
            budget.countOne();
        }
        for (NodeControl control : nodes.controls()) {
            if (control.node().proof() == null) {
                control.publish(number, ended);
                return;
            }
        }
        ended.run();
    }

    /** An error with what is known of each endpoint. */
    ManagedRedisException unreachable(String problem) {
        Map<String, Throwable> failures = new LinkedHashMap<>();
        Nodes now = nodes;
        note(failures, now.primary());
        now.replicas().values().forEach(node -> note(failures, node));
        return ConnectFailures.typed(problem, failures);
    }

    private static void note(Map<String, Throwable> failures, RegionNode node) {
        if (node.failure() != null) {
            failures.put(node.displayName(), node.failure());
        }
    }

    /** What has happened so far, and how the nodes are doing. */
    public RoutingStatistics statistics() {
        Nodes now = nodes;
        List<RegionStatistics> regions = new ArrayList<>();
        regions.add(statistics(now.primary(), true));
        now.replicas().values().forEach(node -> regions.add(statistics(node, false)));
        return new RoutingStatistics(counters.fallbacks(), counters.readsKeptFromStaleness(), regions);
    }

    private RegionStatistics statistics(RegionNode node, boolean primary) {
        long oldest = staleness.stalenessNanos(node);
        long lag = node.proof() == null ? -1 : node.proof().lagNanos();
        return new RegionStatistics(
                node.regionOrNull(),
                primary,
                nodes.controls().isEmpty() || node.health().isUsable(),
                node.counters().reads(),
                node.counters().writes(),
                node.roundTripNanos().isPresent()
                        ? Duration.ofNanos(node.roundTripNanos().getAsLong())
                        : null,
                lag < 0 ? null : Duration.ofNanos(lag),
                oldest == Long.MAX_VALUE ? null : Duration.ofNanos(oldest));
    }

    // What the others need.

    RegionClient client() {
        return client;
    }

    Staleness staleness() {
        return staleness;
    }

    KnownScripts scripts() {
        return scripts;
    }

    /** What routing has done. */
    public RoutingCounters counters() {
        return counters;
    }

    HealthSettings health() {
        return settings.health();
    }

    UnansweredWrites unansweredWrites() {
        return settings.unansweredWrites();
    }

    @Nullable
    CommandObserver observer() {
        return settings.observer();
    }

    Duration timeout() {
        return settings.timeout();
    }

    ScheduledExecutorService timer() {
        return resources.eventExecutorGroup();
    }

    long now() {
        return System.nanoTime();
    }

    // The end.

    /** Closes all connections and what they shared. */
    public void close(Duration timeout) {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            if (ticking != null) {
                ticking.cancel(false);
            }
        }
        subscription.close();
        refusals.dispose();
        List<CompletableFuture<?>> closing = new ArrayList<>();
        gates.forEach(BudgetGate::close);
        List.copyOf(routers).forEach(router -> closing.add(router.closeAsync()));
        nodes.controls().forEach(control -> closing.add(control.close().toCompletableFuture()));
        await(CompletableFuture.allOf(closing.toArray(CompletableFuture[]::new)), timeout);
        await(client.shutdownAsync(0, timeout.toMillis(), TimeUnit.MILLISECONDS), timeout);
        if (ownsResources) {
            await(resources.shutdown(0, timeout.toMillis(), TimeUnit.MILLISECONDS), timeout);
        }
    }

    private static void await(Future<?> end, Duration timeout) {
        try {
            end.get(timeout.toMillis() + 1_000, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException slow) {
            LOG.warn("not everything was closed within {}", timeout, slow);
        }
    }
}
