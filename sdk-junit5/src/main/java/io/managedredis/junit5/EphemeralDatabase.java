package io.managedredis.junit5;

import io.managedredis.Eviction;
import io.managedredis.lettuce.Consistency;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test a managed Redis database of its own, on the service that runs on this machine.
 *
 * <p>On a class, or on a static field, the database lives as long as the class's tests and is empty before each of them. On an
 * instance field it is a new one for each test. Tests of a class that run in parallel need the latter. The field's type says
 * what is wanted of the database; parameters of tests and of lifecycle methods are resolved for the database of the class:
 *
 * <ul>
 *   <li>{@code Database}: the database as the management client describes it
 *   <li>{@code RegionalRedis}: connections that send writes to the primary and reads to the local replica
 *   <li>{@code RegionalConnection<String, String>}: one such connection
 *   <li>{@code RedisURI}: the primary's address, or that of the region in {@link InRegion}, for any client
 *   <li>{@code ManagedRedisClient}: a management client of the service
 *   <li>{@code LocalManagedRedis}: the service, which all tests of the JVM share; do not close it
 * </ul>
 *
 * <p>Everything is closed and deleted by the extension. On a platform that has no Redis the tests are skipped, with the reason.
 *
 * <pre>{@code
 * @EphemeralDatabase(readRegions = "ams", localRegion = "ams")
 * class CartsTest {
 *     @Test
 *     void should_keep_a_cart(RegionalConnection<String, String> connection) { ... }
 * }
 * }</pre>
 *
 * <p>The same tests run against the provider with {@code -Dmanagedredis.test.provider=fly}; see {@link ManagedRedisExtension},
 * which also takes options in code.
 */
@Target({ElementType.TYPE, ElementType.FIELD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@ExtendWith(ManagedRedisExtension.class)
public @interface EphemeralDatabase {

    /** The region of the primary. */
    String primaryRegion() default "mad";

    /** The regions of the replicas. Default: none. */
    String[] readRegions() default {};

    /** The plan by its name or identifier. Default: the service's own default, pay-as-you-go. */
    String plan() default "";

    /** What happens when the data reaches the plan's size. Default: writes are refused, as at the provider. */
    Eviction eviction() default Eviction.DISABLED;

    /** The region the test stands in, for {@code RegionalRedis} and addresses. Default: that of the primary. */
    String localRegion() default "";

    /**
     * How current reads through {@code RegionalRedis} must be. A bound on staleness takes options in code, see
     * {@link ManagedRedisExtension.Builder#consistency(Consistency)}. Default: own writes are read.
     */
    Consistency.Level consistency() default Consistency.Level.READ_YOUR_WRITES;

    /**
     * Whether bytes between regions take as long as they do in the world, on the way between client, replica and primary.
     * Default: no, regions are side by side. At the provider they always do.
     */
    boolean distances() default false;
}
