package io.managedredis.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    @Test
    void should_run_everything_in_full_by_default() {
        Options options = Options.parse();

        assertThat(options.effort()).isEqualTo(Effort.FULL);
        assertThat(options.results()).isEqualTo(Path.of("benchmarks", "results"));
        assertThat(options.wants("end-to-end")).isTrue();
    }

    @Test
    void should_not_write_rough_numbers_where_published_ones_are() {
        assertThat(Options.parse("--smoke").results()).isEqualTo(Path.of("benchmarks", "target", "results"));
        assertThat(Options.parse("--smoke", "--results", "here").results()).isEqualTo(Path.of("here"));
    }

    @Test
    void should_run_only_what_was_asked_for() {
        Options options = Options.parse("--only", "end-to-end");

        assertThat(options.wants("end-to-end")).isTrue();
        assertThat(options.wants("another")).isFalse();
    }

    @Test
    void should_write_the_page_from_published_results_unless_told_otherwise() {
        Options options = Options.parse("--report");

        assertThat(options.report()).isTrue();
        assertThat(options.results()).isEqualTo(Path.of("benchmarks", "results"));
        assertThat(options.docs()).isEqualTo(Path.of("docs"));
        assertThat(Options.parse("--report", "--docs", "there").docs()).isEqualTo(Path.of("there"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--fast", "--results", "--only"})
    void should_refuse_what_it_does_not_know(String word) {
        assertThatThrownBy(() -> Options.parse(word))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(word)
                .hasMessageContaining("usage:");
    }

    @Test
    void should_refuse_a_scenario_that_does_not_exist() {
        assertThatThrownBy(() -> Options.parse("--only", "nothing"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("end-to-end");
    }
}
