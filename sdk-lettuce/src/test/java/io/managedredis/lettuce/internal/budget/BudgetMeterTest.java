package io.managedredis.lettuce.internal.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import io.managedredis.lettuce.Budget;
import io.managedredis.lettuce.BudgetWarning;
import io.managedredis.lettuce.error.BudgetExceededException;
import io.managedredis.lettuce.error.ServiceLimit;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BudgetMeterTest {

    private final List<BudgetWarning> warnings = new ArrayList<>();
    private Instant now = Instant.parse("2026-03-01T23:00:00Z");

    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    @Test
    void should_refuse_the_first_command_above_the_days_and_begin_anew_the_next_day() {
        BudgetMeter meter = meter(Budget.unlimited().withDailyCommands(10));
        for (int i = 0; i < 10; i++) {
            assertThat(meter.admit(set("v"))).isZero();
        }
        assertThat(warnings).containsExactly(new BudgetWarning(ServiceLimit.DAILY_COMMANDS, 10, 8));
        assertThatThrownBy(() -> meter.admit(set("v")))
                .isInstanceOfSatisfying(BudgetExceededException.class, refused -> {
                    assertThat(refused.limit()).isEqualTo(ServiceLimit.DAILY_COMMANDS);
                    assertThat(refused.allowed()).isEqualTo(10);
                    assertThat(refused.usage()).isEqualTo(11);
                    assertThat(refused.isRetryable()).isFalse();
                })
                .hasMessageContaining("SET was not sent");
        now = now.plus(Duration.ofHours(2));
        assertThat(meter.admit(set("v"))).isZero();
    }

    @Test
    void should_not_count_what_the_service_does_not() {
        BudgetMeter meter = meter(Budget.unlimited().withDailyCommands(1).withCommandsPerSecond(1));
        for (CommandType free : List.of(
                CommandType.AUTH,
                CommandType.HELLO,
                CommandType.SELECT,
                CommandType.COMMAND,
                CommandType.CONFIG,
                CommandType.INFO,
                CommandType.PING,
                CommandType.QUIT)) {
            assertThat(meter.admit(command(free))).isZero();
        }
        assertThat(meter.admit(set("v"))).isZero();
        assertThatThrownBy(() -> meter.admit(set("v"))).isInstanceOf(BudgetExceededException.class);
        assertThat(meter.admit(command(CommandType.PING))).isZero();
    }

    @Test
    void should_give_each_command_its_turn_within_the_longest_wait_and_refuse_the_next() {
        BudgetMeter meter = meter(Budget.unlimited().withCommandsPerSecond(10).withLongestWait(Duration.ofMillis(250)));
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            waits.add(Duration.ofNanos(meter.admit(set("v"))).toMillis());
        }
        assertThat(waits).containsExactly(0L, 100L, 200L);
        assertThatThrownBy(() -> meter.admit(set("v")))
                .isInstanceOfSatisfying(BudgetExceededException.class, refused -> {
                    assertThat(refused.limit()).isEqualTo(ServiceLimit.COMMANDS_PER_SECOND);
                    assertThat(refused.isRetryable()).isTrue();
                });
        now = now.plusMillis(400);
        assertThat(meter.admit(set("v"))).isZero();
    }

    @Test
    void should_let_no_more_through_in_any_second_than_the_limit_and_one_burst() {
        BudgetMeter meter = meter(Budget.unlimited().withCommandsPerSecond(1_000));
        List<Long> sentAt = new ArrayList<>();
        for (int tick = 0; tick < 3_000; tick++) {
            now = now.plusMillis(1);
            for (int i = 0; i < 3; i++) {
                try {
                    meter.admit(set("v"));
                    sentAt.add(now.toEpochMilli());
                } catch (BudgetExceededException refused) {
                    assertThat(refused.limit()).isEqualTo(ServiceLimit.COMMANDS_PER_SECOND);
                }
            }
        }
        long most = sentAt.stream()
                .mapToLong(from -> sentAt.stream()
                        .filter(at -> at >= from && at < from + 1_000)
                        .count())
                .limit(1_200)
                .max()
                .orElseThrow();
        assertThat(most).isBetween(950L, 1_050L);
    }

    @Test
    void should_refuse_a_request_by_its_size_on_the_wire() {
        RedisCommand<String, String, String> fits = set("v".repeat(100));
        ByteBuf encoded = Unpooled.buffer();
        fits.encode(encoded);
        BudgetMeter meter = meter(Budget.unlimited().withRequestBytes(encoded.readableBytes()));
        assertThat(meter.admit(fits)).isZero();
        assertThatThrownBy(() -> meter.admit(set("v".repeat(101))))
                .isInstanceOfSatisfying(
                        BudgetExceededException.class,
                        refused -> assertThat(refused.usage()).isEqualTo(refused.allowed() + 1));
        assertThat(warnings).extracting(BudgetWarning::limit).containsExactly(ServiceLimit.REQUEST_SIZE);
    }

    @Test
    void should_refuse_commands_when_the_days_bytes_are_spent() {
        BudgetMeter meter = meter(Budget.unlimited().withDailyBandwidthBytes(1_000));
        meter.transferred(799);
        assertThat(warnings).isEmpty();
        meter.transferred(100);
        assertThat(warnings).containsExactly(new BudgetWarning(ServiceLimit.DAILY_BANDWIDTH, 1_000, 899));
        assertThat(meter.admit(set("v"))).isZero();
        meter.transferred(200);
        assertThatThrownBy(() -> meter.admit(set("v"))).isInstanceOf(BudgetExceededException.class);
        now = now.plus(Duration.ofHours(2));
        assertThat(meter.admit(set("v"))).isZero();
    }

    @Test
    void should_refuse_sockets_above_the_limit_until_some_are_closed() {
        BudgetMeter meter = meter(Budget.unlimited().withConnections(6));
        meter.opening(2, 2);
        meter.opening(2, 2);
        assertThatThrownBy(() -> meter.opening(1, 2)).isInstanceOf(BudgetExceededException.class);
        meter.closed(2);
        meter.opening(2, 2);
        assertThat(warnings).extracting(BudgetWarning::limit).containsExactly(ServiceLimit.CONNECTIONS);
    }

    @Test
    void should_go_on_when_the_listener_fails() {
        BudgetMeter meter = withListener(Budget.unlimited().withDailyCommands(1).onWarning(warning -> {
            throw new IllegalStateException("no listener");
        }));
        assertThat(meter.admit(set("v"))).isZero();
    }

    private BudgetMeter meter(Budget budget) {
        return withListener(budget.onWarning(warnings::add));
    }

    private BudgetMeter withListener(Budget budget) {
        return new BudgetMeter(budget.withClock(clock), () -> now.getEpochSecond() * 1_000_000_000 + now.getNano());
    }

    private static RedisCommand<String, String, String> set(String value) {
        return new Command<>(
                CommandType.SET,
                new StatusOutput<>(StringCodec.UTF8),
                new CommandArgs<>(StringCodec.UTF8).addKey("key").addValue(value));
    }

    private static RedisCommand<String, String, String> command(CommandType type) {
        return new Command<>(type, new StatusOutput<>(StringCodec.UTF8));
    }
}
