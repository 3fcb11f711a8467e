package io.managedredis.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.managedredis.DatabaseSpec;
import io.managedredis.PlanId;
import io.managedredis.testing.LocalManagedRedis;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdviseCommandTest {

    private static final String[] MEASURED = {
        "--round-trip", "mad,ams=30", "--round-trip", "mad,nrt=200", "--round-trip", "ams,nrt=220"
    };

    @TempDir
    private Path folder;

    private LocalManagedRedis service;
    private CliRun cli;
    private Path workload;

    @BeforeEach
    void start() throws Exception {
        service = LocalManagedRedis.start();
        service.create(DatabaseSpec.named("carts")
                .primaryRegion("mad")
                .readRegions("ams")
                .plan(PlanId.of("Fixed 1GB"))
                .build());
        cli = new CliRun(service, folder);
        workload = Files.writeString(folder.resolve("load"), "ams,100,10\nnrt,50,5\nmad,50,5\n");
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void should_print_what_each_change_would_do() {
        assertThat(cli.redis(arguments("advise", "carts", "--workload", workload.toString())))
                .isZero();

        assertThat(cli.out()).isEqualTo("""
                Placement: primary mad, read regions ams
                Cost: $30.00 a month by the prices of 2026-11-01, plan Fixed 1GB

                FROM\tREADS/S\tWRITES/S\tREAD FROM\tREAD MS\tWRITE MS
                ams \t100    \t10      \tams      \t0.00   \t30.00
                mad \t50     \t5       \tmad      \t0.00   \t0.00
                nrt \t50     \t5       \tmad      \t200.00 \t200.00

                CHANGE        \tREAD MEAN MS\tREAD P50 MS\tWRITE MEAN MS\tWRITE P50 MS\tALL MEAN MS\tPER MONTH
                none          \t50.00       \t0.00       \t65.00        \t30.00       \t51.36      \t$30.00
                add nrt       \t0.00        \t0.00       \t65.00        \t30.00       \t5.91       \t+$10.00
                primary to nrt\t7.50        \t0.00       \t160.00       \t200.00      \t21.36      \t$0.00
                primary to ams\t50.00       \t0.00       \t62.50        \t0.00        \t51.14      \t$0.00
                remove ams    \t65.00       \t30.00      \t65.00        \t30.00       \t65.00      \t-$10.00

                Times are those of the network. Moving the primary takes a new database.
                """);
    }

    @Test
    void should_advise_on_a_placement_that_is_no_database_yet() throws Exception {
        int code = cli.piping("ams 100 10")
                .redis(
                        "advise",
                        "--workload",
                        "-",
                        "--region",
                        "fra",
                        "--candidates",
                        "ams,lhr",
                        "--plan",
                        "500MB",
                        "--json");

        assertThat(cli.err()).isEmpty();
        assertThat(code).isZero();
        JsonNode advice = new ObjectMapper().readTree(cli.out());
        assertThat(advice.at("/current/primaryRegion").asText()).isEqualTo("fra");
        assertThat(advice.at("/current/costPerMonth").asText()).isEqualTo("$20.00");
        assertThat(advice.at("/options/0/change").asText()).isEqualTo("movePrimary");
        assertThat(advice.at("/options/0/region").asText()).isEqualTo("ams");
        assertThat(advice.at("/options/0/after/mean").asDouble()).isZero();
        assertThat(advice.get("options")).hasSize(4);
    }

    @Test
    void should_refuse_what_it_cannot_work_with() throws Exception {
        Path broken = Files.writeString(folder.resolve("broken"), "ams,many,1");

        assertThat(cli.redis("advise", "carts", "-w", broken.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).contains("'many' in line 1");
        assertThat(cli.redis("advise", "carts", "-w", folder.resolve("none").toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(cli.redis("advise", "carts", "-w", workload.toString(), "--round-trip", "mad"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).contains("ams,mad=27.5");
        assertThat(cli.redis("advise", "carts", "-w", workload.toString(), "--region", "fra"))
                .isEqualTo(ExitCode.USAGE);
    }

    private static String[] arguments(String... first) {
        String[] all = Arrays.copyOf(first, first.length + MEASURED.length);
        System.arraycopy(MEASURED, 0, all, first.length, MEASURED.length);
        return all;
    }
}
