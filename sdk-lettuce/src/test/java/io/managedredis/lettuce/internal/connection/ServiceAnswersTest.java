package io.managedredis.lettuce.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.managedredis.lettuce.error.ServiceLimit;
import io.managedredis.lettuce.error.ServiceLimitException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceAnswersTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DAILY_COMMANDS   | ERR max daily request limit exceeded. Limit: 10000, Usage: 10001. See x         | 10000     | 10001
            MONTHLY_COMMANDS | ERR max requests limit exceeded. Limit: 500000, Usage: 500000. See x            | 500000    | 500000
            DATA_SIZE        | ERR DB capacity quota exceeded. Threshold: 268435456 bytes, Usage: 276006634 b. | 268435456 | 276006634
            REQUEST_SIZE     | ERR max request size exceeded. Limit: 1048576 bytes, Actual: 1077906 bytes.     | 1048576   | 1077906
            """)
    void should_read_which_limit_is_met_and_how_far(ServiceLimit limit, String text, long allowed, long usage) {
        ServiceLimitException typed = ServiceAnswers.limit(text, null).orElseThrow();
        assertThat(typed.limit()).isEqualTo(limit);
        assertThat(typed.allowed()).hasValue(allowed);
        assertThat(typed.usage()).hasValue(usage);
        assertThat(typed.isRetryable()).isFalse();
    }

    @Test
    void should_tell_transient_limits_from_permanent_ones() {
        assertThat(ServiceAnswers.limit("ERR max concurrent connections exceeded", null))
                .hasValueSatisfying(typed -> assertThat(typed.isRetryable()).isTrue());
        assertThat(ServiceAnswers.limit("READONLY Writes are temporarily rejected due to server upgrade", null))
                .hasValueSatisfying(typed -> assertThat(typed.isRetryable()).isTrue());
        assertThat(ServiceAnswers.limit("ERR This database has been suspended for exceeding the limit", null))
                .hasValueSatisfying(typed -> assertThat(typed.limit()).isEqualTo(ServiceLimit.BUDGET));
    }

    @Test
    void should_leave_other_errors_alone() {
        assertThat(ServiceAnswers.limit("ERR value is not an integer or out of range", null))
                .isEmpty();
        assertThat(ServiceAnswers.limit("READONLY You can't write against a read only replica.", null))
                .isEmpty();
    }
}
