package io.managedredis.testing.internal.data;

import io.managedredis.Limit;
import io.managedredis.Region;
import io.managedredis.testing.internal.PlanLimits;
import io.managedredis.testing.internal.data.command.CommandTable;
import io.managedredis.testing.internal.data.gateway.SlowLogLength;
import io.managedredis.testing.internal.data.link.Conditions;
import io.managedredis.testing.internal.data.redis.RedisControl;
import io.managedredis.testing.internal.data.redis.RedisLauncher;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What all databases of a data plane share. Thread safe. */
final class Services {

    /** How long a server of our own may take to answer, on a machine that is very busy. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final DataPlaneOptions options;
    private final RedisLauncher launcher;
    private final EventLoopGroup loops;
    private final DataFaults faults = new DataFaults();
    private @Nullable CommandTable commands;

    Services(DataPlaneOptions options, RedisLauncher launcher, EventLoopGroup loops) {
        this.options = options;
        this.launcher = launcher;
        this.loops = loops;
    }

    DataPlaneOptions options() {
        return options;
    }

    DataFaults faults() {
        return faults;
    }

    RedisLauncher launcher() {
        return launcher;
    }

    EventLoopGroup loops() {
        return loops;
    }

    /** Settings that all servers have in common. */
    Map<String, String> serverSettings() {
        return switch (options.face()) {
            case MANAGED -> Map.of("databases", "1");
            case REDIS -> Map.of(SlowLogLength.SETTING, SlowLogLength.initial());
        };
    }

    /** What of a plan's limits is enforced. */
    PlanLimits enforced(PlanLimits limits) {
        Limit none = Limit.unlimited();
        return options.limited() ? limits : new PlanLimits(none, none, none, none, none, none, none);
    }

    /** Good conditions, for now. */
    Conditions conditions() {
        return new Conditions(options.seed());
    }

    Duration roundTrip(Region from, Region to) {
        return options.distances().roundTrip(from, to);
    }

    /** The commands of the binary in use; the first server that runs is asked for them. */
    synchronized CommandTable commands(RedisControl server) {
        if (commands == null) {
            commands = CommandTable.of(server.call(PATIENCE, "COMMAND"));
        }
        return commands;
    }
}
