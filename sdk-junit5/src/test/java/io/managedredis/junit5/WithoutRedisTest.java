package io.managedredis.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import io.managedredis.Database;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of tests on a platform for which there is no Redis. */
class WithoutRedisTest {

    @Test
    void should_skip_tests_and_say_why() throws Exception {
        String output = ChildRun.of(WithAnnotation.class, WithField.class)
                .property("os.name", "Windows 11")
                .run(0);

        assertThat(output)
                .containsPattern("ABORTED \\S*WithAnnotation: .*skipped, for there is no Redis here: .*Windows")
                .containsPattern("ABORTED test\\(\\): .*skipped, for there is no Redis here: .*Windows")
                .doesNotContain("FAILED");
    }

    @EphemeralDatabase
    @Disabled("run by the tests around it")
    static class WithAnnotation {

        @Test
        void test(Database database) {}
    }

    @Disabled("run by the tests around it")
    static class WithField {

        @RegisterExtension
        final ManagedRedisExtension redis = ManagedRedisExtension.builder().build();

        @Test
        void test() {}
    }
}
