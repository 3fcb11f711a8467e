package io.managedredis.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TravellingSessionTest {

    @Test
    void should_read_in_another_region_what_the_cookie_stands_for() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        TravellingSession.run(new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .endsWith(
                        "Written in fra: 3 apples",
                        "Read in nrt by somebody else: null",
                        "Read in nrt with the cookie: 3 apples");
    }
}
