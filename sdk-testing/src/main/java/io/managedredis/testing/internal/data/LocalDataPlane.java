package io.managedredis.testing.internal.data;

import io.managedredis.testing.fault.ActiveFault;
import io.managedredis.testing.fault.ConnectionCut;
import io.managedredis.testing.fault.DataFault;
import io.managedredis.testing.internal.DataPlane;
import io.managedredis.testing.internal.DatabaseDefinition;
import io.managedredis.testing.internal.RunningDatabase;
import io.managedredis.testing.internal.data.redis.RedisBinary;
import io.managedredis.testing.internal.data.redis.RedisBinaryResolver;
import io.managedredis.testing.internal.data.redis.RedisLauncher;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Real Redis processes on this machine, and gateways in front of them. */
public final class LocalDataPlane implements DataPlane {

    /** What all threads' names begin with. */
    static final String THREAD_NAME = "managed-redis-data";

    private static final int MOST_THREADS = 4;
    private static final long SHUTDOWN_SECONDS = 10;

    private final Services services;
    private final Set<LocalDatabase> databases = ConcurrentHashMap.newKeySet();
    private boolean closed;

    private LocalDataPlane(Services services) {
        this.services = services;
    }

    /**
     * A data plane without databases.
     *
     * @throws io.managedredis.testing.RedisUnavailableException when there is no Redis to run
     */
    public static LocalDataPlane create(DataPlaneOptions options) {
        RedisBinary binary = RedisBinaryResolver.forThisMachine().resolve(options.redisBinary());
        RedisLauncher launcher = RedisLauncher.create(binary);
        int threads = Math.max(2, Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors()));
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
                threads, new DefaultThreadFactory(THREAD_NAME, true), NioIoHandler.newFactory());
        return new LocalDataPlane(new Services(options, launcher, loops));
    }

    @Override
    public RunningDatabase start(DatabaseDefinition definition) {
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("the data plane is closed");
            }
        }
        LocalDatabase database = LocalDatabase.start(services, definition, databases::remove);
        databases.add(database);
        database.applyFaults();
        return database;
    }

    @Override
    public ActiveFault inject(DataFault fault) {
        ActiveFault active = services.faults().start(fault, () -> databases.forEach(LocalDatabase::applyFaults));
        if (fault instanceof ConnectionCut cut) {
            databases.forEach(database -> database.cut(cut));
        }
        return active;
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        List.copyOf(databases).forEach(LocalDatabase::close);
        services.launcher().close();
        services.loops()
                .shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly();
    }
}
