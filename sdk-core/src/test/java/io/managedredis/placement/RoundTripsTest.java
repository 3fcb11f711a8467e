package io.managedredis.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.managedredis.Region;
import io.managedredis.RegionInfo;
import io.managedredis.error.InvalidRequestException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundTripsTest {

    private static final Region AMS = Region.of("ams");
    private static final Region MAD = Region.of("mad");
    private static final Region NRT = Region.of("nrt");
    private static final Region OLD = Region.of("old");

    private final RoundTrips roundTrips = RoundTrips.greatCircle(List.of(
            region("ams", 52.374342, 4.895439),
            region("mad", 40.4381, -3.82),
            region("nrt", 35.62161, 139.74185),
            region("old", null, null)));

    @Test
    void should_measure_a_quarter_of_the_equator_and_the_way_to_the_pole() {
        double quarter = Math.PI * 6371 / 2;

        assertThat(new Coordinates(0, 0).kilometresTo(new Coordinates(0, 90))).isCloseTo(quarter, within(1e-6));
        assertThat(new Coordinates(0, 179).kilometresTo(new Coordinates(0, -91)))
                .isCloseTo(quarter, within(1e-6));
        assertThat(new Coordinates(0, 7).kilometresTo(new Coordinates(90, 0))).isCloseTo(quarter, within(1e-6));
        assertThat(new Coordinates(40, -3).kilometresTo(new Coordinates(-40, 177)))
                .isCloseTo(2 * quarter, within(1e-3));
    }

    @Test
    void should_estimate_from_the_coordinates_that_the_provider_gives() {
        assertThat(roundTrips.between(MAD, AMS).toMillis()).isEqualTo(30);
        assertThat(roundTrips.between(MAD, NRT).toMillis()).isEqualTo(216);
        assertThat(roundTrips.between(NRT, MAD)).isEqualTo(roundTrips.between(MAD, NRT));
        assertThat(roundTrips.between(MAD, MAD)).isZero();
    }

    @Test
    void should_prefer_what_was_measured() {
        RoundTrips measured = roundTrips.with(AMS, MAD, Duration.ofMillis(27)).with(OLD, MAD, Duration.ofMillis(9));

        assertThat(measured.between(MAD, AMS)).isEqualTo(Duration.ofMillis(27));
        assertThat(measured.between(MAD, OLD)).isEqualTo(Duration.ofMillis(9));
        assertThat(measured.between(MAD, NRT)).isEqualTo(roundTrips.between(MAD, NRT));
        assertThat(measured.between(AMS, AMS)).isZero();
    }

    @Test
    void should_say_which_region_has_no_place() {
        assertThatThrownBy(() -> roundTrips.between(MAD, OLD))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("'old'")
                .hasMessageContaining("measured");
        assertThat(roundTrips.between(OLD, OLD)).isZero();
    }

    @Test
    void should_refuse_what_cannot_be() {
        assertThatThrownBy(() -> roundTrips.with(MAD, MAD, Duration.ofMillis(1)))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> roundTrips.with(MAD, AMS, Duration.ofMillis(-1)))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> new Coordinates(91, 0)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> new Coordinates(0, Double.NaN)).isInstanceOf(InvalidRequestException.class);
    }

    private static RegionInfo region(String code, Double latitude, Double longitude) {
        return new RegionInfo(Region.of(code), code, latitude, longitude, false, false, false, true);
    }
}
