package io.managedredis.lettuce.internal.connection;

import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisURI;
import io.managedredis.RedisUrl;
import io.managedredis.Region;
import io.managedredis.Secret;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One address of the database. Its password may change while connections to it are open. Thread safe. */
public final class RegionNode {

    private final @Nullable Region region;
    private volatile RedisUrl url;

    /**
     * A node.
     *
     * @param region the region it stands in, or null when the platform routes and it is not known
     */
    public RegionNode(@Nullable Region region, RedisUrl url) {
        this.region = region;
        this.url = Objects.requireNonNull(url, "url");
    }

    /** The region, where it is known. */
    public Optional<Region> region() {
        return Optional.ofNullable(region);
    }

    @Nullable
    Region regionOrNull() {
        return region;
    }

    /** The address. */
    public RedisUrl url() {
        return url;
    }

    /** What to call the node in messages. */
    public String displayName() {
        return region == null ? url.toString() : region + " (" + url + ")";
    }

    RedisURI uri(Duration timeout) {
        RedisUrl now = url;
        RedisCredentialsProvider credentials = RedisCredentialsProvider.from(this::credentials);
        RedisURI.Builder uri = RedisURI.Builder.redis(now.host(), now.port())
                .withSsl(now.tls())
                .withTimeout(timeout);
        return uri.withAuthentication(credentials).build();
    }

    private RedisCredentials credentials() {
        RedisUrl now = url;
        Secret password = now.password();
        return password == null
                ? RedisCredentials.just(null, (char[]) null)
                : RedisCredentials.just(now.username(), password.reveal());
    }
}
