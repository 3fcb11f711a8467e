package io.managedredis.testing.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.managedredis.Region;
import io.managedredis.error.InvalidRequestException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegionCatalogTest {

    private final RegionCatalog catalog = RegionCatalog.bundled();

    @Test
    void should_list_open_and_retired_regions() {
        assertThat(catalog.all()).hasSize(36);
        assertThat(catalog.all().stream().filter(RegionCatalog.Entry::retired)).hasSize(18);
        assertThat(catalog.get(Region.of("mad")).retired()).isTrue();
        assertThat(catalog.get(Region.of("ams")).retired()).isFalse();
        assertThat(catalog.get(Region.of("gru")).name()).isEqualTo("São Paulo, Brazil");
    }

    @Test
    void should_measure_the_great_circle() {
        assertThat(catalog.kilometres(Region.of("mad"), Region.of("ams"))).isCloseTo(1490, within(20.0));
        assertThat(catalog.kilometres(Region.of("lhr"), Region.of("syd"))).isCloseTo(17_000, within(100.0));
        assertThat(catalog.kilometres(Region.of("nrt"), Region.of("nrt"))).isZero();
    }

    @Test
    void should_measure_the_same_in_both_directions_across_the_date_line() {
        double there = catalog.kilometres(Region.of("nrt"), Region.of("lax"));

        assertThat(there).isCloseTo(8_800, within(100.0));
        assertThat(catalog.kilometres(Region.of("lax"), Region.of("nrt"))).isCloseTo(there, within(1e-6));
    }

    @Test
    void should_find_the_nearest_of_several() {
        assertThat(catalog.nearest(Region.of("lhr"), List.of(Region.of("mad"), Region.of("ams"), Region.of("nrt"))))
                .contains(Region.of("ams"));
        assertThat(catalog.nearest(Region.of("lhr"), List.of())).isEmpty();
    }

    @Test
    void should_say_which_regions_there_are_when_one_is_unknown() {
        assertThatThrownBy(() -> catalog.get(Region.of("xyz")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("xyz")
                .hasMessageContaining("ams, arn");
    }
}
