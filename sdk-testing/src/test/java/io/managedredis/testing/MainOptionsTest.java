package io.managedredis.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.managedredis.DatabaseSpec;
import io.managedredis.Region;
import io.managedredis.error.InvalidRequestException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainOptionsTest {

    @Test
    void should_read_databases_in_either_way_of_writing() {
        List<DatabaseSpec> databases = MainOptions.parse(List.of("--database", "a=mad,ams,nrt", "--database=b=lhr"))
                .databases();

        assertThat(databases).extracting(DatabaseSpec::name).containsExactly("a", "b");
        assertThat(databases.get(0).primaryRegion()).isEqualTo(Region.of("mad"));
        assertThat(databases.get(0).readRegions()).containsExactly(Region.of("ams"), Region.of("nrt"));
        assertThat(databases.get(1).readRegions()).isEmpty();
    }

    @Test
    void should_accept_every_option_that_the_help_names() {
        assertThat(MainOptions.parse(List.of(
                                "--organizations=acme,globex",
                                "--routing=by-platform",
                                "--face=redis",
                                "--distances=none",
                                "--exclude-regions=jnb,syd",
                                "--bind=127.0.0.1",
                                "--api-port=0",
                                "--no-page",
                                "--redis=/usr/bin/redis-server"))
                        .help())
                .isFalse();
        assertThat(MainOptions.parse(List.of("--help", "--nonsense")).help()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--nonsense",
                "nonsense",
                "--api-port",
                "--api-port=x",
                "--api-port=70000",
                "--routing=sideways",
                "--face=none",
                "--distances=far",
                "--database=a",
                "--database=a=",
                "--database=A=mad",
                "--organizations=A B",
                "--exclude-regions=!"
            })
    void should_say_what_is_allowed(String argument) {
        assertThatThrownBy(() -> MainOptions.parse(List.of(argument)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("allowed for");
    }
}
