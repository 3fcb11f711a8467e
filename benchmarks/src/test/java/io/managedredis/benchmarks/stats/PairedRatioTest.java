package io.managedredis.benchmarks.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PairedRatioTest {

    private static final long SEED = 7;

    @Test
    void should_take_the_median_of_the_ratios_of_pairs() {
        PairedRatio ratio = PairedRatio.of(List.of(2.0, 30.0, 400.0), List.of(1.0, 10.0, 1_000.0), SEED);

        assertThat(ratio.median()).isEqualTo(2.0);
        assertThat(ratio.pairs()).isEqualTo(3);
        assertThat(ratio.interval()).isEqualTo(new Interval(0.4, 3.0));
    }

    @Test
    void should_see_through_noise_that_both_of_a_pair_share() {
        Random random = new Random(1);
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        for (int pair = 0; pair < 15; pair++) {
            double machine = 1 + 9 * random.nextDouble();
            ours.add(1.2 * machine);
            theirs.add(machine);
        }

        PairedRatio ratio = PairedRatio.of(ours, theirs, SEED);

        assertThat(ratio.median()).isCloseTo(1.2, within(1e-9));
        assertThat(ratio.interval().low()).isCloseTo(1.2, within(1e-9));
        assertThat(ratio.isNoDifference()).isFalse();
    }

    @Test
    void should_hold_the_true_ratio_in_about_95_of_100_intervals() {
        Random random = new Random(2);
        int held = 0;
        for (int experiment = 0; experiment < 100; experiment++) {
            List<Double> ours = new ArrayList<>();
            List<Double> theirs = new ArrayList<>();
            for (int pair = 0; pair < 25; pair++) {
                ours.add(1 + 0.05 * random.nextGaussian());
                theirs.add(1.0);
            }
            held += PairedRatio.of(ours, theirs, experiment).isNoDifference() ? 1 : 0;
        }

        assertThat(held).isBetween(88, 100);
    }

    @Test
    void should_give_the_same_interval_for_the_same_seed() {
        List<Double> ours = List.of(1.0, 1.3, 0.9, 1.1, 1.6);
        List<Double> theirs = Collections.nCopies(5, 1.0);

        assertThat(PairedRatio.of(ours, theirs, SEED)).isEqualTo(PairedRatio.of(ours, theirs, SEED));
    }

    @Test
    void should_refuse_what_is_not_pairs() {
        assertThatThrownBy(() -> PairedRatio.of(List.of(1.0), List.of(1.0, 2.0), SEED))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PairedRatio.of(List.of(), List.of(), SEED))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PairedRatio.of(List.of(1.0), List.of(0.0), SEED))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void should_interpolate_quantiles() {
        Samples samples = Samples.of(4, 1, 3, 2);

        assertThat(samples.median()).isEqualTo(2.5);
        assertThat(samples.quantile(0)).isEqualTo(1);
        assertThat(samples.quantile(1)).isEqualTo(4);
        assertThat(samples.count()).isEqualTo(4);
    }
}
