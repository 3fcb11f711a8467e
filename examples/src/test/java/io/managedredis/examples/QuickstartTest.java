package io.managedredis.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuickstartTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void should_write_to_the_primary_and_read_from_the_local_replica() {
        int status = run("--keys", "20");

        assertThat(text(err)).isEmpty();
        assertThat(status).isZero();
        assertThat(text(out))
                .contains("  Name           = quickstart\n")
                .contains("  Plan           = Pay-as-you-go\n")
                .contains("  Primary Region = mad\n")
                .contains("  Read Regions   = ams\n")
                .contains("  Private URL    = redis://default:<redacted>@127.0.0.1:")
                .contains("20 writes answered by mad, median ")
                .containsPattern("\\d+ reads answered by ams, median ")
                .contains("Your Redis database quickstart was deleted\n");
        assertThat(text(out).lines().filter(line -> line.contains("SET") && line.contains("by mad")))
                .hasSize(20);
        assertThat(text(out).lines().filter(line -> line.contains("GET")).findFirst())
                .hasValueSatisfying(first -> assertThat(first).contains("by ams"));
    }

    @Test
    void should_explain_its_options() {
        assertThat(run("--help")).isZero();

        assertThat(text(out)).startsWith("Usage: Quickstart").contains("--real");
    }

    @Test
    void should_refuse_an_option_it_does_not_know() {
        assertThat(run("--reel")).isEqualTo(2);

        assertThat(text(err)).contains("unknown option '--reel'").contains("Usage: Quickstart");
        assertThat(text(out)).isEmpty();
    }

    @Test
    void should_refuse_a_number_of_keys_that_makes_no_sense() {
        assertThat(run("--keys", "0")).isEqualTo(2);
        assertThat(run("--keys", "many")).isEqualTo(2);
        assertThat(run("--keys")).isEqualTo(2);

        assertThat(text(err))
                .contains("a number from 1 to 10000, not '0'")
                .contains("'many'")
                .contains("needs a value");
    }

    private int run(String... arguments) {
        return Quickstart.run(
                List.of(arguments),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
