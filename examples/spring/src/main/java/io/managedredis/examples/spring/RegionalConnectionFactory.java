package io.managedredis.examples.spring;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.resource.ClientResources;
import io.managedredis.lettuce.Consistency;
import io.managedredis.lettuce.RegionalRedis;
import java.util.Objects;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionProvider;

/**
 * Spring Data's connections, imperative and reactive, on region-aware ones: writes go to the primary, reads to the local
 * replica as far as the consistency allows. Everything else is Spring Data's own: one shared connection, further ones for
 * transactions, pipelines, blocking commands and subscriptions, and the translation of exceptions.
 *
 * <p>Several factories with different consistencies can share one {@link RegionalRedis}, which stays open when they are
 * stopped. Safe for use by several threads.
 *
 * <p>To be copied into an application, with {@link RegionalConnectionProvider}. It is no artifact of the SDK because the two
 * classes are all there is to it: they would follow the releases of Spring Data, Lettuce and Spring Boot, which an application
 * chooses together, and would save it nothing that changes with the SDK.
 */
public class RegionalConnectionFactory extends LettuceConnectionFactory {

    private final RegionalRedis redis;
    private final Consistency consistency;

    /**
     * A factory.
     *
     * @param resources shared with {@code redis}: the client that Spring Data expects opens no connection, and so takes no
     *     threads of its own
     */
    public RegionalConnectionFactory(RegionalRedis redis, Consistency consistency, ClientResources resources) {
        super(
                new RedisStandaloneConfiguration(),
                LettuceClientConfiguration.builder().clientResources(resources).build());
        this.redis = Objects.requireNonNull(redis, "redis");
        this.consistency = Objects.requireNonNull(consistency, "consistency");
    }

    @Override
    protected LettuceConnectionProvider doCreateConnectionProvider(AbstractRedisClient unused, RedisCodec<?, ?> codec) {
        return new RegionalConnectionProvider(redis, codec, consistency);
    }
}
