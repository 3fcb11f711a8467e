package io.managedredis.lettuce.internal.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTokensTest {

    private static final long KEY = 42;

    private final Process writer = new Process(1);
    private final Process reader = new Process(2);

    @Test
    void should_know_its_own_token() {
        writer.write();
        writer.roundTrip();
        writer.write();
        long position = writer.tokens.resume(writer.tokens.issue(0));
        assertThat(writer.fence.isProven(writer.replica, position)).isFalse();
        writer.roundTrip();
        assertThat(writer.fence.isProven(writer.replica, position)).isTrue();
    }

    @Test
    void should_need_nothing_when_nothing_was_written() {
        assertThat(writer.tokens.resume(writer.tokens.issue(0))).isZero();
    }

    @Test
    void should_ask_for_one_fence_at_the_first_use_of_a_token_from_elsewhere_and_none_later() {
        writer.write();
        String token = writer.tokens.issue(0);

        long position = reader.tokens.resume(token);
        assertThat(reader.fence.isProven(reader.replica, position)).isFalse();
        reader.roundTrip();
        assertThat(reader.fence.isProven(reader.replica, position)).isTrue();
        assertThat(reader.fence.isProven(reader.replica, reader.tokens.resume(token)))
                .isTrue();
        assertThat(reader.fence.beginPublish(0)).isEqualTo(ReplicationFence.NO_FENCE);
    }

    @Test
    void should_tell_apart_tokens_of_one_position_that_stand_for_different_writes() {
        writer.write();
        String first = writer.tokens.issue(0);
        reader.tokens.resume(first);
        reader.roundTrip();

        writer.write();
        String second = writer.tokens.issue(0);

        assertThat(reader.fence.isProven(reader.replica, reader.tokens.resume(second)))
                .isFalse();
    }

    @Test
    void should_hand_on_what_a_session_brought_along() {
        Process third = new Process(3);
        writer.write();
        long atReader = reader.tokens.resume(writer.tokens.issue(0));
        String handedOn = reader.tokens.issue(atReader);
        assertThat(third.fence.isProven(third.replica, third.tokens.resume(handedOn)))
                .isFalse();
        assertThat(reader.fence.isProven(reader.replica, reader.tokens.resume(handedOn)))
                .isFalse();
        reader.roundTrip();
        assertThat(reader.fence.isProven(reader.replica, reader.tokens.resume(handedOn)))
                .isTrue();
    }

    @Test
    void should_tell_apart_tokens_that_hand_on_different_sessions() {
        Process third = new Process(3);
        writer.write();
        String one = reader.tokens.issue(reader.tokens.resume(writer.tokens.issue(0)));
        third.tokens.resume(one);
        third.roundTrip();
        writer.write();
        String two = reader.tokens.issue(reader.tokens.resume(writer.tokens.issue(0)));
        assertThat(third.fence.isProven(third.replica, third.tokens.resume(two)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "AQ",
                "null",
                "\u0000",
                "../../etc/passwd",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void should_answer_a_text_that_is_no_token_by_reading_from_the_primary(String text) {
        long position = reader.tokens.resume(text);
        assertThat(reader.fence.isProven(reader.replica, position)).isFalse();
        reader.roundTrip();
        assertThat(reader.fence.isProven(reader.replica, position)).isTrue();
    }

    @Test
    void should_not_trust_a_token_in_which_anything_was_changed() {
        writer.write();
        writer.roundTrip();
        String token = writer.tokens.issue(0);
        assertThat(writer.fence.isProven(writer.replica, writer.tokens.resume(token)))
                .isTrue();
        for (int at = 0; at < token.length(); at++) {
            char other = token.charAt(at) == 'A' ? 'B' : 'A';
            String changed = token.substring(0, at) + other + token.substring(at + 1);
            assertThat(writer.fence.isProven(writer.replica, writer.tokens.resume(changed)))
                    .as(changed)
                    .isFalse();
        }
    }

    @Test
    void should_not_trust_a_forged_position_with_a_right_checksum() {
        writer.write();
        writer.roundTrip();
        SessionToken genuine = SessionToken.parse(writer.tokens.issue(0)).orElseThrow();
        SessionToken forged = new SessionToken(genuine.process(), 0, genuine.edition(), genuine.seal());
        SessionToken fromTheFuture =
                new SessionToken(genuine.process(), Long.MAX_VALUE, genuine.edition(), genuine.seal());
        assertThat(writer.fence.isProven(writer.replica, writer.tokens.resume(forged.text())))
                .isFalse();
        long position = writer.tokens.resume(fromTheFuture.text());
        writer.roundTrip();
        assertThat(writer.fence.isProven(writer.replica, position)).isTrue();
    }

    @Test
    void should_survive_random_text_and_random_tokens() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            SessionToken token =
                    new SessionToken(random.nextLong(), random.nextLong() >>> 1, random.nextLong(), random.nextLong());
            assertThat(SessionToken.parse(token.text())).contains(token);
            StringBuilder text = new StringBuilder(token.text());
            text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(0x80));
            long position = reader.tokens.resume(random.nextBoolean() ? text.toString() : token.text());
            assertThat(position).isPositive();
        }
        reader.roundTrip();
        assertThat(reader.fence.isProven(reader.replica, 1)).isTrue();
    }

    @Test
    void should_be_safe_in_a_cookie() {
        for (int i = 0; i < 100; i++) {
            writer.write();
            assertThat(writer.tokens.issue(0)).matches("[A-Za-z0-9_-]{50}");
        }
    }

    private static final class Process {
        private final ReplicationFence fence = new ReplicationFence(
                new FenceSettings(64, Duration.ZERO, Duration.ofMillis(200), Duration.ofSeconds(5)));
        private final SessionTokens tokens;
        private final ReplicaProof replica = fence.attach();

        Process(long seed) {
            tokens = new SessionTokens(fence, new Random(seed));
            fence.requireProof();
            fence.subscribed(replica);
        }

        void write() {
            fence.dispatched(KEY).acknowledged();
        }

        void roundTrip() {
            long number = fence.beginPublish(0);
            fence.publishEnded(number);
            fence.received(replica, number, 0);
        }
    }
}
