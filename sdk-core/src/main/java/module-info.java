import org.jspecify.annotations.NullMarked;

/** The management client for managed Redis databases. */
@NullMarked
module io.managedredis.core {
    requires static transitive org.jspecify;
    requires transitive java.net.http;
    requires com.fasterxml.jackson.databind;
    requires io.github.resilience4j.core;
    requires io.github.resilience4j.retry;
    requires io.github.resilience4j.circuitbreaker;
    requires io.github.resilience4j.ratelimiter;
    requires org.slf4j;

    exports io.managedredis;
    exports io.managedredis.error;
    exports io.managedredis.event;
    exports io.managedredis.lease;
    exports io.managedredis.placement;
    exports io.managedredis.pricing;
    exports io.managedredis.readiness;
    exports io.managedredis.settings;
}
