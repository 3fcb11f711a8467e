package io.managedredis.testing.internal.data;

import io.managedredis.Region;
import io.managedredis.Secret;
import io.managedredis.testing.RedisUnavailableException;
import io.managedredis.testing.internal.data.link.Conditions;
import io.managedredis.testing.internal.data.link.Stretch;
import io.managedredis.testing.internal.data.redis.RedisControl;
import io.managedredis.testing.internal.data.redis.RedisProcess;
import io.managedredis.testing.internal.data.redis.RedisSettings;
import io.managedredis.testing.internal.data.relay.ReplicationRelay;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A replica of a database in its region, and its link to the primary. */
final class Replica implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(1);

    private final Region region;
    private final RedisProcess process;
    private final ReplicationRelay relay;
    private final Conditions conditions;
    private final Conditions access;
    private final Conditions replication;
    private final List<Stretch> link;
    private @Nullable RedisControl control;

    private Replica(
            Region region,
            RedisProcess process,
            ReplicationRelay relay,
            Conditions conditions,
            Conditions access,
            Conditions replication,
            List<Stretch> link) {
        this.region = region;
        this.process = process;
        this.relay = relay;
        this.conditions = conditions;
        this.access = access;
        this.replication = replication;
        this.link = link;
    }

    /** Starts a replica, which may begin before its primary listens. */
    static Replica launch(
            Services services, Region region, Duration roundTrip, Primary primary, Secret serverPassword) {
        Conditions conditions = services.conditions();
        Conditions replication = services.conditions();
        Stretch toReplica = Stretch.halfOf(roundTrip, conditions, primary.conditions(), replication);
        Stretch toPrimary = Stretch.halfOf(roundTrip, conditions, primary.conditions());
        List<Stretch> link = List.of(toReplica, toPrimary);
        // The first synchronisation is nothing that clients see: it need not take the distance.
        link.forEach(stretch -> stretch.bypass(true));
        ReplicationRelay relay =
                ReplicationRelay.open(services.loops(), primary.process().address(), toReplica, toPrimary);
        try {
            RedisProcess process = services.launcher()
                    .start(RedisSettings.replica(serverPassword, relay.port()).with(services.serverSettings()));
            return new Replica(region, process, relay, conditions, services.conditions(), replication, link);
        } catch (RuntimeException failed) {
            relay.close();
            throw failed;
        }
    }

    /** Returns when the replica has all that the primary has. From then on its link takes the distance. */
    void awaitSync(EventLoopGroup loops, Secret serverPassword, List<String> settings) {
        process.awaitListening(Services.PATIENCE);
        RedisControl opened = RedisControl.connect(loops, process, serverPassword);
        control = opened;
        if (!settings.isEmpty()) {
            opened.call(Services.PATIENCE, settings.toArray(String[]::new));
        }
        long deadline = System.nanoTime() + Services.PATIENCE.toNanos();
        while (!opened.call(Services.PATIENCE, "INFO", "replication").text().contains("master_link_status:up")) {
            if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
                throw new RedisUnavailableException(
                        "the replica in " + region + " did not synchronise within " + Services.PATIENCE);
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        link.forEach(stretch -> stretch.bypass(false));
    }

    Region region() {
        return region;
    }

    RedisProcess process() {
        return process;
    }

    RedisControl control() {
        if (control == null) {
            throw new IllegalStateException("the replica in " + region + " is not in sync yet");
        }
        return control;
    }

    /** The network at the region. */
    Conditions conditions() {
        return conditions;
    }

    /** The network between the region and clients. */
    Conditions access() {
        return access;
    }

    /** What is added to the way of data from the primary. */
    Conditions replication() {
        return replication;
    }

    @Override
    public void close() {
        if (control != null) {
            control.close();
        }
        process.close();
        relay.close();
    }
}
