package io.managedredis.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.managedredis.Limit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriceBookReaderTest {

    @ParameterizedTest
    @CsvSource({"0,0", "10000,10000", "1KB,1024", "250mb,262144000", "1TB,1099511627776"})
    void should_read_numbers_and_sizes(String cell, long value) {
        assertThat(LimitCell.parse(cell)).isEqualTo(Limit.of(value));
    }

    @Test
    void should_read_an_absent_limit() {
        assertThat(LimitCell.parse("Unlimited")).isEqualTo(Limit.unlimited());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "100 MB", "10PB", "many", "1.5GB"})
    void should_refuse_what_is_not_a_limit(String cell) {
        assertThatThrownBy(() -> LimitCell.parse(cell))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + cell + "'");
    }

    @Test
    void should_refuse_a_size_that_no_long_can_hold() {
        assertThatThrownBy(() -> LimitCell.parse("999999999999999999TB")).isInstanceOf(ArithmeticException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"plans\": []}",
                "{\"asOf\": \"2026-01-01\", \"plan\": []}",
                "{\"asOf\": \"2026-01-01\", \"plans\": [{\"name\": \"A\", \"maxDataSise\": \"1MB\"}]}",
                "{\"asOf\": \"2026-01-01\", \"plans\": [{\"name\": \"A\", \"maxConnections\": 100}]}",
                "{\"asOf\": \"2026-01-01\", \"plans\": [{\"maxConnections\": \"100\"}]}"
            })
    void should_refuse_a_book_with_cells_that_are_missing_misspelt_or_no_text(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void should_take_a_cell_that_is_not_there_for_unknown() throws JsonProcessingException {
        CatalogPlan plan = read("{\"asOf\": \"2026-01-01\", \"plans\": [{\"name\": \"A\"}]}")
                .plan("A")
                .orElseThrow();

        assertThat(plan.limits()).isEqualTo(CatalogLimits.unknown());
        assertThat(plan.price().primaryPerMonth()).isEmpty();
        assertThat(plan.price()).asString().contains("primary=unknown");
    }

    private static PriceBook read(String json) throws JsonProcessingException {
        return PriceBookReader.read(new ObjectMapper().readTree(json));
    }
}
