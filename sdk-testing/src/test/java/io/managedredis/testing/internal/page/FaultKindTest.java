package io.managedredis.testing.internal.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.managedredis.testing.fault.ApiAnswerLost;
import io.managedredis.testing.fault.ApiError;
import io.managedredis.testing.fault.ConnectionBlackHoled;
import io.managedredis.testing.fault.ConnectionCut;
import io.managedredis.testing.fault.Fault;
import io.managedredis.testing.fault.PasswordRejected;
import io.managedredis.testing.fault.RegionDown;
import io.managedredis.testing.fault.RegionSlow;
import io.managedredis.testing.fault.ReplicationPaused;
import io.managedredis.testing.fault.ReplicationSlow;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FaultKindTest {

    @Test
    void should_know_a_kind_for_every_fault_that_there_is() {
        assertThat(leaves(Fault.class).map(Class::getSimpleName).toList())
                .containsExactlyInAnyOrderElementsOf(
                        faults().map(fault -> fault.getClass().getSimpleName()).toList());
        assertThat(faults().map(FaultKind::of)).containsExactlyInAnyOrder(FaultKind.values());
    }

    @ParameterizedTest
    @MethodSource("faults")
    void should_write_only_fields_that_the_form_of_the_kind_has(Fault fault) {
        String form = FaultKind.of(fault).toMap().get("parameters").toString();

        assertThat(FaultKind.write(fault).keySet())
                .allSatisfy(field -> assertThat(field)
                        .matches(name ->
                                Set.of("kind", "region", "database").contains(name) || form.contains("name=" + name)));
    }

    static Stream<Fault> faults() {
        return Stream.of(
                RegionDown.in("ams"),
                RegionSlow.in("ams", Duration.ofMillis(7)),
                ReplicationPaused.in("ams"),
                ReplicationSlow.in("ams", Duration.ofMillis(7)),
                ConnectionCut.in("ams"),
                ConnectionBlackHoled.in("ams"),
                PasswordRejected.in("ams"),
                ApiError.status(503).times(2),
                ApiAnswerLost.of("createAddOn"));
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(FaultKindTest::leaves)
                : Stream.of(type);
    }
}
