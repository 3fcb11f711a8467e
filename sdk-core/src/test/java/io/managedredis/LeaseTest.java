package io.managedredis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.managedredis.Answers.AddOn;
import io.managedredis.error.InvalidRequestException;
import io.managedredis.error.PermissionDeniedException;
import io.managedredis.error.ProtocolException;
import io.managedredis.lease.DatabaseLease;
import io.managedredis.lease.SweepReport;
import io.managedredis.settings.RetrySettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LeaseTest {

    private static final DatabaseSpec SPEC = DatabaseSpec.named("sessions")
            .primaryRegion("mad")
            .readRegions("ams")
            .build();

    private final ApiServer server = new ApiServer().offering();
    private final List<String> names = new ArrayList<>();
    private ManagedRedisClient client;

    @BeforeEach
    void open() {
        server.alwaysFrom("CreateDatabase", this::create);
        server.always("DeleteDatabase", "{\"deleteAddOn\":{\"deletedAddOnName\":\"x\"}}");
        client = server.clientBuilder()
                .timing(new VirtualTiming())
                .random(new Random(42))
                .retry(RetrySettings.never())
                .build();
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void should_delete_the_database_at_close(Style style) {
        DatabaseLease lease = lease(style, Duration.ofMinutes(30));
        assertThat(lease.database().name()).startsWith("sessions-ci42-l");
        assertThat(lease.owner()).isEqualTo("ci42");
        assertThat(lease.expiresAt()).isEqualTo(Instant.parse("2026-11-23T12:30:00Z"));
        assertThat(server.requests("DeleteDatabase")).isEmpty();

        lease.close();
        lease.close();

        assertThat(server.only("DeleteDatabase").input().path("addOnId").asText())
                .isEqualTo("id-" + names.get(0));
    }

    @Test
    void should_be_content_when_the_database_is_gone_at_close() {
        DatabaseLease lease = client.databases().lease(SPEC, Duration.ofMinutes(1));
        server.next("DeleteDatabase", ApiServer.error("Could not find AddOn", "NOT_FOUND"));

        assertThatCode(lease::close).doesNotThrowAnyException();
    }

    @Test
    void should_try_again_when_closing_failed() {
        DatabaseLease lease = client.databases().lease(SPEC, Duration.ofMinutes(1));
        server.next("DeleteDatabase", ApiServer.status(403, "no"));

        assertThatThrownBy(lease::close).isInstanceOf(PermissionDeniedException.class);
        assertThatCode(lease::close).doesNotThrowAnyException();
        assertThat(server.requests("DeleteDatabase")).hasSize(2);
    }

    @Test
    void should_give_every_lease_a_name_of_its_own() {
        client.databases().lease(SPEC, Duration.ofMinutes(1));
        client.databases().lease(SPEC, Duration.ofMinutes(1));

        assertThat(names).hasSize(2).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void should_sweep_what_has_run_out_by_the_clock_of_the_provider_and_nothing_else(Style style) {
        lease(style, Duration.ofMinutes(30)); // runs out
        lease(style, Duration.ofHours(2)); // runs on
        String ended = names.get(0);
        String running = names.get(1);
        String madeUp = ended.substring(0, ended.length() - 1) + (ended.endsWith("0") ? "1" : "0");
        server.date("Mon, 23 Nov 2026 12:30:01 GMT")
                .next("ListDatabases", page(List.of(ended, running), "c1"))
                .next(
                        "ListDatabases",
                        Answers.page(
                                "addOns",
                                AddOn.named("sessions").json() + ","
                                        + AddOn.named(madeUp).json() + ","
                                        // A lease name on a database from another time.
                                        + AddOn.named(ended)
                                                .createdAt("2025-01-01T00:00:00Z")
                                                .json(),
                                null));

        SweepReport report = style.call(client.databases(), Databases::sweep, AsyncDatabases::sweep);

        assertThat(report.deleted()).extracting(Database::name).containsExactly(ended);
        assertThat(report.kept()).extracting(Database::name).containsExactly(running);
        assertThat(report.failed()).isEmpty();
        assertThat(server.requests("DeleteDatabase")).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void should_not_sweep_a_second_too_early(Style style) {
        lease(style, Duration.ofMinutes(30));
        server.date("Mon, 23 Nov 2026 12:30:00 GMT").next("ListDatabases", page(names, null));

        assertThat(style.call(client.databases(), Databases::sweep, AsyncDatabases::sweep)
                        .deleted())
                .isEmpty();
    }

    @Test
    void should_go_on_sweeping_when_one_cannot_be_deleted() {
        lease(Style.SYNCHRONOUS, Duration.ofMinutes(1));
        lease(Style.SYNCHRONOUS, Duration.ofMinutes(2));
        server.date("Mon, 23 Nov 2026 13:00:00 GMT")
                .next("ListDatabases", page(names, null))
                .next("DeleteDatabase", ApiServer.status(403, "no"));

        SweepReport report = client.databases().sweep();

        assertThat(report.deleted()).extracting(Database::name).containsExactly(names.get(1));
        assertThat(report.failed()).hasSize(1).values().hasOnlyElementsOfType(PermissionDeniedException.class);
    }

    @Test
    void should_sweep_one_organization_only() {
        server.next("ListOrganizationDatabases", "{\"organization\":" + Answers.page("addOns", "", null) + "}");

        client.databases().sweep("acme");

        assertThat(server.only("ListOrganizationDatabases")
                        .variables()
                        .path("slug")
                        .asText())
                .isEqualTo("acme");
    }

    @Test
    void should_refuse_a_lease_without_end_and_one_without_a_clock() {
        assertThatThrownBy(() -> client.databases().lease(SPEC, Duration.ofDays(400)))
                .isInstanceOf(InvalidRequestException.class);
        server.date(null);
        try (ManagedRedisClient fresh = server.client()) {
            assertThatThrownBy(() -> fresh.databases().lease(SPEC, Duration.ofMinutes(1)))
                    .isInstanceOf(ProtocolException.class);
        }
        assertThat(server.requests("CreateDatabase")).isEmpty();
    }

    private DatabaseLease lease(Style style, Duration length) {
        return style.call(
                client.databases(),
                databases -> databases.lease(SPEC, length, "CI-42"),
                databases -> databases.lease(SPEC, length, "CI-42"));
    }

    private MockResponse create(JsonNode variables) {
        String name = variables.path("input").path("name").asText();
        names.add(name);
        return ApiServer.data(AddOn.named(name).created());
    }

    private static String page(List<String> names, String cursor) {
        return Answers.page(
                "addOns",
                names.stream().map(name -> AddOn.named(name).json()).collect(Collectors.joining(",")),
                cursor);
    }
}
