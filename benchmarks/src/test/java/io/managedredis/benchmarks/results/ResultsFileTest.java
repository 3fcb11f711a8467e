package io.managedredis.benchmarks.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsFileTest {

    private static final LocalDate DAY = LocalDate.of(2026, 2, 3);

    private final Result slow = Result.measured("a.slow", "something slow", "ms", List.of(30.0, 10.0, 20.0))
            .peer("by hand", List.of(15.0, 5.0, 10.0))
            .peer("other", List.of(1.0))
            .against("by hand")
            .goal(Goal.ratioAtMost(1.15))
            .build();

    private final Result alone = Result.measured("b.alone", "something alone", "B/op", List.of(0.0))
            .goal(Goal.atMost(0))
            .build();

    @Test
    void should_write_each_result_with_all_its_fields(@TempDir Path directory) throws IOException {
        Path file = ResultsFile.write(directory, DAY, List.of(slow, alone));

        JsonNode expected = new ObjectMapper().readTree("""
                        [ {"id": "a.slow", "what": "something slow", "ours": 20.0, "peers": {"by hand": 10.0, "other": 1.0},
                           "unit": "ms", "against": "by hand", "ratio": 2.0, "interval": [2.0, 2.0],
                           "goal": "ratio at most 1.15", "met": false, "runs": 3},
                          {"id": "b.alone", "what": "something alone", "ours": 0.0, "peers": {}, "unit": "B/op",
                           "against": null, "ratio": null, "interval": null, "goal": "at most 0.0", "met": true, "runs": 1} ]
                        """);
        assertThat(new ObjectMapper().readTree(file.toFile())).isEqualTo(expected);
        assertThat(file).hasFileName("2026-02-03.json");
        assertThat(directory.resolve("latest.json")).hasSameTextualContentAs(file);
    }

    @Test
    void should_replace_what_was_latest(@TempDir Path directory) throws IOException {
        ResultsFile.write(directory, DAY, List.of(slow));
        ResultsFile.write(directory, DAY.plusDays(1), List.of(alone));

        JsonNode latest =
                new ObjectMapper().readTree(directory.resolve("latest.json").toFile());
        assertThat(latest.findValuesAsText("id")).containsExactly("b.alone");
        assertThat(directory.resolve("2026-02-03.json")).exists();
    }

    @Test
    void should_have_no_ratio_to_a_peer_that_measured_zero() {
        Result result = Result.measured("c", "bytes", "B/op", List.of(0.0))
                .peer("plain", List.of(0.0))
                .against("plain")
                .build();

        assertThat(result.ratio()).isEmpty();
        assertThat(result.met()).isEmpty();
    }

    @Test
    void should_refuse_a_result_without_a_measurement() {
        assertThatThrownBy(
                        () -> Result.measured("d", "nothing", "ms", List.of()).build())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void should_meet_goals_at_their_bound() {
        assertThat(Goal.ratioAtMost(1.15).isMetBy(1.15)).isTrue();
        assertThat(Goal.ratioAtMost(1.15).isMetBy(1.16)).isFalse();
        assertThat(Goal.atLeast(0.98).isMetBy(0.98)).isTrue();
        assertThat(Goal.ratioAtLeast(0.98).isMetBy(0.97)).isFalse();
    }
}
