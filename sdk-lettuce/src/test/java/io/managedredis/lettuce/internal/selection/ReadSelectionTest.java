package io.managedredis.lettuce.internal.selection;

import static org.assertj.core.api.Assertions.assertThat;

import io.managedredis.Region;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReadSelectionTest {

    private static final long MILLIS = 1_000_000;
    private static final Region MAD = Region.of("mad");
    private static final Region AMS = Region.of("ams");
    private static final Region NRT = Region.of("nrt");
    private static final Candidate<String> PRIMARY = candidate("primary", MAD, true, true, 30);
    private static final Candidate<String> LOCAL = candidate("local", AMS, false, true, 1);
    private static final Candidate<String> FAR = candidate("far", NRT, false, true, 200);

    private final ReadSelection inAmsterdam = selection(Optional.of(AMS), 1);
    private final ReadSelection anywhere = selection(Optional.empty(), 1);

    @Test
    void should_choose_the_replica_in_the_own_region() {
        assertThat(inAmsterdam.select(List.of(PRIMARY, FAR, LOCAL), null).order())
                .containsExactly("local", "far", "primary");
    }

    @Test
    void should_choose_the_replica_in_the_own_region_even_when_it_is_not_measured() {
        Candidate<String> unmeasured = candidate("local", AMS, false, true, -1);
        assertThat(inAmsterdam.select(List.of(PRIMARY, FAR, unmeasured), null).reader())
                .contains("local");
    }

    @Test
    void should_choose_the_fastest_elsewhere_when_the_own_region_has_none_usable() {
        Candidate<String> down = candidate("local", AMS, false, false, 1);
        assertThat(inAmsterdam.select(List.of(PRIMARY, FAR, down), "local").order())
                .containsExactly("primary", "far");
    }

    @Test
    void should_go_back_to_the_replica_in_the_own_region_once_it_is_usable() {
        assertThat(inAmsterdam.select(List.of(PRIMARY, FAR, LOCAL), "primary").reader())
                .contains("local");
    }

    @Test
    void should_never_take_an_unmeasured_endpoint_for_the_fastest() {
        Candidate<String> unmeasured = candidate("unknown", NRT, false, true, -1);
        assertThat(anywhere.select(List.of(unmeasured, LOCAL), "unknown").order())
                .containsExactly("local", "unknown");
    }

    @Test
    void should_keep_the_endpoint_in_use_while_it_is_within_the_band() {
        Candidate<String> almost = candidate("almost", NRT, false, true, 6);
        Candidate<String> slower = candidate("almost", NRT, false, true, 7);
        assertThat(anywhere.select(List.of(LOCAL, almost), "almost").reader()).contains("almost");
        assertThat(anywhere.select(List.of(LOCAL, slower), "almost").reader()).contains("local");
    }

    @Test
    void should_prefer_a_replica_to_a_primary_that_is_about_as_fast_and_not_to_one_that_is_faster() {
        Candidate<String> nearPrimary = candidate("primary", MAD, true, true, 1);
        assertThat(anywhere.select(List.of(nearPrimary, LOCAL), "primary").reader())
                .contains("local");
        assertThat(anywhere.select(List.of(nearPrimary, FAR), null).reader()).contains("primary");
    }

    @Test
    void should_fall_back_on_the_primary_whatever_its_state() {
        Candidate<String> down = candidate("primary", MAD, true, false, -1);
        Candidate<String> alsoDown = candidate("local", AMS, false, false, -1);
        assertThat(anywhere.select(List.of(down, alsoDown), null).order()).containsExactly("primary");
        assertThat(anywhere.<String>select(List.of(), null).reader()).isEmpty();
    }

    @Test
    void should_spread_many_processes_over_equal_endpoints() {
        List<Candidate<String>> equal = List.of(
                candidate("a", AMS, false, true, 1),
                candidate("b", AMS, false, true, 2),
                candidate("c", AMS, false, true, 3));
        Set<String> chosen = new HashSet<>();
        for (int process = 0; process < 50; process++) {
            chosen.add(selection(Optional.of(AMS), process)
                    .select(equal, null)
                    .reader()
                    .orElseThrow());
        }
        assertThat(chosen).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void should_try_others_in_the_order_of_their_speed_and_those_not_measured_after_them() {
        Candidate<String> unmeasured = candidate("unknown", NRT, false, true, -1);
        Candidate<String> middle = candidate("middle", NRT, false, true, 90);
        assertThat(inAmsterdam
                        .select(List.of(unmeasured, FAR, PRIMARY, middle, LOCAL), null)
                        .order())
                .containsExactly("local", "middle", "far", "unknown", "primary");
    }

    @Test
    void should_say_what_each_step_left() {
        Selection<String> selection = inAmsterdam.select(List.of(PRIMARY, FAR, LOCAL), null);
        assertThat(selection.steps())
                .extracting(Selection.Step::name)
                .containsExactly("usable", "in region ams", "within 5 ms of the fastest", "replicas first");
        assertThat(selection.steps().get(1).left()).containsExactly("local");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void should_agree_with_a_plain_search(long seed) {
        Random random = new Random(seed);
        List<Region> regions = List.of(MAD, AMS, NRT);
        List<Candidate<String>> candidates = new ArrayList<>();
        int count = 1 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            candidates.add(candidate(
                    "e" + i, regions.get(random.nextInt(3)), i == 0, random.nextInt(4) > 0, random.nextInt(12) - 2));
        }
        Selection<String> selection = inAmsterdam.select(candidates, "e" + random.nextInt(count));

        List<Candidate<String>> usable =
                candidates.stream().filter(Candidate::usable).toList();
        assertThat(selection.order()).doesNotHaveDuplicates().contains("e0");
        assertThat(selection.order()).hasSize(usable.size() + (candidates.get(0).usable() ? 0 : 1));
        if (usable.isEmpty()) {
            assertThat(selection.order()).containsExactly("e0");
            return;
        }
        Candidate<String> chosen = candidates.stream()
                .filter(candidate ->
                        candidate.endpoint().equals(selection.reader().orElseThrow()))
                .findFirst()
                .orElseThrow();
        assertThat(chosen.usable()).isTrue();
        boolean anyLocal =
                usable.stream().anyMatch(candidate -> candidate.region().equals(AMS));
        assertThat(chosen.region().equals(AMS)).isEqualTo(anyLocal);
        Optional<Candidate<String>> fastest = usable.stream()
                .filter(candidate -> !anyLocal || candidate.region().equals(AMS))
                .filter(candidate -> candidate.roundTripNanos() >= 0)
                .min(Comparator.comparingLong(Candidate::roundTripNanos));
        fastest.ifPresent(best -> assertThat(chosen.roundTripNanos())
                .isBetween(best.roundTripNanos(), best.roundTripNanos() + 5 * MILLIS));
    }

    static LongStream seeds() {
        return LongStream.range(0, 500);
    }

    private static ReadSelection selection(Optional<Region> local, long seed) {
        return new ReadSelection(local, ReadSelection.DEFAULT_BAND, new Random(seed));
    }

    private static Candidate<String> candidate(
            String name, Region region, boolean primary, boolean usable, long roundTripMillis) {
        return new Candidate<>(
                name, region, primary, usable, roundTripMillis < 0 ? Candidate.UNMEASURED : roundTripMillis * MILLIS);
    }
}
