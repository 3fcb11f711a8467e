package io.managedredis.lettuce;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.managedredis.Region;
import io.managedredis.error.InvalidRequestException;
import io.managedredis.lettuce.internal.connection.Fleet;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections to one managed database that know where they are: writes go to the primary, reads to the replica in the
 * local region.
 *
 * <pre>{@code
 * try (RegionalRedis redis = RegionalRedis.fromEnvironment();
 *         RegionalConnection<String, String> connection = redis.connect()) {
 *     connection.sync().set("cart:7", "3");
 * }
 * }</pre>
 *
 * <p>Thread safe. Make one for a database and keep it as long as the program runs; closing it closes its connections.
 */
public final class RegionalRedis implements AutoCloseable {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final Fleet fleet;

    private RegionalRedis(Fleet fleet) {
        this.fleet = fleet;
    }

    /** A builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Everything from the process variables: the addresses as {@link TopologySource#fromEnvironment()} reads them, the local
     * region from {@value Region#ENVIRONMENT_VARIABLE} where it is set. Needs no management token and calls no API.
     *
     * @throws io.managedredis.error.ConfigurationException when no address is set
     */
    public static RegionalRedis fromEnvironment() {
        return builder().topology(TopologySource.fromEnvironment()).build();
    }

    /**
     * Opens a connection for text in UTF-8.
     *
     * @throws io.managedredis.lettuce.error.AllEndpointsFailedException when no endpoint can be reached
     */
    public RegionalConnection<String, String> connect() {
        return connect(StringCodec.UTF8);
    }

    /**
     * Opens a connection. The caller closes it.
     *
     * @throws io.managedredis.lettuce.error.AllEndpointsFailedException when no endpoint can be reached
     */
    public <K, V> RegionalConnection<K, V> connect(RedisCodec<K, V> codec) {
        try {
            return connectAsync(codec).join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    /** Opens a connection without blocking; fails as {@link #connect(RedisCodec)} does. */
    public <K, V> CompletableFuture<RegionalConnection<K, V>> connectAsync(RedisCodec<K, V> codec) {
        return fleet.connect(Objects.requireNonNull(codec, "codec"));
    }

    /**
     * Opens a pub/sub connection for text in UTF-8; see {@link #connectPubSub(RedisCodec)}.
     *
     * @throws io.managedredis.lettuce.error.AllEndpointsFailedException when the endpoints cannot be reached
     */
    public StatefulRedisPubSubConnection<String, String> connectPubSub() {
        return connectPubSub(StringCodec.UTF8);
    }

    /**
     * Opens a pub/sub connection: it subscribes in the local region and publishes on the primary. It takes two sockets, or one
     * where there is no replica to subscribe at. When its socket is lost, it subscribes anew wherever that is possible. The
     * caller closes it.
     *
     * @throws io.managedredis.lettuce.error.AllEndpointsFailedException when the endpoints cannot be reached
     */
    public <K, V> StatefulRedisPubSubConnection<K, V> connectPubSub(RedisCodec<K, V> codec) {
        try {
            return fleet.connectPubSub(Objects.requireNonNull(codec, "codec")).join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    /** What has happened so far, and how the regions are doing. */
    public RoutingStatistics statistics() {
        return fleet.statistics();
    }

    /**
     * Tells one more listener, from now on, of what {@link Builder#onEvent} is told: when reads move, when the topology changes,
     * when credentials are refused. Called on I/O threads: return quickly. Close the result to be told no longer.
     */
    public TopologySource.Subscription onEvent(Consumer<RoutingEvent> listener) {
        return fleet.onEvent(Objects.requireNonNull(listener, "listener"));
    }

    /**
     * How many sockets one connection takes, as the topology is now. Plans limit the sockets of a database; the count is over
     * all regions.
     */
    public int socketsPerConnection() {
        return fleet.socketsPerConnection();
    }

    /**
     * How many sockets all connections share beside their own: one to the primary and one to each replica that is watched, for
     * measuring and for the fence. None when the platform routes, or the local region is the primary's.
     */
    public int sharedSockets() {
        return fleet.sharedSockets();
    }

    /** Closes all connections, waiting up to two seconds for what is in flight on I/O threads. */
    @Override
    public void close() {
        close(CLOSE_TIMEOUT);
    }

    /**
     * Closes all connections. Client resources that the caller supplied stay open.
     *
     * @param timeout how long to wait for I/O threads to end
     */
    public void close(Duration timeout) {
        fleet.close(Objects.requireNonNull(timeout, "timeout"));
    }

    /** Puts a {@link RegionalRedis} together. Not thread safe. */
    public static final class Builder {

        private @Nullable TopologySource topology;
        private @Nullable Region localRegion;
        private Consistency consistency = Consistency.READ_YOUR_WRITES;
        private @Nullable ClientResources resources;
        private ClientOptions options = ClientOptions.builder()
                .socketOptions(SocketOptions.builder()
                        .keepAlive(true)
                        .connectTimeout(Duration.ofSeconds(3))
                        .build())
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .build();
        private Duration timeout = Duration.ofSeconds(10);
        private HealthSettings health = HealthSettings.defaults();
        private UnansweredWrites unansweredWrites = UnansweredWrites.FAIL;
        private @Nullable CommandObserver observer;
        private @Nullable Budget budget;
        private Consumer<RoutingEvent> events = event -> {};

        private Builder() {}

        /** Where the database is reached. Required. */
        public Builder topology(TopologySource source) {
            this.topology = Objects.requireNonNull(source, "source");
            return this;
        }

        /**
         * The region this program runs in. Default: the variable {@value Region#ENVIRONMENT_VARIABLE}, and where that is not
         * set, none: reads then go to the primary.
         */
        public Builder localRegion(Region region) {
            this.localRegion = Objects.requireNonNull(region, "region");
            return this;
        }

        /** How current the answers to reads must be. Default: {@link Consistency#READ_YOUR_WRITES}. */
        public Builder consistency(Consistency level) {
            this.consistency = Objects.requireNonNull(level, "level");
            return this;
        }

        /** Lettuce's threads and timers, to share them. They stay the caller's to shut down. Default: resources of its own. */
        public Builder clientResources(ClientResources clientResources) {
            this.resources = Objects.requireNonNull(clientResources, "clientResources");
            return this;
        }

        /**
         * Lettuce's options for each socket. Default: TCP keep-alive, three seconds to connect, no maintenance notifications,
         * and otherwise Lettuce's own defaults.
         */
        public Builder clientOptions(ClientOptions clientOptions) {
            this.options = Objects.requireNonNull(clientOptions, "clientOptions");
            return this;
        }

        /** How long a command may take. Default: ten seconds. */
        public Builder timeout(Duration commandTimeout) {
            if (commandTimeout.isNegative() || commandTimeout.isZero()) {
                throw new InvalidRequestException(
                        "timeout", "a timeout of " + commandTimeout + " is not above zero", "a positive duration");
            }
            this.timeout = commandTimeout;
            return this;
        }

        /** How endpoints and sockets are watched. Default: {@link HealthSettings#defaults()}. */
        public Builder health(HealthSettings settings) {
            this.health = Objects.requireNonNull(settings, "settings");
            return this;
        }

        /** What happens to writes whose answer was lost. Default: {@link UnansweredWrites#FAIL}. */
        public Builder unansweredWrites(UnansweredWrites policy) {
            this.unansweredWrites = Objects.requireNonNull(policy, "policy");
            return this;
        }

        /**
         * Told when reads move to another region, when the topology changes, and when credentials are refused. Called on I/O
         * threads: return quickly. Default: nobody.
         */
        public Builder onEvent(Consumer<RoutingEvent> listener) {
            this.events = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /** Told of each answered command. Default: none, which costs nothing. */
        public Builder observer(CommandObserver commandObserver) {
            this.observer = Objects.requireNonNull(commandObserver, "commandObserver");
            return this;
        }

        /**
         * Keeps this client below limits, such as those of the plan, before the service has to. Default: none, which costs
         * nothing.
         */
        public Builder budget(Budget limits) {
            this.budget = Objects.requireNonNull(limits, "limits");
            return this;
        }

        /**
         * Checks everything; opens no socket.
         *
         * @throws InvalidRequestException when no topology is given, or the topology cannot keep the consistency
         */
        public RegionalRedis build() {
            if (topology == null) {
                throw new InvalidRequestException(
                        "topology",
                        "it is not known where the database is",
                        "a TopologySource, such as fromEnvironment()");
            }
            Region local = localRegion;
            if (local == null && System.getenv(Region.ENVIRONMENT_VARIABLE) != null) {
                local = Region.fromEnvironment();
            }
            return new RegionalRedis(new Fleet(new Fleet.Settings(
                    topology,
                    local,
                    consistency,
                    resources,
                    options,
                    timeout,
                    health,
                    unansweredWrites,
                    observer,
                    events,
                    budget)));
        }
    }
}
