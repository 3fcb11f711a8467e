package io.managedredis.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.managedredis.Database;
import io.managedredis.lettuce.RegionalConnection;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Classes that run at the same time. Those inside are not found by the build. */
class ParallelClassesTest {

    private static final int TESTS = 5;

    @Test
    void should_keep_classes_apart() {
        EngineExecutionResults results = run(First.class, Second.class, Third.class);

        assertThat(failuresOf(results)).isEmpty();
        assertThat(results.testEvents().succeeded().count()).isEqualTo(3 * TESTS);
    }

    @Test
    void should_refuse_to_share_an_inherited_static_field() {
        List<Throwable> failures = failuresOf(run(InheritsFieldFirst.class, InheritsFieldSecond.class));

        assertThat(failures).hasSize(1);
        assertThat(failures.get(0)).hasMessageContaining("InheritsField").hasMessageContaining("at the same time");
    }

    @Test
    void should_serve_parameters_of_classes_that_inherit_an_extension() {
        assertThat(failuresOf(run(InheritsExtensionFirst.class, InheritsExtensionSecond.class)))
                .isEmpty();
    }

    private static EngineExecutionResults run(Class<?>... types) {
        EngineTestKit.Builder kit = EngineTestKit.engine("junit-jupiter")
                .configurationParameter("junit.jupiter.conditions.deactivate", "org.junit.*DisabledCondition")
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.mode.default", "same_thread")
                .configurationParameter("junit.jupiter.execution.parallel.mode.classes.default", "concurrent")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "4");
        for (Class<?> type : types) {
            kit.selectors(selectClass(type));
        }
        return kit.execute();
    }

    private static List<Throwable> failuresOf(EngineExecutionResults results) {
        return results.allEvents().failed().stream()
                .map(Event::getPayload)
                .map(payload -> payload.map(TestExecutionResult.class::cast).orElseThrow())
                .map(result -> result.getThrowable().orElseThrow())
                .toList();
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
            throw new AssertionError("the other class does not run", alone);
        }
    }

    @EphemeralDatabase(readRegions = "ams", localRegion = "ams")
    abstract static class OneOfThree {

        private static final CyclicBarrier AT_ONCE = new CyclicBarrier(3);

        @RepeatedTest(TESTS)
        void should_find_only_what_it_wrote(RegionalConnection<String, String> connection) {
            meet(AT_ONCE);
            assertThat(connection.sync().dbsize()).isZero();
            meet(AT_ONCE);
            connection.sync().set("written by", getClass().getName());
            meet(AT_ONCE);
            assertThat(connection.sync().get("written by")).isEqualTo(getClass().getName());
            assertThat(connection.sync().dbsize()).isOne();
        }
    }

    @Disabled("run by the tests around it")
    static class First extends OneOfThree {}

    @Disabled("run by the tests around it")
    static class Second extends OneOfThree {}

    @Disabled("run by the tests around it")
    static class Third extends OneOfThree {}

    @ExtendWith(CountsEnds.class)
    abstract static class HasField {

        private static final CountDownLatch FIRST_END = new CountDownLatch(1);

        @EphemeralDatabase
        static Database inherited;

        /** Runs in the class that has the field, until the one that was refused it has ended. */
        @Test
        void test() throws InterruptedException {
            assertThat(inherited).isNotNull();
            assertThat(FIRST_END.await(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    static class CountsEnds implements AfterAllCallback {

        @Override
        public void afterAll(ExtensionContext context) {
            HasField.FIRST_END.countDown();
        }
    }

    @Disabled("run by the tests around it")
    static class InheritsFieldFirst extends HasField {}

    @Disabled("run by the tests around it")
    static class InheritsFieldSecond extends HasField {}

    abstract static class HasExtension {

        private static final CyclicBarrier AT_ONCE = new CyclicBarrier(2);

        @RegisterExtension
        static final ManagedRedisExtension INHERITED =
                ManagedRedisExtension.builder().build();

        @Test
        void should_have_a_database_of_its_own(Database database, RegionalConnection<String, String> connection) {
            meet(AT_ONCE);
            connection.sync().set("written by", getClass().getName());
            meet(AT_ONCE);
            assertThat(connection.sync().get("written by")).isEqualTo(getClass().getName());
            assertThat(catchThrowable(INHERITED::database)).hasMessageContaining("take what is needed as a parameter");
            meet(AT_ONCE);
        }
    }

    @Disabled("run by the tests around it")
    static class InheritsExtensionFirst extends HasExtension {}

    @Disabled("run by the tests around it")
    static class InheritsExtensionSecond extends HasExtension {}
}
