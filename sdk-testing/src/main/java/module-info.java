import org.jspecify.annotations.NullMarked;

/** The managed Redis service on one machine, for integration tests. */
@NullMarked
module io.managedredis.testing {
    requires static transitive org.jspecify;
    requires transitive io.managedredis.core;
    requires com.fasterxml.jackson.databind;
    requires com.graphqljava;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.codec.http;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;
    requires org.slf4j;

    exports io.managedredis.testing;
    exports io.managedredis.testing.fault;
}
