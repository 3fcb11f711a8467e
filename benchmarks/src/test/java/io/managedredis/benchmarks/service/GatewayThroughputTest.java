package io.managedredis.benchmarks.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GatewayThroughputTest {

    @Test
    void should_name_the_proxies_that_are_not_installed() {
        assertThat(GatewayThroughput.note(List.of("HAProxy", "nutcracker")))
                .hasValue("not installed on this machine: HAProxy, nutcracker");
        assertThat(GatewayThroughput.note(List.of())).isEmpty();
    }
}
