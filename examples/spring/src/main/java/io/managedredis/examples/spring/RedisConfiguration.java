package io.managedredis.examples.spring;

import io.lettuce.core.resource.ClientResources;
import io.managedredis.Region;
import io.managedredis.lettuce.Consistency;
import io.managedredis.lettuce.RegionalRedis;
import io.managedredis.lettuce.TopologySource;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.data.redis.cache.RedisCacheConfiguration;
import org.springframework.data.redis.cache.RedisCacheManager;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;

/**
 * One database, and a connection factory for each consistency. Spring Boot builds its templates on the primary factory, and
 * leaves out its own connection factory because there are others.
 */
@Configuration(proxyBeanMethods = false)
@EnableCaching
class RedisConfiguration {

    static final String EVENTUAL = "eventual";

    /** Addresses from the process variables. */
    @Bean
    TopologySource topology() {
        return TopologySource.fromEnvironment();
    }

    @Bean
    Region localRegion() {
        return Region.fromEnvironment();
    }

    @Bean
    RegionalRedis regionalRedis(TopologySource topology, Region localRegion, ClientResources resources) {
        return RegionalRedis.builder()
                .topology(topology)
                .localRegion(localRegion)
                .clientResources(resources)
                .build();
    }

    /** For everything that does not ask for another: reads see what this application wrote. */
    @Bean
    @Primary
    RegionalConnectionFactory readYourWrites(RegionalRedis redis, ClientResources resources) {
        return new RegionalConnectionFactory(redis, Consistency.READ_YOUR_WRITES, resources);
    }

    /** For what may be a moment old: reads never leave the region while its replica is well. */
    @Bean
    @Qualifier(EVENTUAL)
    RegionalConnectionFactory eventual(RegionalRedis redis, ClientResources resources) {
        return new RegionalConnectionFactory(redis, Consistency.EVENTUAL, resources);
    }

    @Bean
    RedisCacheManager cacheManager(@Qualifier(EVENTUAL) RegionalConnectionFactory factory) {
        return RedisCacheManager.builder(factory)
                .cacheDefaults(RedisCacheConfiguration.defaultCacheConfig().entryTtl(Duration.ofMinutes(10)))
                .build();
    }

    @Bean
    RedisMessageListenerContainer listeners(RegionalConnectionFactory factory, Announcements announcements) {
        RedisMessageListenerContainer container = new RedisMessageListenerContainer();
        container.setConnectionFactory(factory);
        container.addMessageListener(announcements, Announcements.TOPIC);
        return container;
    }
}
