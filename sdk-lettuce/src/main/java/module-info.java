import org.jspecify.annotations.NullMarked;

/** Region-aware Lettuce connections for managed Redis databases. */
@NullMarked
module io.managedredis.lettuce {
    requires static transitive org.jspecify;
    requires transitive io.managedredis.core;
    requires transitive lettuce.core;
    requires io.github.resilience4j.ratelimiter;
    requires io.netty.buffer;
    requires io.netty.common;
    requires io.netty.resolver;
    requires io.netty.resolver.dns; // Lettuce loads it, and is no module that could say so.
    requires io.netty.transport;
    requires reactor.core;
    requires org.reactivestreams;
    requires org.slf4j;
    requires static micrometer.core;

    exports io.managedredis.lettuce;
    exports io.managedredis.lettuce.error;
    exports io.managedredis.lettuce.metrics;
}
