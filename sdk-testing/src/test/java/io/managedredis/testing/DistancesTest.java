package io.managedredis.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.managedredis.Region;
import io.managedredis.error.InvalidRequestException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DistancesTest {

    private static final Region MAD = Region.of("mad");
    private static final Region AMS = Region.of("ams");
    private static final Region NRT = Region.of("nrt");

    @Test
    void should_take_two_milliseconds_for_every_hundred_kilometres_and_one_more() {
        Distances distances = Distances.greatCircle();

        assertThat(distances.roundTrip(MAD, AMS).toMillis()).isEqualTo(30);
        assertThat(distances.roundTrip(MAD, NRT).toMillis()).isBetween(210L, 220L);
        assertThat(distances.roundTrip(NRT, MAD)).isEqualTo(distances.roundTrip(MAD, NRT));
        assertThat(distances.roundTrip(MAD, MAD)).isZero();
    }

    @Test
    void should_refuse_regions_that_do_not_exist() {
        assertThatThrownBy(() -> Distances.greatCircle().roundTrip(MAD, Region.of("xyz")))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void should_take_given_distances_in_both_directions_and_others_from_elsewhere() {
        Distances table = Distances.table().between(MAD, AMS, Duration.ofMillis(7));

        assertThat(table.roundTrip(AMS, MAD)).isEqualTo(Duration.ofMillis(7));
        assertThat(table.roundTrip(MAD, NRT)).isEqualTo(Distances.greatCircle().roundTrip(MAD, NRT));
        assertThat(Distances.table().otherwise(Distances.none()).roundTrip(MAD, NRT))
                .isZero();
        assertThat(table.roundTrip(MAD, MAD)).isZero();
    }

    @Test
    void should_refuse_distances_that_are_impossible() {
        assertThatThrownBy(() -> Distances.table().between(MAD, AMS, Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Distances.table().between(MAD, MAD, Duration.ofMillis(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
