package io.managedredis.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.managedredis.Database;
import io.managedredis.DatabaseSpec;
import io.managedredis.Eviction;
import io.managedredis.PlanId;
import io.managedredis.Region;
import io.managedredis.testing.LocalManagedRedis;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagedRedisCliTest {

    private static LocalManagedRedis service;

    private CliRun cli;

    @BeforeAll
    static void start() {
        service = LocalManagedRedis.builder().organizations("fly-apps").start();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void setUp(@TempDir Path folder) {
        cli = new CliRun(service, folder);
    }

    @AfterEach
    void deleteAll() {
        service.databases().forEach(each -> service.delete(each.id()));
    }

    @Test
    void should_create_what_the_flags_say() {
        int code = cli.redis(
                "create",
                "--name",
                "carts",
                "--organization",
                "fly-apps",
                "--region",
                "mad",
                "--replica-regions",
                "ams,nrt",
                "--plan",
                "Free",
                "--enable-eviction");

        assertThat(cli.err()).isEmpty();
        assertThat(code).isZero();
        Database carts = service.find("carts").orElseThrow();
        assertThat(cli.out()).isEqualTo("""
                Your Redis database carts is ready.
                Redis
                  ID             = %s
                  Name           = carts
                  Plan           = Free
                  Primary Region = mad
                  Read Regions   = ams,nrt
                  Private URL    = redis://default:<redacted>@127.0.0.1:%d
                """.formatted(carts.id(), portOf(carts)));
        assertThat(carts.eviction()).isEqualTo(Eviction.ENABLED);
    }

    @Test
    void should_draw_a_name_and_leave_the_plan_to_the_provider_when_no_flag_says() throws Exception {
        assertThat(cli.redis("create", "--region", "fra", "--json")).isZero();

        JsonNode created = json();
        assertThat(created.get("name").asText()).startsWith("redis-");
        assertThat(created.get("plan").asText()).isEqualTo("Pay-as-you-go");
        assertThat(created.get("readRegions")).isEmpty();
    }

    @Test
    void should_name_the_missing_flag_where_nobody_can_be_asked() {
        assertThat(cli.redis("create")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).isEqualTo("Error: Missing --region: there is no terminal to ask on.\n");
        assertThat(cli.redis("status")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).contains("Missing DATABASE");
        assertThat(cli.redis("update", create("carts").name())).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).contains("--replica-regions").contains("--plan");
        assertThat(cli.redis("delete", "carts")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).contains("Missing --yes");
        assertThat(cli.redis("reset", "carts")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).contains("Missing --yes");
        assertThat(cli.redis("advise", "carts")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).contains("--workload");

        assertThat(service.databases()).extracting(Database::name).containsExactly("carts");
    }

    @Test
    void should_list_in_the_columns_of_the_provider() {
        Database first = create("late-waterfall-1133");
        Database second = service.create(DatabaseSpec.named("carts")
                .primaryRegion("fra")
                .plan(PlanId.of("200MB"))
                .build());

        assertThat(cli.redis("list")).isZero();

        int width = Math.max(first.id().value().length(), second.id().value().length());
        assertThat(cli.out())
                .isEqualTo(
                        padded("ID", width) + "\tNAME               \tORG     \tPLAN \tPRIMARY REGION\tREAD REGIONS\n"
                                + padded(first.id(), width)
                                + "\tlate-waterfall-1133\tfly-apps\tFree \tmad           \tams,nrt\n"
                                + padded(second.id(), width)
                                + "\tcarts              \tfly-apps\t200MB\tfra           \t\n");
    }

    @Test
    void should_list_databases_as_json() throws Exception {
        Database carts = create("carts");

        assertThat(cli.redis("list", "--json")).isZero();

        JsonNode listed = json();
        assertThat(listed).hasSize(1);
        assertThat(fieldNames(listed.get(0)))
                .containsExactly(
                        "id",
                        "name",
                        "organization",
                        "plan",
                        "primaryRegion",
                        "readRegions",
                        "status",
                        "eviction",
                        "autoUpgrade",
                        "prodPack",
                        "privateUrl",
                        "createdAt",
                        "updatedAt");
        assertThat(listed.get(0).get("id").asText()).isEqualTo(carts.id().value());
        assertThat(listed.get(0).get("readRegions").get(1).asText()).isEqualTo("nrt");
        assertThat(listed.get(0).get("eviction").isBoolean()).isTrue();
    }

    @Test
    void should_show_a_database_by_id_and_by_name_without_its_password() {
        Database carts = create("carts");
        String password = passwordOf(carts);

        assertThat(cli.redis("status", carts.id().value())).isZero();
        String byId = cli.out();
        assertThat(cli.redis("status", "carts")).isZero();

        assertThat(cli.out())
                .isEqualTo(byId)
                .startsWith("Redis\n  ID             = " + carts.id() + "\n")
                .contains("<redacted>")
                .doesNotContain(password);
        assertThat(cli.redis("status", "carts", "--json")).isZero();
        assertThat(cli.out()).doesNotContain(password);
        assertThat(cli.redis("status", "carts", "--show-password")).isZero();
        assertThat(cli.out()).contains("redis://default:" + password + "@127.0.0.1:");
    }

    @Test
    void should_exit_with_the_kind_of_failure() {
        assertThat(cli.redis("status", "nobody")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(cli.err()).contains("'nobody'").contains("redis list");
        create("carts");
        assertThat(cli.redis("create", "--name", "carts", "--region", "mad")).isEqualTo(ExitCode.CONFLICT);
        assertThat(cli.redis("create", "--region", "atlantis")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).contains("atlantis");
        assertThat(cli.redis("create", "--region", "9")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.redis("create", "--region", "mad", "--plan", "Platinum")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.redis("lisst")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.run("redis")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.run("redis", "list", "--token-file", "/nowhere/token")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).contains("/nowhere/token");
        assertThat(cli.token("wrong").redis("list")).isEqualTo(ExitCode.NOT_ALLOWED);
        assertThat(cli.err()).startsWith("Error: ").doesNotContain("Exception");
        assertThat(cli.out()).isEmpty();
    }

    @Test
    void should_update_what_is_given_and_leave_the_rest() {
        Database carts = create("carts");

        assertThat(cli.redis("update", "carts", "--remove-replica-regions", "nrt", "--enable-eviction"))
                .isZero();

        assertThat(cli.out())
                .contains("Your Redis database carts was updated\n")
                .contains("Read Regions   = ams\n");
        Database updated = service.find("carts").orElseThrow();
        assertThat(updated.readRegions()).containsExactly(Region.of("ams"));
        assertThat(updated.eviction()).isEqualTo(Eviction.ENABLED);
        assertThat(updated.planName()).isEqualTo(carts.planName());
        assertThat(cli.redis("update", "carts", "--enable-eviction")).isZero();
        assertThat(cli.out()).contains("carts is like that already").doesNotContain("was updated");
    }

    @Test
    void should_say_what_an_update_would_do_and_cost() throws Exception {
        create("carts");

        assertThat(cli.redis("update", "carts", "--no-replicas", "--plan", "500MB", "--dry-run"))
                .isZero();
        assertThat(cli.out()).contains("readRegions").contains("500MB").contains("cost: +$20.00 a month");
        assertThat(cli.redis("update", "carts", "--no-replicas", "--dry-run", "--json"))
                .isZero();

        assertThat(json().get("changes").get(0).get("field").asText()).isEqualTo("readRegions");
        assertThat(service.find("carts").orElseThrow().readRegions()).hasSize(2);
    }

    @Test
    void should_delete_and_say_so_in_the_words_of_the_provider() throws Exception {
        Database carts = create("carts");
        Database other = create("other");

        assertThat(cli.redis("delete", "carts", "--yes")).isZero();
        assertThat(cli.out()).isEqualTo("Your Redis cluster " + carts.id() + " was deleted\n");
        assertThat(cli.redis("delete", other.id().value(), "--yes", "--json")).isZero();

        assertThat(json().get("name").asText()).isEqualTo("other");
        assertThat(service.databases()).isEmpty();
    }

    @Test
    void should_delete_nothing_when_the_answer_is_no() {
        create("carts");

        assertThat(cli.typing("").redis("delete", "carts")).isEqualTo(ExitCode.FAILED);

        assertThat(cli.out()).contains("Deleting a Redis database can't be undone. Be careful!");
        assertThat(cli.err()).isEqualTo("Nothing was deleted.\n");
        assertThat(service.find("carts")).isPresent();
        assertThat(cli.typing("perhaps", "y").redis("delete", "carts")).isZero();
        assertThat(service.find("carts")).isEmpty();
    }

    @Test
    void should_reset_the_password_and_not_show_it() {
        Database carts = create("carts");
        String before = passwordOf(carts);

        assertThat(cli.redis("reset", "carts", "--yes")).isZero();

        String after = passwordOf(service.find("carts").orElseThrow());
        assertThat(after).isNotEqualTo(before);
        assertThat(cli.out())
                .startsWith("Your Redis database carts has a new password\n")
                .doesNotContain(before)
                .doesNotContain(after);
    }

    @Test
    void should_show_the_plans_of_the_provider_and_none_that_it_refuses() throws Exception {
        assertThat(cli.redis("plans")).isZero();

        assertThat(cli.out().lines().limit(4)).containsExactly("""
                NAME         \tMAX DATA SIZE\tMAX CONNECTIONS\tMAX COMMAND/SEC\tMAX DAILY COMMANDS\tMAX DAILY BANDWIDTH\tPRICE PER MONTH\tEACH READ REGION
                Free         \t100MB        \t100            \t300            \t10000             \t10GB               \t$0.00          \t$0.00
                200MB        \t200MB        \t300            \t300            \tUnlimited         \t10GB               \t$10.00         \t$10.00
                500MB        \t500MB        \t500            \t500            \tUnlimited         \t30GB               \t$20.00         \t$20.00""".split("\n"));
        assertThat(cli.out()).contains("Pay-as-you-go").doesNotContain("Starter");
        assertThat(cli.redis("plans", "--json")).isZero();
        assertThat(json().get(1).get("maxDataBytes").asLong()).isEqualTo(200L << 20);
        assertThat(json().get(1).get("unlimited").get(0).asText()).isEqualTo("maxDailyCommands");
    }

    @Test
    void should_ask_for_what_is_missing() {
        int code = cli.typing("mad", "Amsterdam, Netherlands (ams)", "Free").redis("create", "--name", "carts");

        assertThat(cli.err()).isEmpty();
        assertThat(code).isZero();
        assertThat(cli.plainOut())
                .containsSubsequence(
                        "? Select Organization: fly-apps (fly-apps)\n",
                        "   1  Amsterdam, Netherlands (ams)\n",
                        "? Choose a primary region (can't be changed later) Madrid, Spain (mad)\n",
                        "? Optionally, choose one or more replica regions (can be changed later): Amsterdam, Netherlands"
                                + " (ams)\n",
                        "   1  Free: 100 MB Max Data Size\n",
                        "? Select an Upstash Redis plan Free: 100 MB Max Data Size\n",
                        "Your Redis database carts is ready.\n");
        Database carts = service.find("carts").orElseThrow();
        assertThat(carts.primaryRegion()).isEqualTo(Region.of("mad"));
        assertThat(carts.readRegions()).containsExactly(Region.of("ams"));
        assertThat(carts.planName()).isEqualTo("Free");
    }

    @Test
    void should_ask_again_when_an_answer_makes_no_sense() {
        int code = cli.typing("0", "99", "atlantis", "", "fra", "ams nirgendwo", "ams,nrt", "5", "1")
                .redis("create", "--name", "carts");

        assertThat(code).isZero();
        assertThat(cli.out()).contains("'atlantis' is not one of these").contains("'nirgendwo' is not one of these");
        assertThat(service.find("carts").orElseThrow().readRegions())
                .containsExactly(Region.of("ams"), Region.of("nrt"));
    }

    @Test
    void should_end_when_the_input_ends_before_an_answer() {
        assertThat(cli.typing("mad").redis("create")).isEqualTo(ExitCode.USAGE);

        assertThat(cli.err()).contains("--replica-regions or --no-replicas");
        assertThat(service.databases()).isEmpty();
    }

    @Test
    void should_ask_for_all_changes_and_offer_things_as_they_are() {
        create("carts");

        assertThat(cli.typing("", "200MB", "y").redis("update", "carts")).isZero();

        Database updated = service.find("carts").orElseThrow();
        assertThat(updated.readRegions()).containsExactly(Region.of("ams"), Region.of("nrt"));
        assertThat(updated.planName()).isEqualTo("200MB");
        assertThat(updated.eviction()).isEqualTo(Eviction.ENABLED);
        assertThat(cli.typing("none", "", "").redis("update", "carts")).isZero();
        assertThat(service.find("carts").orElseThrow().readRegions()).isEmpty();
        assertThat(service.find("carts").orElseThrow().planName()).isEqualTo("200MB");
        assertThat(service.find("carts").orElseThrow().eviction()).isEqualTo(Eviction.ENABLED);
    }

    @Test
    void should_offer_the_databases_when_none_is_named() {
        create("carts");
        create("sessions");

        assertThat(cli.typing("sess").redis("status")).isZero();

        assertThat(cli.out()).contains("Name           = sessions");
    }

    @Test
    void should_colour_on_a_terminal_only_and_when_wanted() {
        assertThat(cli.typing().redis("list")).isZero();
        assertThat(cli.out()).contains("\u001b[");
        assertThat(cli.environment("NO_COLOR", "1").redis("list")).isZero();
        assertThat(cli.out()).doesNotContain("\u001b");
    }

    @Test
    void should_explain_each_command() {
        for (String command : List.of(
                "create", "list", "status", "update", "delete", "plans", "reset", "connect", "proxy", "advise")) {
            assertThat(cli.run("redis", command, "--help")).isZero();
            assertThat(cli.out()).startsWith("Usage: managed-redis redis " + command);
        }
        assertThat(cli.run("--help")).isZero();
        assertThat(cli.out()).contains("Exit codes:").contains("130");
        assertThat(cli.run("redis", "create", "--regoin", "mad")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).contains("--regoin").contains("Try 'managed-redis redis create --help'.");
    }

    private static Database create(String name) {
        return service.create(DatabaseSpec.named(name)
                .primaryRegion("mad")
                .readRegions("ams", "nrt")
                .plan(PlanId.of("Free"))
                .build());
    }

    private static int portOf(Database database) {
        return Objects.requireNonNull(database.endpoints()).primaryUrl().port();
    }

    private static String passwordOf(Database database) {
        return Objects.requireNonNull(Objects.requireNonNull(database.endpoints())
                        .primaryUrl()
                        .password())
                .reveal();
    }

    private static String padded(Object text, int width) {
        return String.format("%-" + width + "s", text);
    }

    private JsonNode json() throws JsonProcessingException {
        return new ObjectMapper().readTree(cli.out());
    }

    private static List<String> fieldNames(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }
}
