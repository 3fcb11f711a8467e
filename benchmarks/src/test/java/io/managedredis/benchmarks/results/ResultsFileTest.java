package io.managedredis.benchmarks.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsFileTest {

    private static final String DAY = "2026-02-03";
    private static final RunInfo RUN = new RunInfo(
            DAY, "full", Map.of("cores", "2"), Map.of("Redis", "7.0.15"), Map.of("a", 12.5), List.of("broken"));

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
        Path file = ResultsFile.write(directory, DAY, List.of(slow, alone), RUN);

        JsonNode expected = new ObjectMapper().readTree("""
                        [ {"id": "a.slow", "what": "something slow", "ours": 20.0, "peers": {"by hand": 10.0, "other": 1.0},
                           "unit": "ms", "against": "by hand", "ratio": 2.0, "interval": [2.0, 2.0],
                           "goal": "ratio at most 1.15", "met": false, "runs": 3,
                           "oursInterval": [10.0, 30.0], "peerIntervals": {"by hand": [5.0, 15.0]}, "note": null},
                          {"id": "b.alone", "what": "something alone", "ours": 0.0, "peers": {}, "unit": "B/op",
                           "against": null, "ratio": null, "interval": null, "goal": "at most 0", "met": true, "runs": 1,
                           "oursInterval": null, "peerIntervals": {}, "note": null} ]
                        """);
        assertThat(new ObjectMapper().readTree(file.toFile())).isEqualTo(expected);
        assertThat(file).hasFileName("2026-02-03.json");
    }

    @Test
    void should_read_back_what_it_wrote(@TempDir Path directory) throws IOException {
        Result point = Result.measured("c.point", "a point", "ms", List.of(1.0, 2.0))
                .note("a note")
                .at(new Place("curve", "keys", 10))
                .build();
        List<Result> results = List.of(slow, alone, point, slow.withoutVerdict());

        Path file = ResultsFile.write(directory, ResultsFile.LATEST, results, RUN);

        assertThat(ResultsFile.read(file)).isEqualTo(results);
        assertThat(ResultsFile.readRun(file)).isEqualTo(RUN);
    }

    @Test
    void should_have_no_ratio_to_a_peer_that_measured_zero() {
        Result result = Result.measured("c", "bytes", "B/op", List.of(0.0))
                .peer("plain", List.of(0.0))
                .against("plain")
                .build();

        assertThat(result.ratio()).isNull();
        assertThat(result.met()).isNull();
    }

    @Test
    void should_refuse_a_result_without_a_measurement() {
        assertThatThrownBy(
                        () -> Result.measured("d", "nothing", "ms", List.of()).build())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void should_miss_no_goal_of_equality_while_equality_is_in_the_interval() {
        Result.Builder unclear = Result.measured("e", "unclear", "ms", List.of(0.9, 1.1, 1.2))
                .peer("plain", List.of(1.0, 1.0, 1.0))
                .against("plain");
        Result.Builder worse = Result.measured("f", "worse", "ms", List.of(1.1, 1.1, 1.2))
                .peer("plain", List.of(1.0, 1.0, 1.0))
                .against("plain");

        assertThat(unclear.goal(Goal.notAbovePeer()).build().met()).isTrue();
        assertThat(unclear.build().isNoDifference()).isTrue();
        assertThat(worse.goal(Goal.notAbovePeer()).build().met()).isFalse();
        assertThat(worse.build().isNoDifference()).isFalse();
    }

    @Test
    void should_meet_goals_at_their_bound() {
        assertThat(Goal.ratioAtMost(1.15).isMetBy(1.15)).isTrue();
        assertThat(Goal.ratioAtMost(1.15).isMetBy(1.16)).isFalse();
        assertThat(Goal.atLeast(0.98).isMetBy(0.98)).isTrue();
        assertThat(Goal.ratioAtLeast(0.98).isMetBy(0.97)).isFalse();
    }
}
