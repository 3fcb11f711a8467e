package io.managedredis.testing.internal.data.gateway;

import io.managedredis.Region;
import io.managedredis.Secret;
import io.managedredis.testing.Face;
import io.managedredis.testing.internal.data.command.CommandTable;
import io.managedredis.testing.internal.data.limits.Capacity;
import io.managedredis.testing.internal.data.limits.Meter;
import io.managedredis.testing.internal.data.link.DelayLine;
import io.managedredis.testing.internal.data.link.Stretch;
import io.managedredis.testing.internal.data.redis.RedisControl;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.net.UnixDomainSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What stands in front of one region of one database: every connection to that region is one of its sessions. Thread
 * safe.
 */
public final class Gateway {

    private final Region region;
    private final Face face;
    private final CommandTable commands;
    private final Secret serverPassword;
    private final Meter meter;
    private final Capacity capacity;
    private final SlowLogLength slowLogLength;
    private final UnixDomainSocketAddress primary;
    private final @Nullable Replica replica;
    private final Function<List<String>, CompletableFuture<Void>> configure;
    private final Set<ClientSession> sessions = ConcurrentHashMap.newKeySet();
    private final LongAdder commandsTaken = new LongAdder();
    private final ClientDirectory clients;
    private final RedisControl primaryControl;
    private volatile Credentials credentials;
    private volatile boolean closed;
    private volatile boolean down;
    private volatile boolean primaryUnreachable;
    private volatile boolean passwordRejected;

    /** What a replica's gateway has besides the primary. */
    private record Replica(
            UnixDomainSocketAddress address, Stretch toPrimary, RedisControl control, ReplicaProgress progress) {}

    private Gateway(Region region, Setting setting, UnixDomainSocketAddress primary, @Nullable Replica replica) {
        this.region = region;
        this.face = setting.face();
        this.commands = setting.commands();
        this.serverPassword = setting.serverPassword();
        this.credentials = new Credentials(setting.password());
        this.meter = setting.meter();
        this.capacity = setting.capacity();
        this.slowLogLength = setting.slowLogLength();
        this.configure = setting.configure();
        this.primary = primary;
        this.replica = replica;
        this.primaryControl = setting.primaryControl();
        this.clients = new ClientDirectory(sessions, replica != null);
    }

    /**
     * What all gateways of a database have in common.
     *
     * @param face which commands are offered
     * @param commands the commands of the servers behind
     * @param password what clients authenticate with
     * @param serverPassword what the servers ask of the gateway; clients never learn it
     * @param primaryControl the service's own connection to the primary
     * @param meter counts what clients do
     * @param capacity the size of the data
     * @param slowLogLength how much the slow log keeps for clients
     * @param configure gives the words of a {@code CONFIG SET} to the replicas
     */
    public record Setting(
            Face face,
            CommandTable commands,
            Secret password,
            Secret serverPassword,
            RedisControl primaryControl,
            Meter meter,
            Capacity capacity,
            SlowLogLength slowLogLength,
            Function<List<String>, CompletableFuture<Void>> configure) {}

    /** A gateway to the primary. */
    public static Gateway ofPrimary(Region region, Setting setting, UnixDomainSocketAddress primary) {
        return new Gateway(region, setting, primary, null);
    }

    /** A gateway to a replica, which forwards to the primary over a stretch of network. */
    public static Gateway ofReplica(
            Region region,
            Setting setting,
            UnixDomainSocketAddress primary,
            Stretch toPrimary,
            UnixDomainSocketAddress replica,
            RedisControl replicaControl,
            EventLoop loop) {
        ReplicaProgress progress = new ReplicaProgress(setting.primaryControl(), replicaControl, loop);
        return new Gateway(region, setting, primary, new Replica(replica, toPrimary, replicaControl, progress));
    }

    /** The region it stands in. */
    public Region region() {
        return region;
    }

    /** Takes a new connection, whose bytes cross this stretch. */
    public void accept(Channel client, Stretch stretch) {
        ClientSession session = new ClientSession(this, client);
        sessions.add(session);
        String refusal = meter.connected();
        client.closeFuture().addListener(done -> {
            sessions.remove(session);
            meter.disconnected();
        });
        client.pipeline().addLast(new DelayLine(stretch), session);
        if (closed || down) {
            client.close();
        } else if (refusal != null) {
            session.refuse(refusal);
        }
    }

    /** From now on clients need this password; connections that used another are closed after the answers in flight. */
    public void changePassword(Secret password) {
        credentials = new Credentials(password);
        sessions.forEach(ClientSession::closeAfterAnswers);
    }

    /** Refuses new connections and closes the others after the answers in flight. */
    public void drain() {
        closed = true;
        sessions.forEach(ClientSession::closeAfterAnswers);
    }

    /**
     * Makes it fail, or work again.
     *
     * @param regionDown whether nobody reaches it
     * @param primaryDown whether it does not reach the primary
     * @param rejectPassword whether the right password is refused
     */
    public void fail(boolean regionDown, boolean primaryDown, boolean rejectPassword) {
        down = regionDown;
        primaryUnreachable = primaryDown;
        passwordRejected = rejectPassword;
        if (regionDown) {
            cut();
        } else if (primaryDown) {
            sessions.forEach(ClientSession::primaryLost);
        }
    }

    /** Closes every connection there is now, without a word. */
    public void cut() {
        sessions.forEach(ClientSession::closeNow);
    }

    /** Closes every connection now. */
    public void close() {
        closed = true;
        sessions.forEach(ClientSession::closeNow);
    }

    /** How many connections there are. */
    public int connections() {
        return sessions.size();
    }

    /** How many commands it has taken, of those that plans count. */
    public long commandsTaken() {
        return commandsTaken.sum();
    }

    /** A command was taken. */
    void countCommand() {
        commandsTaken.increment();
    }

    Face face() {
        return face;
    }

    CommandTable commands() {
        return commands;
    }

    boolean accepts(byte[] username, byte[] password) {
        return credentials.accept(username, password) && !passwordRejected;
    }

    boolean isPrimaryUnreachable() {
        return primaryUnreachable;
    }

    Secret serverPassword() {
        return serverPassword;
    }

    Meter meter() {
        return meter;
    }

    Capacity capacity() {
        return capacity;
    }

    SlowLogLength slowLogLength() {
        return slowLogLength;
    }

    /** The clients that are here now. */
    ClientDirectory clients() {
        return clients;
    }

    /** The service's own connection to the primary. */
    RedisControl primaryControl() {
        return primaryControl;
    }

    /** The service's own connection to the server of this region. */
    RedisControl homeControl() {
        return replica == null ? primaryControl : replica.control();
    }

    boolean isReplica() {
        return replica != null;
    }

    Upstream openPrimary(Upstream.Owner owner, EventLoop loop) {
        return Upstream.open(owner, true, loop, primary, replica == null ? null : replica.toPrimary());
    }

    Upstream openLocal(Upstream.Owner owner, EventLoop loop) {
        return replica == null ? openPrimary(owner, loop) : Upstream.open(owner, false, loop, replica.address(), null);
    }

    Optional<ReplicaProgress> progress() {
        return replica == null ? Optional.empty() : Optional.of(replica.progress());
    }

    CompletableFuture<Void> configureReplicas(List<String> words) {
        return configure.apply(words);
    }
}
