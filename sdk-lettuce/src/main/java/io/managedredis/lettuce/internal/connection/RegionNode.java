package io.managedredis.lettuce.internal.connection;

import io.managedredis.RedisUrl;
import io.managedredis.Region;
import io.managedredis.lettuce.internal.consistency.ReplicaProof;
import io.managedredis.lettuce.internal.health.EndpointHealth;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One address of the database, how it is doing, and what is proven about it. Its password may change while connections to it are
 * open. Thread safe.
 */
public final class RegionNode {

    private final @Nullable Region region;
    private final @Nullable ReplicaProof proof;
    private final EndpointHealth health;
    private final RegionCounters counters = new RegionCounters();
    private volatile RedisUrl url;
    private volatile @Nullable Throwable failure;

    /**
     * A node.
     *
     * @param region the region it stands in, or null when the platform routes and it is not known
     * @param proof what is proven about a replica, or null for a primary
     */
    RegionNode(@Nullable Region region, RedisUrl url, @Nullable ReplicaProof proof, EndpointHealth health) {
        this.region = region;
        this.health = health;
        this.url = Objects.requireNonNull(url, "url");
        this.proof = proof;
    }

    /** The region, where it is known. */
    public Optional<Region> region() {
        return Optional.ofNullable(region);
    }

    @Nullable
    Region regionOrNull() {
        return region;
    }

    @Nullable
    ReplicaProof proof() {
        return proof;
    }

    /** The address. */
    RedisUrl url() {
        return url;
    }

    /** Whether the other address is this one, but perhaps for the credentials. */
    boolean isAt(RedisUrl other) {
        RedisUrl now = url;
        return now.host().equals(other.host()) && now.port() == other.port() && now.tls() == other.tls();
    }

    void changeUrl(RedisUrl changed) {
        url = changed;
    }

    /** What to call the node in messages. */
    String displayName() {
        return region == null ? url.toString() : region + " (" + url + ")";
    }

    /** What it has answered. */
    public RegionCounters counters() {
        return counters;
    }

    EndpointHealth health() {
        return health;
    }

    /** The moving average of the round trips of PING; empty where none was measured lately. */
    public OptionalLong roundTripNanos() {
        long measured = health.roundTripNanos(System.nanoTime());
        return measured == EndpointHealth.UNMEASURED ? OptionalLong.empty() : OptionalLong.of(measured);
    }

    @Nullable
    Throwable failure() {
        return failure;
    }

    void failed(@Nullable Throwable cause) {
        if (cause != null) {
            failure = cause;
        }
    }

    NodeUri uri(Duration timeout) {
        return new NodeUri(this::url, timeout);
    }
}
