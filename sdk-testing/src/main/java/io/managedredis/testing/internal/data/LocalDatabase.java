package io.managedredis.testing.internal.data;

import io.managedredis.Eviction;
import io.managedredis.RedisUrl;
import io.managedredis.Region;
import io.managedredis.Secret;
import io.managedredis.testing.Vantage;
import io.managedredis.testing.fault.ConnectionCut;
import io.managedredis.testing.internal.DatabaseDefinition;
import io.managedredis.testing.internal.Observation;
import io.managedredis.testing.internal.PlanLimits;
import io.managedredis.testing.internal.RunningDatabase;
import io.managedredis.testing.internal.Usage;
import io.managedredis.testing.internal.data.gateway.Gateway;
import io.managedredis.testing.internal.data.gateway.SlowLogLength;
import io.managedredis.testing.internal.data.limits.Capacity;
import io.managedredis.testing.internal.data.limits.Meter;
import io.managedredis.testing.internal.data.link.Conditions;
import io.managedredis.testing.internal.data.link.Stretch;
import io.managedredis.testing.internal.data.redis.RedisControl;
import io.managedredis.testing.internal.data.redis.RedisSettings;
import io.managedredis.testing.internal.data.resp.Reply;
import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** One database: a primary, a replica for each read region, and a gateway in front of each. */
final class LocalDatabase implements RunningDatabase {

    private static final Duration DRAIN = Duration.ofSeconds(3);
    private static final Duration DRAIN_POLL = Duration.ofMillis(1);

    private final Services services;
    private final DatabaseDefinition definition;
    private final Consumer<LocalDatabase> onClose;
    private final Secret serverPassword;
    private final Primary primary;
    private final RedisControl control;
    private final Gateway primaryGateway;
    private final Listeners listeners;
    private final Meter meter;
    private final Capacity capacity;
    private final SlowLogLength slowLogLength = new SlowLogLength();
    private final ReplicaSettings replicaSettings = new ReplicaSettings();
    private volatile Map<Region, Member> members = Map.of();
    private volatile Secret password;
    private PlanLimits limits;
    private Eviction eviction;
    private boolean closed;

    /** A read region of the database. */
    private record Member(Replica replica, Gateway gateway) {}

    private LocalDatabase(
            Services services,
            DatabaseDefinition definition,
            Consumer<LocalDatabase> onClose,
            Secret serverPassword,
            Primary primary,
            RedisControl control) {
        this.services = services;
        this.definition = definition;
        this.onClose = onClose;
        this.serverPassword = serverPassword;
        this.primary = primary;
        this.control = control;
        this.password = definition.password();
        this.limits = services.enforced(definition.limits());
        this.meter = new Meter(limits, services.options().clock());
        this.capacity = new Capacity(control, services.loops().next());
        this.eviction = definition.eviction();
        this.primaryGateway = Gateway.ofPrimary(
                definition.primaryRegion(), setting(), primary.process().address());
        this.listeners = new Listeners(services.loops(), services.options().bindAddress(), this::accept);
    }

    /** Starts a database; its servers are in sync on return. */
    static LocalDatabase start(Services services, DatabaseDefinition definition, Consumer<LocalDatabase> onClose) {
        Secret serverPassword = Secret.of(randomHex());
        Primary primary = new Primary(
                services.launcher().start(RedisSettings.primary(serverPassword).with(services.serverSettings())),
                services.conditions(),
                services.conditions());
        List<Replica> launched = new ArrayList<>();
        RedisControl control = null;
        try {
            // Replicas start while the primary does.
            for (Region region : new LinkedHashSet<>(definition.readRegions())) {
                launched.add(Replica.launch(
                        services,
                        region,
                        services.roundTrip(region, definition.primaryRegion()),
                        primary,
                        serverPassword));
            }
            primary.process().awaitListening(Services.PATIENCE);
            control = RedisControl.connect(services.loops(), primary.process(), serverPassword);
            LocalDatabase database = new LocalDatabase(services, definition, onClose, serverPassword, primary, control);
            database.limitCapacity();
            database.join(launched);
            // What the links to replicas take is no data.
            database.capacity.measureNow(Services.PATIENCE);
            return database;
        } catch (RuntimeException failed) {
            launched.forEach(Replica::close);
            if (control != null) {
                control.close();
            }
            primary.process().close();
            throw failed;
        }
    }

    private Gateway.Setting setting() {
        return new Gateway.Setting(
                services.options().face(),
                services.commands(control),
                password,
                serverPassword,
                control,
                meter,
                capacity,
                slowLogLength,
                this::configureReplicas);
    }

    /** Makes replicas that were started members, once they are in sync. */
    private void join(List<Replica> launched) {
        Map<Region, Member> joined = new LinkedHashMap<>(members);
        for (Replica replica : launched) {
            replica.awaitSync(services.loops(), serverPassword, replicaSettings.all());
            Stretch toPrimary = Stretch.halfOf(
                    services.roundTrip(replica.region(), definition.primaryRegion()),
                    replica.conditions(),
                    primary.conditions());
            Gateway gateway = Gateway.ofReplica(
                    replica.region(),
                    setting(),
                    primary.process().address(),
                    toPrimary,
                    replica.process().address(),
                    replica.control(),
                    services.loops().next());
            joined.put(replica.region(), new Member(replica, gateway));
        }
        members = joined;
        applyFaults();
    }

    private CompletableFuture<Void> configureReplicas(List<String> words) {
        List<String> shared = replicaSettings.note(words);
        if (shared.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return CompletableFuture.allOf(members.values().stream()
                .map(member -> member.replica().control().ask(shared.toArray(String[]::new)))
                .toArray(CompletableFuture[]::new));
    }

    @Override
    public RedisUrl url(Vantage vantage) {
        return url(new Listeners.Address(Optional.empty(), vantage));
    }

    @Override
    public RedisUrl url(Region region, Vantage vantage) {
        if (!region.equals(definition.primaryRegion()) && !members.containsKey(region)) {
            throw new IllegalArgumentException("database " + definition.id() + " is not in region '" + region
                    + "'; it is in " + definition.primaryRegion() + " and " + members.keySet());
        }
        return url(new Listeners.Address(Optional.of(region), vantage));
    }

    private RedisUrl url(Listeners.Address address) {
        InetSocketAddress socket = listeners.socketAddress(address);
        // An address that stands for all of them is none to connect to.
        InetAddress host =
                socket.getAddress().isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : socket.getAddress();
        return new RedisUrl(false, RedisUrl.DEFAULT_USERNAME, password, host.getHostAddress(), socket.getPort());
    }

    private void accept(Listeners.Address address, Channel client) {
        Region region = address.region().orElseGet(() -> nearest(address.vantage()));
        Gateway gateway = primaryGateway;
        Conditions conditions = primary.conditions();
        Conditions access = primary.access();
        if (!region.equals(definition.primaryRegion())) {
            Member member = members.get(region);
            if (member == null) {
                client.close();
                return;
            }
            gateway = member.gateway();
            conditions = member.replica().conditions();
            access = member.replica().access();
        }
        gateway.accept(client, Stretch.halfOf(roundTrip(address.vantage(), region), conditions, access));
    }

    /**
     * Where the single address leads: the vantage's own region when the database is there, else the nearest of its regions,
     * the primary's when none is nearer than that. Regions that are down are passed over, while there is another.
     */
    private Region nearest(Vantage vantage) {
        Region home = definition.primaryRegion();
        List<Region> up = new ArrayList<>(members.keySet());
        up.removeIf(region -> state(region).down());
        boolean homeIsUp = up.isEmpty() || !state(home).down();
        if (homeIsUp && (vantage.region() == null || vantage.region().equals(home))) {
            return home;
        }
        Region nearest = homeIsUp ? home : up.get(0);
        Duration least = roundTrip(vantage, nearest);
        for (Region region : up) {
            Duration roundTrip = roundTrip(vantage, region);
            if (region.equals(vantage.region())) {
                return region;
            }
            if (roundTrip.compareTo(least) < 0) {
                nearest = region;
                least = roundTrip;
            }
        }
        return nearest;
    }

    private Duration roundTrip(Vantage vantage, Region region) {
        return vantage.region() == null ? Duration.ZERO : services.roundTrip(vantage.region(), region);
    }

    @Override
    public synchronized void changeReadRegions(List<Region> readRegions) {
        requireOpen();
        Set<Region> wanted = new LinkedHashSet<>(readRegions);
        wanted.remove(definition.primaryRegion());
        List<Replica> launched = new ArrayList<>();
        try {
            for (Region region : wanted) {
                if (!members.containsKey(region)) {
                    launched.add(Replica.launch(
                            services,
                            region,
                            services.roundTrip(region, definition.primaryRegion()),
                            primary,
                            serverPassword));
                }
            }
            join(launched);
        } catch (RuntimeException failed) {
            launched.forEach(Replica::close);
            throw failed;
        }
        Map<Region, Member> kept = new LinkedHashMap<>(members);
        List<Member> removed = new ArrayList<>();
        members.forEach((region, member) -> {
            if (!wanted.contains(region)) {
                kept.remove(region);
                removed.add(member);
            }
        });
        members = kept;
        removed.forEach(this::remove);
    }

    private void remove(Member member) {
        listeners.closeRegion(member.replica().region());
        member.gateway().drain();
        long deadline = System.nanoTime() + DRAIN.toNanos();
        while (member.gateway().connections() > 0 && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(DRAIN_POLL.toNanos());
        }
        member.gateway().close();
        member.replica().close();
    }

    @Override
    public synchronized void changeLimits(PlanLimits newLimits) {
        requireOpen();
        limits = services.enforced(newLimits);
        meter.change(limits);
        limitCapacity();
    }

    private void limitCapacity() {
        capacity.change(limits.dataBytes(), limits.recordBytes(), eviction, Services.PATIENCE);
    }

    @Override
    public synchronized void changeEviction(Eviction newEviction) {
        requireOpen();
        eviction = newEviction;
        limitCapacity();
    }

    @Override
    public synchronized void changePassword(Secret newPassword) {
        requireOpen();
        password = newPassword;
        primaryGateway.changePassword(newPassword);
        members.values().forEach(member -> member.gateway().changePassword(newPassword));
    }

    private FaultState state(Region region) {
        return FaultState.of(services.faults().active(), definition.id(), region);
    }

    /** Makes all regions follow the faults that are active now. */
    void applyFaults() {
        FaultState home = state(definition.primaryRegion());
        primary.conditions().set(home.delay(), home.jitter(), false);
        primary.access().set(Duration.ZERO, Duration.ZERO, home.blackHoled());
        primaryGateway.fail(home.down(), home.down(), home.passwordRejected());
        members.forEach((region, member) -> {
            FaultState here = state(region);
            Replica replica = member.replica();
            replica.conditions().set(here.delay(), here.jitter(), false);
            replica.access().set(Duration.ZERO, Duration.ZERO, here.blackHoled());
            replica.replication()
                    .set(here.lag(), here.lagJitter(), here.replicationPaused() || here.down() || home.down());
            member.gateway().fail(here.down(), home.down(), here.passwordRejected());
        });
    }

    /** Cuts the connections that the fault concerns. */
    void cut(ConnectionCut fault) {
        if (fault.concerns(definition.id(), definition.primaryRegion())) {
            primaryGateway.cut();
        }
        members.forEach((region, member) -> {
            if (fault.concerns(definition.id(), region)) {
                member.gateway().cut();
            }
        });
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("database " + definition.id() + " is closed");
        }
    }

    @Override
    public Optional<Usage> usage() {
        if (!(control.call(Services.PATIENCE, "DBSIZE") instanceof Reply.Number keys)) {
            return Optional.empty();
        }
        return Optional.of(new Usage(
                capacity.measureNow(Services.PATIENCE),
                keys.value(),
                meter.connections(),
                meter.commandsToday(),
                meter.bytesToday()));
    }

    @Override
    public Optional<Observation> observe() {
        Map<Region, Member> replicas = members;
        Map<Region, RedisControl> controls = new LinkedHashMap<>();
        replicas.forEach(
                (region, member) -> controls.put(region, member.replica().control()));
        ReplicationOffsets offsets = new ReplicationOffsets(control, controls);
        List<Observation.Member> regions = new ArrayList<>();
        regions.add(observe(primaryGateway, Observation.Replication.NONE));
        replicas.forEach((region, member) ->
                regions.add(observe(member.gateway(), observeReplication(region, offsets.behind(region)))));
        List<Region> codes = regions.stream().map(Observation.Member::region).toList();
        Set<Vantage> vantages = new LinkedHashSet<>();
        codes.forEach(region -> vantages.add(Vantage.from(region)));
        vantages.addAll(listeners.vantages());
        return Optional.of(new Observation(
                regions,
                vantages.stream().map(vantage -> observe(vantage, codes)).toList()));
    }

    private Observation.Member observe(Gateway gateway, Observation.Replication replication) {
        FaultState faults = state(gateway.region());
        return new Observation.Member(
                gateway.region(),
                gateway.commandsTaken(),
                gateway.connections(),
                faults.down(),
                faults.blackHoled(),
                replication);
    }

    private Observation.Replication observeReplication(Region region, OptionalLong behind) {
        FaultState here = state(region);
        FaultState home = state(definition.primaryRegion());
        Duration distance = services.roundTrip(region, definition.primaryRegion());
        return new Observation.Replication(
                behind,
                distance.dividedBy(2).plus(here.delay()).plus(home.delay()).plus(here.lag()),
                here.replicationPaused() || here.down() || home.down());
    }

    private Observation.Caller observe(Vantage vantage, List<Region> regions) {
        Map<Region, Duration> roundTrips = new LinkedHashMap<>();
        regions.forEach(region -> roundTrips.put(
                region, roundTrip(vantage, region).plus(state(region).delay().multipliedBy(2))));
        return new Observation.Caller(vantage, nearest(vantage), roundTrips);
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        listeners.close();
        primaryGateway.close();
        members.values().forEach(member -> member.gateway().close());
        members.values().forEach(member -> member.replica().close());
        control.close();
        primary.process().close();
        onClose.accept(this);
    }

    private static String randomHex() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
