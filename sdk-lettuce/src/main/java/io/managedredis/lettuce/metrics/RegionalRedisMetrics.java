package io.managedredis.lettuce.metrics;

import io.managedredis.lettuce.RegionStatistics;
import io.managedredis.lettuce.RegionalRedis;
import io.managedredis.lettuce.RoutingEvent;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Meters of a {@link RegionalRedis} by region: {@code managed.redis.reads}, {@code managed.redis.writes} (all commands that are
 * no reads), {@code managed.redis.round.trip}, {@code managed.redis.lag}, {@code managed.redis.usable}; and over all regions
 * {@code managed.redis.fallbacks} and {@code managed.redis.reads.kept.from.staleness}. Reading them costs the command path nothing.
 * A region that is added later gets its meters by itself; the meters of one that is gone read {@code NaN}. Thread safe.
 */
// Micrometer is optional, so the module does not pass it on: who uses this class has it.
@SuppressWarnings("exports")
public final class RegionalRedisMetrics implements MeterBinder {

    private final RegionalRedis redis;
    private final Tags tags;

    /** Meters without further tags. */
    public RegionalRedisMetrics(RegionalRedis redis) {
        this(redis, Tags.empty());
    }

    /** Meters with these tags beside {@code region}. */
    public RegionalRedisMetrics(RegionalRedis redis, Tags tags) {
        this.redis = Objects.requireNonNull(redis, "redis");
        this.tags = Objects.requireNonNull(tags, "tags");
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Set<String> bound = ConcurrentHashMap.newKeySet();
        // Listens first, so that no region is missed.
        redis.onEvent(event -> {
            if (event instanceof RoutingEvent.TopologyChanged) {
                bindRegions(registry, bound);
            }
        });
        bindRegions(registry, bound);
        FunctionCounter.builder(
                        "managed.redis.fallbacks",
                        redis,
                        each -> each.statistics().fallbacks())
                .description("Reads that a replica could not serve and another endpoint was asked for")
                .tags(tags)
                .register(registry);
        FunctionCounter.builder(
                        "managed.redis.reads.kept.from.staleness",
                        redis,
                        each -> each.statistics().readsKeptFromStaleness())
                .description("Reads sent to the primary because the replica was not proven to be current enough")
                .tags(tags)
                .register(registry);
    }

    private void bindRegions(MeterRegistry registry, Set<String> bound) {
        for (RegionStatistics region : redis.statistics().regions()) {
            if (bound.add(nameOf(region))) {
                bind(registry, nameOf(region));
            }
        }
    }

    private void bind(MeterRegistry registry, String region) {
        Tags tagged = tags.and("region", region);
        FunctionCounter.builder("managed.redis.reads", redis, number(region, RegionStatistics::reads))
                .description("Reads answered")
                .tags(tagged)
                .register(registry);
        FunctionCounter.builder("managed.redis.writes", redis, number(region, RegionStatistics::others))
                .description("Commands answered that are no reads")
                .tags(tagged)
                .register(registry);
        Gauge.builder("managed.redis.usable", redis, number(region, each -> each.usable() ? 1 : 0))
                .description("Whether commands can go there")
                .tags(tagged)
                .register(registry);
        TimeGauge.builder(
                        "managed.redis.round.trip",
                        redis,
                        TimeUnit.NANOSECONDS,
                        nanos(region, RegionStatistics::roundTrip))
                .description("The moving average of PING")
                .tags(tagged)
                .register(registry);
        TimeGauge.builder("managed.redis.lag", redis, TimeUnit.NANOSECONDS, nanos(region, RegionStatistics::lag))
                .description("An upper bound of the replication lag, as measured last")
                .tags(tagged)
                .register(registry);
    }

    private static ToDoubleFunction<RegionalRedis> number(String region, ToDoubleFunction<RegionStatistics> value) {
        return redis -> find(redis, region).map(value::applyAsDouble).orElse(Double.NaN);
    }

    private static ToDoubleFunction<RegionalRedis> nanos(
            String region, Function<RegionStatistics, Optional<Duration>> value) {
        return redis -> find(redis, region)
                .flatMap(value)
                .map(duration -> (double) duration.toNanos())
                .orElse(Double.NaN);
    }

    private static Optional<RegionStatistics> find(RegionalRedis redis, String region) {
        return redis.statistics().regions().stream()
                .filter(each -> nameOf(each).equals(region))
                .findFirst();
    }

    private static String nameOf(RegionStatistics region) {
        return region.region().map(Object::toString).orElse("unknown");
    }
}
