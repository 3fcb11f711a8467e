import org.jspecify.annotations.NullMarked;

/** Region-aware Lettuce connections for managed Redis databases. */
@NullMarked
module io.managedredis.lettuce {
    requires static transitive org.jspecify;
    requires transitive io.managedredis.core;
    requires transitive lettuce.core;
    requires org.slf4j;

    exports io.managedredis.lettuce;
}
