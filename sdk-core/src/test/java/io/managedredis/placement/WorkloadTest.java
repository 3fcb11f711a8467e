package io.managedredis.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.managedredis.Region;
import io.managedredis.error.InvalidRequestException;
import io.managedredis.pricing.MonthlyUsage;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkloadTest {

    private static final Workload EXPECTED =
            Workload.builder().from("ams", 120, 3).from("nrt", 0.5, 0).build();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ams,120,3\nnrt,0.5,0",
                "region,reads,writes\nams, 120, 3\nnrt, 0.5, 0\n",
                "# peak of a Monday\n\nams 120 3  # web\r\nnrt\t5e-1\t0\r\n",
                "ams,100,1\nnrt,0.5,0\nams,20,2",
            })
    void should_read_a_line_for_each_region(String text) {
        assertThat(Workload.parse(text)).isEqualTo(EXPECTED);
    }

    @Test
    void should_write_what_it_reads() {
        assertThat(EXPECTED.toText()).isEqualTo("region,reads,writes\nams,120,3\nnrt,0.5,0\n");
        assertThat(Workload.parse(EXPECTED.toText())).isEqualTo(EXPECTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "region,reads,writes",
                "ams,0,0",
                "ams,1",
                "ams,1,2,3",
                "ams,many,2",
                "ams,-1,2",
                "ams,1e400,2",
                "ams,NaN,2",
                "a b c d",
                "9ms,1,2",
                "{\"ams\": {\"reads\": 3}}",
            })
    void should_refuse_what_is_no_workload(String text) {
        assertThatThrownBy(() -> Workload.parse(text)).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void should_name_the_line_that_cannot_be_read() {
        assertThatThrownBy(() -> Workload.parse("region,reads,writes\nams,1,1\n\nnrt,few,1"))
                .hasMessageContaining("'few' in line 4")
                .hasMessageContaining("ams,120,3");
    }

    @Test
    void should_turn_counts_into_rates_and_add_up() {
        Region ams = Region.of("ams");
        Workload counted = Workload.builder()
                .counted(ams, 600, 30, Duration.ofMinutes(1))
                .counted(ams, 5, 0, Duration.ofSeconds(1))
                .build();

        assertThat(counted.loads()).isEqualTo(Map.of(ams, new RegionLoad(15, 0.5)));
        assertThat(counted.plus(EXPECTED).loads())
                .containsEntry(ams, new RegionLoad(135, 3.5))
                .containsEntry(Region.of("nrt"), new RegionLoad(0.5, 0));
        assertThatThrownBy(() -> Workload.builder().counted(ams, 1, 1, Duration.ZERO))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void should_count_the_commands_of_thirty_days() {
        assertThat(EXPECTED.perMonth()).isEqualTo(MonthlyUsage.of(3 * 2_592_000L, 312_336_000L));
    }
}
