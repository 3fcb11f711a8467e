package io.managedredis.lettuce.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.managedredis.lettuce.error.ServiceLimit;
import io.managedredis.lettuce.error.ServiceLimitException;
import java.util.OptionalLong;
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            RECORD_SIZE    | ERR max single record size exceeded                              | false |       |
            KEY_SIZE       | ERR max key size exceeded. Limit: 32768 bytes, Actual: 40000 b   | false | 32768 | 40000
            KEY_SIZE       | ERR max key size exceeded                                        | false |       |
            CONNECTIONS    | ERR max concurrent connections exceeded                          | true  |       |
            BUDGET         | ERR This database has been suspended for exceeding the budget. x | false |       |
            SERVER_UPGRADE | READONLY Writes are temporarily rejected due to server upgrade   | true  |       |
            DAILY_COMMANDS | ERR max daily request limit exceeded. Limit: 99999999999999999999, Usage: 1 | false |  | 1
            """)
    void should_tell_transient_limits_from_permanent_ones(
            ServiceLimit limit, String text, boolean isTransient, Long allowed, Long usage) {
        ServiceLimitException typed = ServiceAnswers.limit(text, null).orElseThrow();
        assertThat(typed.limit()).isEqualTo(limit);
        assertThat(typed.isRetryable()).isEqualTo(isTransient);
        assertThat(typed.allowed()).isEqualTo(allowed == null ? OptionalLong.empty() : OptionalLong.of(allowed));
        assertThat(typed.usage()).isEqualTo(usage == null ? OptionalLong.empty() : OptionalLong.of(usage));
        assertThat(typed).hasMessageContaining(text).hasMessageContaining(limit.remedy());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            WRONGPASS invalid username-password pair or user is disabled. | true
            NOAUTH Authentication required.                               | true
            NOSCRIPT No matching script. Please use EVAL.                 | false
            ERR Command is not available: 'SLOWLOG'. See x for details    | false
            """)
    void should_tell_refused_credentials_from_what_is_no_limit_either(String text, boolean credentials) {
        assertThat(ServiceAnswers.isCredentials(text)).isEqualTo(credentials);
        assertThat(ServiceAnswers.limit(text, null)).isEmpty();
    }

    @Test
    void should_leave_other_errors_alone() {
        assertThat(ServiceAnswers.limit("ERR value is not an integer or out of range", null))
                .isEmpty();
        assertThat(ServiceAnswers.limit("READONLY You can't write against a read only replica.", null))
                .isEmpty();
    }
}
