import org.jspecify.annotations.NullMarked;

/** A JUnit Jupiter extension that gives tests ephemeral managed Redis databases. */
@NullMarked
@SuppressWarnings("module") // the digit is part of the product's name
module io.managedredis.junit5 {
    requires static transitive org.jspecify;
    requires transitive io.managedredis.lettuce;
    requires transitive io.managedredis.testing;
    requires transitive org.junit.jupiter.api;
    requires io.netty.common;

    exports io.managedredis.junit5;
}
