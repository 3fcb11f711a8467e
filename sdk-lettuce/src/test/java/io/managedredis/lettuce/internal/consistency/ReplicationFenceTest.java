package io.managedredis.lettuce.internal.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.managedredis.error.InvalidRequestException;
import io.managedredis.lettuce.internal.command.CommandRule;
import io.managedredis.lettuce.internal.command.CommandTable;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReplicationFenceTest {

    private static final long KEY = 0x123456789ABCDEFL;
    private static final long OTHER_KEY = 0x76543210FEDCBA98L;
    private static final long MILLIS = 1_000_000;
    private static final long RESEND = FenceSettings.DEFAULT.resendInterval().toNanos();

    private final ReplicationFence fence = new ReplicationFence(new FenceSettings(
            16_384, Duration.ZERO, FenceSettings.DEFAULT.resendInterval(), FenceSettings.DEFAULT.publishTimeout()));
    private final ReplicaProof replica = fence.attach();

    {
        fence.requireProof();
    }

    private long now = 1_000 * MILLIS;

    @Test
    void should_read_anything_from_the_replica_before_the_first_write() {
        assertThat(fence.mustReadFromPrimary(replica, KEY)).isFalse();
    }

    @Test
    void should_read_only_the_written_key_from_the_primary() {
        write(KEY);
        assertThat(fence.mustReadFromPrimary(replica, KEY)).isTrue();
        assertThat(fence.mustReadFromPrimary(replica, OTHER_KEY)).isFalse();
    }

    @Test
    void should_read_a_key_from_the_primary_while_its_write_is_in_flight() {
        fence.subscribed(replica);
        WriteMark mark = fence.dispatched(KEY);
        assertThat(fence.mustReadFromPrimary(replica, KEY)).isTrue();
        assertThat(fence.wantsPublish()).isFalse();
        mark.acknowledged();
        assertThat(fence.mustReadFromPrimary(replica, KEY)).isTrue();
        assertThat(fence.wantsPublish()).isTrue();
    }

    @Test
    void should_read_a_key_from_the_replica_once_a_fence_has_proven_it() {
        fence.subscribed(replica);
        write(KEY);
        prove(publish());
        assertThat(fence.mustReadFromPrimary(replica, KEY)).isFalse();
    }

    @Test
    void should_keep_a_key_at_the_primary_when_it_was_written_again_after_the_fence_was_sent() {
        fence.subscribed(replica);
        write(KEY);
        long number = publish();
        write(KEY);
        prove(number);
        assertThat(fence.mustReadFromPrimary(replica, KEY)).isTrue();
        prove(publish());
        assertThat(fence.mustReadFromPrimary(replica, KEY)).isFalse();
    }

    @Test
    void should_not_let_a_fence_prove_a_write_that_was_in_flight_when_it_was_sent() {
        fence.subscribed(replica);
        write(OTHER_KEY);
        WriteMark slow = fence.dispatched(KEY);
        long number = publish();
        prove(number);
        assertThat(fence.mustReadFromPrimary(replica, KEY)).isTrue();
        slow.acknowledged();
        assertThat(fence.mustReadFromPrimary(replica, KEY)).isTrue();
        prove(publish());
        assertThat(fence.mustReadFromPrimary(replica, KEY)).isFalse();
    }

    @Test
    void should_wait_for_each_of_several_writes_of_one_key() {
        fence.subscribed(replica);
        WriteMark first = fence.dispatched(KEY);
        WriteMark second = fence.dispatched(KEY);
        first.acknowledged();
        prove(publish());
        assertThat(fence.mustReadFromPrimary(replica, KEY)).isTrue();
        second.acknowledged();
        prove(publish());
        assertThat(fence.mustReadFromPrimary(replica, KEY)).isFalse();
    }

    @Test
    void should_ignore_a_second_end_of_a_mark() {
        fence.subscribed(replica);
        WriteMark mark = fence.dispatched(KEY);
        WriteMark other = fence.dispatched(KEY);
        assertThat(mark.acknowledged()).isEqualTo(1);
        assertThat(mark.acknowledged()).isZero();
        mark.neverSent();
        prove(publish());
        assertThat(fence.mustReadFromPrimary(replica, KEY)).isTrue();
        other.acknowledged();
        prove(publish());
        assertThat(fence.mustReadFromPrimary(replica, KEY)).isFalse();
    }

    @Test
    void should_forget_a_write_that_was_never_sent() {
        fence.subscribed(replica);
        fence.dispatched(KEY).neverSent();
        fence.everythingDispatched().neverSent();
        assertThat(fence.mustReadFromPrimary(replica, KEY)).isFalse();
        assertThat(fence.beginPublish(now)).isEqualTo(ReplicationFence.NO_FENCE);
    }

    @Test
    void should_read_all_keys_from_the_primary_after_a_write_to_everything() {
        fence.subscribed(replica);
        WriteMark mark = fence.everythingDispatched();
        assertThat(fence.mustReadFromPrimary(replica, KEY)).isTrue();
        mark.acknowledged();
        assertThat(fence.mustReadFromPrimary(replica, KEY)).isTrue();
        prove(publish());
        assertThat(fence.mustReadFromPrimary(replica, KEY)).isFalse();
    }

    @Test
    void should_read_all_keys_from_the_primary_when_more_are_unproven_than_the_table_holds() {
        ReplicationFence small = new ReplicationFence(
                new FenceSettings(1, Duration.ZERO, Duration.ofMillis(200), Duration.ofSeconds(5)));
        small.requireProof();
        ReplicaProof behind = small.attach();
        small.subscribed(behind);
        for (long key = 1; key <= 9; key++) {
            small.dispatched(key << 44).acknowledged();
        }
        assertThat(small.mustReadFromPrimary(behind, 1_000L << 44)).isTrue();
        long number = small.beginPublish(now);
        small.received(behind, number, now);
        assertThat(small.mustReadFromPrimary(behind, 1_000L << 44)).isFalse();
        assertThat(small.mustReadFromPrimary(behind, 3L << 44)).isFalse();
    }

    @Test
    void should_prove_each_replica_by_itself() {
        ReplicaProof second = fence.attach();
        fence.subscribed(replica);
        fence.subscribed(second);
        write(KEY);
        prove(publish());
        assertThat(fence.mustReadFromPrimary(replica, KEY)).isFalse();
        assertThat(fence.mustReadFromPrimary(second, KEY)).isTrue();
    }

    @Test
    void should_drop_a_replica_that_is_far_behind_rather_than_lose_the_locality_of_the_others() {
        ReplicationFence small = new ReplicationFence(
                new FenceSettings(1, Duration.ZERO, Duration.ofMillis(200), Duration.ofSeconds(5)));
        small.requireProof();
        ReplicaProof good = small.attach();
        ReplicaProof stuck = small.attach();
        small.subscribed(good);
        small.subscribed(stuck);
        for (long key = 1; key < 100; key++) {
            small.dispatched(key << 44).acknowledged();
            assertThat(small.mustReadFromPrimary(good, 500L << 44)).isFalse();
            long number = small.beginPublish(now);
            small.publishEnded(number);
            small.received(good, number, now);
        }
        assertThat(small.mustReadFromPrimary(good, 3L << 44)).isFalse();
        assertThat(small.mustReadFromPrimary(good, 500L << 44)).isFalse();
        assertThat(small.mustReadFromPrimary(stuck, 99L << 44)).isTrue();
        assertThat(small.mustReadFromPrimary(stuck, 500L << 44)).isTrue();

        small.dispatched(KEY).acknowledged();
        long number = small.beginPublish(now);
        small.received(good, number, now);
        small.received(stuck, number, now);
        assertThat(small.mustReadFromPrimary(stuck, 99L << 44)).isFalse();
    }

    @Test
    void should_prove_nothing_from_the_loss_of_the_subscriber_to_a_fence_sent_after_its_return() {
        fence.subscribed(replica);
        write(KEY);
        long before = publish();
        fence.lost(replica);
        assertThat(fence.mustReadFromPrimary(replica, OTHER_KEY)).isTrue();
        assertThat(fence.received(replica, before, now)).isFalse();
        fence.subscribed(replica);
        prove(before);
        assertThat(fence.mustReadFromPrimary(replica, OTHER_KEY)).isTrue();
        prove(publish());
        assertThat(fence.mustReadFromPrimary(replica, KEY)).isFalse();
        assertThat(fence.mustReadFromPrimary(replica, OTHER_KEY)).isFalse();
    }

    @Test
    void should_need_a_fence_for_a_replica_that_joins_after_writes() {
        write(KEY);
        ReplicaProof late = fence.attach();
        assertThat(fence.mustReadFromPrimary(late, OTHER_KEY)).isTrue();
        fence.subscribed(late);
        long number = publish();
        fence.received(late, number, now);
        assertThat(fence.mustReadFromPrimary(late, KEY)).isFalse();
    }

    @Test
    void should_not_let_a_fence_sent_before_the_endpoint_changed_prove_anything() {
        fence.subscribed(replica);
        write(KEY);
        long before = publish();
        fence.requireFresh(replica);
        prove(before);
        assertThat(fence.mustReadFromPrimary(replica, OTHER_KEY)).isTrue();
        prove(publish());
        assertThat(fence.mustReadFromPrimary(replica, OTHER_KEY)).isFalse();
    }

    @Test
    void should_read_from_the_primary_what_is_asked_of_a_detached_replica() {
        fence.subscribed(replica);
        fence.detach(replica);
        fence.subscribed(replica);
        fence.requireFresh(replica);
        assertThat(fence.mustReadFromPrimary(replica, KEY)).isTrue();
        write(KEY);
        assertThat(fence.beginPublish(now)).isEqualTo(ReplicationFence.NO_FENCE);
    }

    @Test
    void should_ignore_numbers_that_were_never_sent_or_are_old() {
        fence.subscribed(replica);
        write(KEY);
        assertThat(fence.received(replica, 1, now)).isFalse();
        assertThat(fence.received(replica, Long.MAX_VALUE, now)).isFalse();
        assertThat(fence.received(replica, -5, now)).isFalse();
        assertThat(fence.mustReadFromPrimary(replica, KEY)).isTrue();
        long number = publish();
        assertThat(fence.received(replica, number, now)).isTrue();
        assertThat(fence.received(replica, number, now)).isFalse();
    }

    @Test
    void should_send_one_fence_for_many_writes_and_have_one_on_its_way_at_most() {
        fence.subscribed(replica);
        write(KEY);
        write(OTHER_KEY);
        long first = fence.beginPublish(now);
        assertThat(first).isEqualTo(1);
        write(KEY);
        assertThat(fence.wantsPublish()).isTrue();
        assertThat(fence.beginPublish(now)).isEqualTo(ReplicationFence.NO_FENCE);
        fence.publishEnded(first);
        assertThat(fence.beginPublish(now)).isEqualTo(2);
        fence.publishEnded(2);
        assertThat(fence.beginPublish(now)).isEqualTo(ReplicationFence.NO_FENCE);
    }

    @Test
    void should_send_nothing_while_nobody_listens_or_nothing_is_unproven() {
        write(KEY);
        assertThat(fence.nanosUntilDecision(now)).isEqualTo(Long.MAX_VALUE);
        fence.subscribed(replica);
        assertThat(fence.nanosUntilDecision(now)).isZero();
        prove(publish());
        assertThat(fence.nanosUntilDecision(now)).isEqualTo(Long.MAX_VALUE);
        assertThat(fence.wantsPublish()).isFalse();
    }

    @Test
    void should_send_another_fence_when_one_does_not_arrive() {
        fence.subscribed(replica);
        write(KEY);
        long lost = publish();
        assertThat(fence.nanosUntilDecision(now)).isEqualTo(RESEND);
        now += RESEND - 1;
        assertThat(fence.beginPublish(now)).isEqualTo(ReplicationFence.NO_FENCE);
        now++;
        long second = fence.beginPublish(now);
        assertThat(second).isGreaterThan(lost);
        prove(second);
        assertThat(fence.mustReadFromPrimary(replica, KEY)).isFalse();
    }

    @Test
    void should_stop_waiting_for_the_answer_to_a_fence_after_the_time_out() {
        fence.subscribed(replica);
        write(KEY);
        fence.beginPublish(now);
        assertThat(fence.nanosUntilDecision(now))
                .isEqualTo(Duration.ofSeconds(5).toNanos());
        now += Duration.ofSeconds(5).toNanos();
        assertThat(fence.beginPublish(now)).isEqualTo(2);
        fence.publishEnded(1);
        write(KEY);
        assertThat(fence.beginPublish(now)).isEqualTo(ReplicationFence.NO_FENCE);
    }

    @Test
    void should_keep_the_least_interval_between_fences() {
        ReplicationFence slow = new ReplicationFence(
                new FenceSettings(64, Duration.ofMillis(10), Duration.ofMillis(200), Duration.ofSeconds(5)));
        slow.requireProof();
        ReplicaProof proof = slow.attach();
        slow.subscribed(proof);
        slow.dispatched(KEY).acknowledged();
        slow.publishEnded(slow.beginPublish(now));
        slow.dispatched(KEY).acknowledged();
        assertThat(slow.nanosUntilDecision(now)).isEqualTo(10 * MILLIS);
        assertThat(slow.beginPublish(now + 10 * MILLIS)).isEqualTo(2);
    }

    @Test
    void should_send_fences_less_often_while_they_take_long_to_arrive() {
        ReplicationFence slow = new ReplicationFence(
                new FenceSettings(64, Duration.ofMillis(5), Duration.ofMillis(200), Duration.ofSeconds(5)));
        slow.requireProof();
        ReplicaProof proof = slow.attach();
        slow.subscribed(proof);
        slow.dispatched(KEY).acknowledged();
        long number = slow.beginPublish(now);
        slow.publishEnded(number);
        slow.received(proof, number, now + 320 * MILLIS);
        slow.dispatched(KEY).acknowledged();
        assertThat(slow.nanosUntilDecision(now)).isEqualTo(20 * MILLIS);
        now += 20 * MILLIS;
        number = slow.beginPublish(now);
        slow.publishEnded(number);
        slow.received(proof, number, now + 60_000 * MILLIS);
        slow.dispatched(KEY).acknowledged();
        assertThat(slow.nanosUntilDecision(now)).isEqualTo(200 * MILLIS);
    }

    @Test
    void should_send_no_fence_for_writes_and_keep_nothing_of_them_until_somebody_asks() {
        ReplicationFence unasked = new ReplicationFence(
                new FenceSettings(1, Duration.ZERO, Duration.ofMillis(200), Duration.ofSeconds(5)));
        ReplicaProof proof = unasked.attach();
        unasked.subscribed(proof);
        for (long key = 1; key <= 100; key++) {
            unasked.dispatched(key << 44).acknowledged();
        }
        unasked.requireFresh(proof);
        assertThat(unasked.wantsPublish()).isFalse();
        assertThat(unasked.nanosUntilDecision(now)).isEqualTo(Long.MAX_VALUE);
        WriteMark inFlight = unasked.dispatched(KEY);

        unasked.requireProof();
        assertThat(unasked.mustReadFromPrimary(proof, OTHER_KEY)).isTrue();
        long number = unasked.beginPublish(now);
        unasked.publishEnded(number);
        unasked.received(proof, number, now);
        assertThat(unasked.mustReadFromPrimary(proof, OTHER_KEY)).isFalse();
        assertThat(unasked.mustReadFromPrimary(proof, KEY)).isTrue();
        inFlight.acknowledged();
        assertThat(unasked.mustReadFromPrimary(proof, KEY)).isTrue();
        assertThat(unasked.wantsPublish()).isTrue();
    }

    @Test
    void should_read_from_the_replica_at_once_when_nothing_was_written_before_somebody_asks() {
        ReplicationFence unasked = new ReplicationFence(FenceSettings.DEFAULT);
        ReplicaProof proof = unasked.attach();
        unasked.subscribed(proof);
        unasked.requireProof();
        assertThat(unasked.mustReadFromPrimary(proof, KEY)).isFalse();
        assertThat(unasked.nanosUntilDecision(now)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void should_send_fences_for_a_session_and_for_a_bound_though_nobody_asks_for_own_writes() {
        ReplicationFence unasked = new ReplicationFence(FenceSettings.DEFAULT);
        ReplicaProof proof = unasked.attach();
        unasked.subscribed(proof);
        unasked.dispatched(KEY).acknowledged();
        assertThat(unasked.isWithin(proof, now, 100 * MILLIS)).isFalse();
        long first = unasked.beginPublish(now);
        assertThat(first).isNotEqualTo(ReplicationFence.NO_FENCE);
        unasked.publishEnded(first);
        now += 10_000 * MILLIS;
        assertThat(unasked.nanosUntilDecision(now)).isEqualTo(Long.MAX_VALUE);
        assertThat(unasked.wantFence()).isEqualTo(first + 1);
        assertThat(unasked.nanosUntilDecision(now)).isZero();
    }

    @Test
    void should_mark_one_key_without_an_object_as_with_one() {
        fence.subscribed(replica);
        int place = fence.mark(KEY);
        assertThat(fence.mustReadFromPrimary(replica, KEY)).isTrue();
        assertThat(fence.wantsPublish()).isFalse();
        fence.unmark(place);
        assertThat(fence.mustReadFromPrimary(replica, KEY)).isTrue();
        prove(publish());
        assertThat(fence.mustReadFromPrimary(replica, KEY)).isFalse();
    }

    @Test
    void should_mark_nothing_when_a_key_cannot_be_encoded() {
        CommandArgs<Object, Object> unfit = new CommandArgs<>(new Unencodable())
                .addKey("a")
                .addValue("1")
                .addKey("b")
                .addValue("2");
        assertThatThrownBy(() -> fence.dispatched(rule(CommandType.MSET).keys(), unfit))
                .isInstanceOf(IllegalArgumentException.class);
        fence.subscribed(replica);
        write(KEY);
        prove(publish());
        assertThat(fence.mayRead(replica, 0, rule(CommandType.DBSIZE).keys(), null))
                .isTrue();
    }

    @Test
    void should_measure_lag_and_staleness_from_the_time_a_fence_was_sent() {
        fence.subscribed(replica);
        assertThat(replica.stalenessNanos(now)).isEqualTo(Long.MAX_VALUE);
        assertThat(replica.lagNanos()).isEqualTo(-1);
        write(KEY);
        long number = publish();
        fence.received(replica, number, now + 7 * MILLIS);
        assertThat(replica.lagNanos()).isEqualTo(7 * MILLIS);
        assertThat(replica.stalenessNanos(now + 9 * MILLIS)).isEqualTo(9 * MILLIS);
        fence.lost(replica);
        assertThat(replica.stalenessNanos(now)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void should_keep_fences_flowing_while_a_bound_on_staleness_is_asked_for_and_stop_after() {
        fence.subscribed(replica);
        long bound = 100 * MILLIS;
        assertThat(fence.nanosUntilDecision(now)).isEqualTo(Long.MAX_VALUE);
        assertThat(fence.isWithin(replica, now, bound)).isFalse();
        prove(publish());
        assertThat(fence.isWithin(replica, now + bound, bound)).isTrue();
        assertThat(fence.isWithin(replica, now + bound + 1, bound)).isFalse();
        assertThat(fence.nanosUntilDecision(now)).isEqualTo(bound / 4);
        now += 10 * bound;
        assertThat(fence.nanosUntilDecision(now)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void should_keep_fences_flowing_as_long_as_the_same_bound_is_asked_for() {
        fence.subscribed(replica);
        long bound = 100 * MILLIS;
        for (int question = 0; question < 100; question++) {
            fence.isWithin(replica, now, bound);
            prove(publish());
            assertThat(fence.nanosUntilDecision(now)).isEqualTo(bound / 4);
            now += bound / 2;
        }
    }

    @Test
    void should_serve_the_tightest_bound_asked_for_until_it_is_forgotten() {
        fence.subscribed(replica);
        fence.isWithin(replica, now, 1000 * MILLIS);
        fence.isWithin(replica, now, 100 * MILLIS);
        fence.isWithin(replica, now, 1000 * MILLIS);
        prove(publish());
        assertThat(fence.nanosUntilDecision(now)).isEqualTo(25 * MILLIS);
        now += 1000 * MILLIS;
        fence.isWithin(replica, now, 1000 * MILLIS);
        prove(publish());
        assertThat(fence.nanosUntilDecision(now)).isEqualTo(250 * MILLIS);
    }

    @Test
    void should_decide_for_all_keys_of_a_command() {
        CommandRule mget = rule(CommandType.MGET);
        CommandRule mset = rule(CommandType.MSET);
        fence.dispatched(mset.keys(), args("a", "1", "b", "2")).acknowledged();
        assertThat(fence.mayRead(replica, 0, mget.keys(), args("c", "1", "2"))).isTrue();
        assertThat(fence.mayRead(replica, 0, mget.keys(), args("c", "b"))).isFalse();
        assertThat(fence.mayRead(replica, 0, rule(CommandType.DBSIZE).keys(), null))
                .isFalse();
        assertThat(fence.mayRead(replica, 0, rule(CommandType.PING).keys(), null))
                .isTrue();
        fence.subscribed(replica);
        prove(publish());
        assertThat(fence.mayRead(replica, 0, mget.keys(), args("c", "b"))).isTrue();
        assertThat(fence.mayRead(replica, 0, rule(CommandType.DBSIZE).keys(), null))
                .isTrue();
    }

    @Test
    void should_mark_everything_when_a_command_does_not_declare_its_keys() {
        fence.dispatched(rule(CommandType.EVAL).keys(), args("script", "0")).acknowledged();
        assertThat(fence.mustReadFromPrimary(replica, KEY)).isTrue();
    }

    @Test
    void should_hold_a_session_at_the_primary_until_its_position_has_arrived() {
        CommandRule get = rule(CommandType.GET);
        assertThat(fence.mayRead(replica, 1, get.keys(), args("a"))).isFalse();
        fence.subscribed(replica);
        write(KEY);
        prove(publish());
        assertThat(fence.mayRead(replica, 1, get.keys(), args("a"))).isTrue();
        assertThat(fence.isProven(replica, 1)).isTrue();
        assertThat(fence.isProven(replica, 2)).isFalse();
    }

    @Test
    void should_refuse_settings_that_cannot_work() {
        assertThatThrownBy(() -> new FenceSettings(0, Duration.ZERO, Duration.ofMillis(1), Duration.ofMillis(1)))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(
                        () -> new FenceSettings(1, Duration.ofMillis(-1), Duration.ofMillis(1), Duration.ofMillis(1)))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> new FenceSettings(1, Duration.ZERO, Duration.ZERO, Duration.ofMillis(1)))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> new FenceSettings(1, Duration.ZERO, Duration.ofMillis(1), Duration.ZERO))
                .isInstanceOf(InvalidRequestException.class);
    }

    private static final class Unencodable implements RedisCodec<Object, Object> {
        @Override
        public Object decodeKey(ByteBuffer bytes) {
            throw new IllegalArgumentException();
        }

        @Override
        public Object decodeValue(ByteBuffer bytes) {
            throw new IllegalArgumentException();
        }

        @Override
        public ByteBuffer encodeKey(Object key) {
            if (key.equals("b")) {
                throw new IllegalArgumentException("b");
            }
            return ByteBuffer.allocate(1);
        }

        @Override
        public ByteBuffer encodeValue(Object value) {
            throw new IllegalArgumentException();
        }
    }

    private void write(long key) {
        fence.dispatched(key).acknowledged();
    }

    private long publish() {
        long number = fence.beginPublish(now);
        assertThat(number).isNotEqualTo(ReplicationFence.NO_FENCE);
        fence.publishEnded(number);
        return number;
    }

    private void prove(long number) {
        fence.received(replica, number, now);
    }

    private static CommandRule rule(CommandType type) {
        return CommandTable.standard().named(type.toString()).orElseThrow();
    }

    private static CommandArgs<String, String> args(String... words) {
        CommandArgs<String, String> args = new CommandArgs<>(StringCodec.UTF8);
        for (String word : words) {
            args.add(word);
        }
        return args;
    }
}
