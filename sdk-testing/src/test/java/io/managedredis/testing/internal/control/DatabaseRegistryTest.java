package io.managedredis.testing.internal.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.managedredis.Region;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseRegistryTest {

    private static final String FREE = "x7M0gyB764ggwt6YZLRK";
    private static final String FIXED = "r1HcBz7wD4yTfX2sUoEk";
    private static final String STARTER = "y9LaTf2dW5sCuH8jNbQz";
    private static final Organization ACME = new Organization("o1", "acme", 1);
    private static final Organization GLOBEX = new Organization("o2", "globex", 2);

    private final RecordingDataPlane dataPlane = new RecordingDataPlane();
    private final DatabaseRegistry databases =
            new DatabaseRegistry(dataPlane, Set.of(Region.of("jnb")), new RandomText(new Random(1)), Clock.systemUTC());

    @Test
    void should_leave_nothing_behind_when_redis_does_not_start() {
        dataPlane.nextFailure.set(new IllegalStateException("no Redis"));

        assertThatThrownBy(() -> databases.create(ACME, request("carts"))).hasMessage("no Redis");

        assertThat(databases.list(ACME)).isEmpty();
        assertThat(databases.create(ACME, request("carts")).name()).isEqualTo("carts");
    }

    @Test
    void should_change_nothing_when_a_replica_does_not_start() {
        DatabaseRecord before = databases.create(ACME, request("carts"));
        dataPlane.calls.clear();
        dataPlane.nextFailure.set(new IllegalStateException("no Redis"));

        assertThatThrownBy(() -> databases.update(
                        ACME,
                        before.id(),
                        new ChangeRequest(FREE, List.of("nrt"), Map.of("eviction", true), Map.of("a", "b"), null)))
                .hasMessage("no Redis");

        assertThat(dataPlane.calls).containsExactly("read regions [ams, nrt]");
        assertThat(databases.find(ACME, before.id().value())).contains(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-a",
                "a-",
                "a_b",
                "a.b",
                "é",
                "a b",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void should_refuse_names_that_are_no_part_of_a_host_name(String name) {
        assertThatThrownBy(() -> databases.create(ACME, request(name)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("Name");
        assertThat(dataPlane.calls).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|ams|Primary region can't be blank",
                "xyz|ams|Primary region 'xyz' is not a region. Available: ams, arn",
                "MAD!|ams|Primary region 'MAD!' is not a region",
                "jnb|ams|Primary region 'jnb' is not available",
                "mad|jnb|Read regions 'jnb' is not available",
                "mad|mad|Read regions can't include the primary region mad",
                "mad|ams,ams|Read regions names ams twice",
                "mad|ams,xyz|Read regions 'xyz' is not a region"
            })
    void should_refuse_regions_that_cannot_be(String primary, String reads, String message) {
        assertThatThrownBy(() -> databases.create(
                        ACME, new DatabaseRequest("carts", primary, List.of(reads.split(",")), null, Map.of())))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(message);
        assertThat(dataPlane.calls).isEmpty();
        assertThat(databases.create(ACME, request("carts")).name()).isEqualTo("carts");
    }

    @Test
    void should_refuse_plans_that_are_closed_or_do_not_exist() {
        assertThatThrownBy(() -> databases.create(ACME, new DatabaseRequest("a", "mad", List.of(), STARTER, Map.of())))
                .hasMessageContaining("Starter is no longer available");
        assertThatThrownBy(() -> databases.create(ACME, new DatabaseRequest("a", "mad", List.of(), "nope", Map.of())))
                .hasMessageContaining("'nope' does not exist");

        DatabaseRecord database = databases.create(ACME, request("a"));
        assertThatThrownBy(
                        () -> databases.update(ACME, database.id(), new ChangeRequest(STARTER, null, null, null, null)))
                .hasMessageContaining("Starter is no longer available");
    }

    @Test
    void should_put_a_database_on_pay_as_you_go_when_no_plan_is_asked_for() {
        assertThat(databases.create(ACME, request("a")).plan().name()).isEqualTo("Pay-as-you-go");
    }

    @Test
    void should_treat_another_organizations_database_as_if_it_did_not_exist() {
        DatabaseRecord theirs = databases.create(GLOBEX, request("carts"));
        ChangeRequest change = new ChangeRequest(FREE, null, null, null, null);

        assertThat(databases.list(ACME)).isEmpty();
        assertThat(databases.find(ACME, theirs.id().value())).isEmpty();
        assertThat(databases.findByName(ACME, "carts")).isEmpty();
        assertThatThrownBy(() -> databases.update(ACME, theirs.id(), change)).hasMessage("Could not find AddOn");
        assertThatThrownBy(() -> databases.resetPassword(ACME, theirs.id())).hasMessage("Could not find AddOn");
        assertThatThrownBy(() -> databases.delete(ACME, theirs.id())).hasMessage("Could not find AddOn");
        assertThat(databases.list(GLOBEX)).containsExactly(theirs);
    }

    @Test
    void should_refuse_a_taken_name_in_either_case_and_free_it_with_the_database() {
        DatabaseRecord first = databases.create(ACME, request("carts"));

        assertThatThrownBy(() -> databases.create(GLOBEX, request("Carts")))
                .hasMessage("Validation failed: Name has already been taken");
        databases.delete(ACME, first.id());

        assertThat(databases.create(GLOBEX, request("Carts")).id()).isNotEqualTo(first.id());
    }

    @Test
    void should_replace_what_an_update_names_and_nothing_else() {
        DatabaseRecord created = databases.create(
                ACME,
                new DatabaseRequest(
                        "a", "mad", List.of("ams"), FIXED, Map.of("eviction", true, "auto_upgrade", true, "x", 1)));
        dataPlane.calls.clear();

        DatabaseRecord untouched =
                databases.update(ACME, created.id(), new ChangeRequest(null, null, null, null, null));
        assertThat(untouched.options().toMap()).isEqualTo(created.options().toMap());
        assertThat(untouched.readRegions()).containsExactly(Region.of("ams"));
        assertThat(dataPlane.calls).isEmpty();

        DatabaseRecord replaced = databases.update(
                ACME, created.id(), new ChangeRequest(null, List.of(), Map.of("y", 2), Map.of("team", "shop"), null));
        assertThat(replaced.options().toMap()).isEqualTo(Map.of("eviction", false, "y", 2));
        assertThat(replaced.readRegions()).isEmpty();
        assertThat(replaced.metadata()).isEqualTo(Map.of("team", "shop"));
        assertThat(dataPlane.calls).containsExactly("eviction DISABLED", "read regions []");
    }

    @Test
    void should_add_replicas_before_and_remove_them_after_others_see_the_change() {
        DatabaseRecord created = databases.create(ACME, request("a"));
        dataPlane.calls.clear();

        databases.update(ACME, created.id(), new ChangeRequest(null, List.of("nrt"), null, null, null));

        assertThat(dataPlane.calls).containsExactly("read regions [ams, nrt]", "read regions [nrt]");
    }

    @Test
    void should_leave_the_production_package_alone_unless_it_is_asked_for_with_a_plan_change() {
        DatabaseRecord created =
                databases.create(ACME, new DatabaseRequest("a", "mad", List.of(), FIXED, Map.of("prod_pack", true)));

        DatabaseRecord replaced =
                databases.update(ACME, created.id(), new ChangeRequest(null, null, Map.of(), null, null));
        assertThat(replaced.options().toMap()).containsEntry("prod_pack", true);

        assertThatThrownBy(
                        () -> databases.update(ACME, created.id(), new ChangeRequest(FIXED, null, null, null, false)))
                .hasMessageContaining("together with the plan");

        DatabaseRecord without = databases.update(ACME, created.id(), new ChangeRequest(FREE, null, null, null, false));
        assertThat(without.options().toMap()).doesNotContainKey("prod_pack");
    }

    @Test
    void should_allow_automatic_upgrade_on_fixed_plans_only() {
        assertThatThrownBy(() -> databases.create(
                        ACME, new DatabaseRequest("a", "mad", List.of(), FREE, Map.of("auto_upgrade", true))))
                .hasMessageContaining("fixed plans only");

        DatabaseRecord fixed =
                databases.create(ACME, new DatabaseRequest("a", "mad", List.of(), FIXED, Map.of("auto_upgrade", true)));
        DatabaseRecord moved = databases.update(ACME, fixed.id(), new ChangeRequest(FREE, null, null, null, null));
        assertThat(moved.options().toMap()).containsEntry("auto_upgrade", false);
    }

    @Test
    void should_refuse_options_of_the_wrong_type() {
        assertThatThrownBy(() -> databases.create(
                        ACME, new DatabaseRequest("a", "mad", List.of(), null, Map.of("eviction", "yes"))))
                .hasMessageContaining("eviction must be true or false");
    }

    @Test
    void should_give_a_new_password_of_32_hexadecimal_digits() {
        DatabaseRecord before = databases.create(ACME, request("a"));

        DatabaseRecord after = databases.resetPassword(ACME, before.id());

        assertThat(after.password()).isNotEqualTo(before.password());
        assertThat(after.password().reveal()).matches("[0-9a-f]{32}");
        assertThat(dataPlane.calls).last().isEqualTo("password");
    }

    @Test
    void should_let_one_of_many_have_a_name() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> attempts = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                attempts.add(() -> {
                    try {
                        databases.create(ACME, request("carts"));
                        return true;
                    } catch (Refusal taken) {
                        return false;
                    }
                });
            }
            int created = 0;
            for (Future<Boolean> attempt : threads.invokeAll(attempts)) {
                created += attempt.get() ? 1 : 0;
            }

            assertThat(created).isEqualTo(1);
            assertThat(databases.list(ACME)).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void should_delete_once() {
        DatabaseRecord database = databases.create(ACME, request("a"));

        databases.delete(ACME, database.id());

        assertThatThrownBy(() -> databases.delete(ACME, database.id())).hasMessage("Could not find AddOn");
        assertThat(dataPlane.calls).containsOnlyOnce("close");
    }

    private static DatabaseRequest request(String name) {
        return new DatabaseRequest(name, "mad", List.of("ams"), null, Map.of());
    }
}
