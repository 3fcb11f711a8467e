package io.managedredis.internal.fly;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitTextTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "null, unknown",
                "10000, 10000",
                "0, 0",
                "100 MB, 104857600",
                "100MB, 104857600",
                "256mb, 268435456",
                "1.5 GB, 1610612736",
                "10GiB, 10737418240",
                "2 TB, 2199023255552",
                "512 B, 512",
                "1 KB, 1024",
                "Unlimited, unlimited",
                "-1, unlimited",
                "-2, unknown",
                "lots, unknown",
                "'', unknown",
                "0.3 B, unknown",
                "999999999999 PB, unknown",
                "1e9, unknown"
            })
    void should_read_numbers_sizes_and_words(String text, String expected) {
        assertThat(CatalogDecoder.limit(text)).hasToString(expected);
    }
}
