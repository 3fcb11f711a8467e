package io.managedredis.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.managedredis.benchmarks.results.Goal;
import io.managedredis.benchmarks.results.Place;
import io.managedredis.benchmarks.results.Result;
import io.managedredis.benchmarks.results.ResultsFile;
import io.managedredis.benchmarks.results.RunInfo;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class ReportTest {

    private static final RunInfo RUN =
            new RunInfo("2026-02-03", "full", Map.of("cores", "2"), Map.of(), Map.of("a", 60.0), List.of());

    private static final Result MISSED = result("a.slow", List.of(3.0, 3.1, 3.2), Goal.ratioAtMost(1.15));
    private static final Result EQUAL = result("a.equal", List.of(0.9, 1.0, 1.1), Goal.ratioAtMost(1.15));

    @TempDir
    private Path docs;

    private static Result result(String id, List<Double> ours, Goal goal) {
        return Result.measured(id, "the time of " + id, "ms", ours)
                .peer("by <hand>", List.of(1.0, 1.0, 1.0))
                .peer("another", List.of(0.0))
                .against("by <hand>")
                .goal(goal)
                .build();
    }

    private String page(RunInfo run, Result... results) throws IOException {
        return Files.readString(Report.of(List.of(results), run).write(docs));
    }

    @Test
    void should_write_the_checked_in_page_from_the_checked_in_results() throws IOException {
        Path module = Path.of("").toAbsolutePath();
        Path root = Files.isDirectory(module.resolve("benchmarks")) ? module : module.getParent();
        Path latest = root.resolve("benchmarks/results/latest.json");

        Report.of(ResultsFile.read(latest), ResultsFile.readRun(latest)).write(docs);

        assertThat(filesOf(docs)).isEqualTo(filesOf(root.resolve("docs")));
    }

    private static Map<String, String> filesOf(Path directory) throws IOException {
        Map<String, String> files = new TreeMap<>();
        files.put("performance.md", Files.readString(directory.resolve("performance.md")));
        try (Stream<Path> plots = Files.list(directory.resolve("performance"))) {
            for (Path plot : plots.toList()) {
                files.put(plot.getFileName().toString(), Files.readString(plot));
            }
        }
        return files;
    }

    @Test
    void should_say_first_what_is_not_good_enough() throws IOException {
        String page = page(RUN, EQUAL, MISSED);

        String first = page.substring(page.indexOf("## "), page.indexOf("## Where"));
        assertThat(first)
                .startsWith("## What is not as good")
                .contains("`a.slow` misses its goal")
                .doesNotContain("a.equal");
    }

    @Test
    void should_name_a_scenario_that_broke() throws IOException {
        RunInfo broken = new RunInfo("2026-02-03", "full", Map.of(), Map.of(), Map.of(), List.of("faults"));

        assertThat(page(broken, EQUAL)).contains("`faults` did not run to its end");
    }

    @Test
    void should_say_no_difference_where_equality_is_in_the_interval() throws IOException {
        assertThat(page(RUN, EQUAL)).contains("no difference, 1 (0.9 to 1.1) to by <hand>");
        assertThat(page(RUN, MISSED)).doesNotContain("no difference,");
    }

    @Test
    void should_say_that_a_short_run_judges_nothing() throws IOException {
        RunInfo shortRun = new RunInfo("2026-02-03", "smoke", Map.of(), Map.of(), Map.of(), List.of());

        assertThat(page(shortRun, MISSED.withoutVerdict()))
                .contains("come from a short run")
                .contains("ratio at most 1.15: not judged")
                .doesNotContain("missed");
    }

    @Test
    void should_draw_plots_that_are_well_formed_and_linked() throws Exception {
        List<Result> points = new ArrayList<>(List.of(EQUAL, MISSED));
        for (int keys : List.of(0, 1, 100)) {
            points.add(Result.measured("a.keys-" + keys, "a point", "ns", List.of(5.0 + keys, 7.0 + keys))
                    .at(new Place("time by keys", "keys", keys))
                    .build());
        }

        String page = page(RUN, points.toArray(Result[]::new));

        assertThat(page).contains("Steepest between 1 and 100 keys, where ours follows the power 0.59 of them");
        assertThat(filesOf(docs).keySet())
                .containsExactly("a-ms.svg", "a-ratios.svg", "curve-time-by-keys.svg", "performance.md");
        for (Map.Entry<String, String> file : filesOf(docs).entrySet()) {
            if (file.getKey().endsWith(".svg")) {
                assertThat(page).contains("(performance/" + file.getKey() + ")");
                assertThat(DocumentBuilderFactory.newInstance()
                                .newDocumentBuilder()
                                .parse(new InputSource(new StringReader(file.getValue())))
                                .getDocumentElement()
                                .getTagName())
                        .isEqualTo("svg");
                assertThat(file.getValue()).doesNotContain("NaN").doesNotContain("Infinity");
            }
        }
    }

    @Test
    void should_remove_plots_of_an_older_page() throws IOException {
        page(RUN, EQUAL, MISSED);
        page(RUN, EQUAL);

        assertThat(filesOf(docs)).containsOnlyKeys("a-ms.svg", "performance.md");
    }
}
