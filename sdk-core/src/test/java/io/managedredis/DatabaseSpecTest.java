package io.managedredis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.managedredis.error.InvalidRequestException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseSpecTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "Upper", "under_score", "-front", "end-", "a.b", "ünïcode", "a b"})
    void should_refuse_a_name_that_is_blank_or_not_well_formed(String name) {
        assertThatThrownBy(() -> DatabaseSpec.named(name).primaryRegion("mad").build())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("lower case")
                .extracting("field")
                .isEqualTo("name");
    }

    @Test
    void should_refuse_a_name_longer_than_a_host_name_allows() {
        String longest = "a".repeat(DatabaseSpec.MAX_NAME_LENGTH);

        assertThat(DatabaseSpec.named(longest).primaryRegion("mad").build().name())
                .isEqualTo(longest);
        assertThatThrownBy(() ->
                        DatabaseSpec.named(longest + "a").primaryRegion("mad").build())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("60 characters");
    }

    @Test
    void should_refuse_a_read_region_equal_to_the_primary() {
        assertThatThrownBy(() -> DatabaseSpec.named("a")
                        .primaryRegion("mad")
                        .readRegions("ams", "MAD")
                        .build())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("'mad' is the primary region already")
                .extracting("field")
                .isEqualTo("readRegions");
    }

    @Test
    void should_refuse_a_read_region_named_twice() {
        assertThatThrownBy(() -> DatabaseSpec.named("a")
                        .primaryRegion("mad")
                        .readRegions("ams", "ams")
                        .build())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("'ams' is named twice");
    }

    @Test
    void should_refuse_a_missing_primary_region() {
        assertThatThrownBy(() -> DatabaseSpec.named("a").build())
                .isInstanceOf(InvalidRequestException.class)
                .extracting("field")
                .isEqualTo("primaryRegion");
    }

    @Test
    void should_draw_a_name_once_when_none_is_given() {
        DatabaseSpec one =
                DatabaseSpec.unnamed(new Random(1)).primaryRegion("mad").build();
        DatabaseSpec same =
                DatabaseSpec.unnamed(new Random(1)).primaryRegion("mad").build();
        DatabaseSpec other =
                DatabaseSpec.unnamed(new Random(2)).primaryRegion("mad").build();

        assertThat(one).isEqualTo(same).isNotEqualTo(other);
        assertThat(one.toBuilder().build()).isEqualTo(one);
    }

    @Test
    void should_copy_everything_but_the_name() {
        DatabaseSpec spec = DatabaseSpec.named("a")
                .organization("acme")
                .primaryRegion("mad")
                .readRegions("ams")
                .plan(PlanId.of("200MB"))
                .eviction(Eviction.ENABLED)
                .autoUpgrade(true)
                .prodPack(false)
                .build();

        assertThat(spec.withName("b").build())
                .usingRecursiveComparison()
                .ignoringFields("name")
                .isEqualTo(spec);
    }
}
