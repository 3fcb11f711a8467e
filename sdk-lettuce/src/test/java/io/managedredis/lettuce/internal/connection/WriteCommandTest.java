package io.managedredis.lettuce.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.CommandWrapper;
import io.lettuce.core.protocol.RedisCommand;
import io.managedredis.lettuce.internal.command.CommandTable;
import io.managedredis.lettuce.internal.command.KeyHash;
import io.managedredis.lettuce.internal.consistency.ReplicaProof;
import io.managedredis.lettuce.internal.consistency.ReplicationFence;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A write is in flight from its marking to its end, whatever that is. */
class WriteCommandTest {

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Staleness staleness = new Staleness(System::nanoTime, timer);
    private final ReplicationFence fence = staleness.fence();
    private final ReplicaProof replica = fence.attach();
    private long now = 1_000_000_000;

    @BeforeEach
    void start() {
        fence.requireProof();
        fence.subscribed(replica);
    }

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    static Stream<Consumer<RedisCommand<String, String, String>>> ends() {
        return Stream.of(
                RedisCommand::complete,
                RedisCommand::cancel,
                command -> command.completeExceptionally(new IllegalStateException()));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void should_end_its_mark_once(Consumer<RedisCommand<String, String, String>> end) {
        WriteCommand<String, String, String> command = set("key");
        assertThat(mark(command)).isSameAs(command);
        WriteCommand<String, String, String> other = set("key");
        mark(other);

        end.accept(command);
        end.accept(command);
        command.complete();
        assertThat(isProvenAfterAFence("key")).isFalse();
        end.accept(other);
        assertThat(fence.wantsPublish()).isTrue();
        assertThat(isProvenAfterAFence("key")).isTrue();
    }

    @ParameterizedTest
    @MethodSource("ends")
    void should_end_the_marks_of_several_keys(Consumer<RedisCommand<String, String, String>> end) {
        WriteCommand<String, String, String> command = new WriteCommand<>(command(CommandType.DEL, "a", "b", "c"));
        assertThat(mark(command)).isSameAs(command);
        assertThat(isProvenAfterAFence("c")).isFalse();
        end.accept(command);
        assertThat(isProvenAfterAFence("a")).isTrue();
        assertThat(isProvenAfterAFence("c")).isTrue();
    }

    @Test
    void should_end_its_mark_before_the_caller_has_the_answer() {
        WriteCommand<String, String, String> command = set("key");
        mark(command);
        boolean[] ended = new boolean[1];
        command.thenRun(() -> ended[0] = command.isUnmarked());
        command.complete();
        assertThat(ended[0]).isTrue();
    }

    @Test
    void should_be_wrapped_when_it_is_sent_a_second_time() {
        WriteCommand<String, String, String> command = set("key");
        mark(command);
        RedisCommand<String, String, String> again = mark(command);
        assertThat(again).isInstanceOf(CommandWrapper.class);
        again.complete();
        assertThat(isProvenAfterAFence("key")).isTrue();
    }

    private RedisCommand<String, String, String> mark(RedisCommand<String, String, String> command) {
        return staleness.marking(CommandTable.standard().rule(command), command);
    }

    private boolean isProvenAfterAFence(String key) {
        now += 1_000_000_000;
        long number = fence.beginPublish(now);
        if (number != ReplicationFence.NO_FENCE) {
            fence.publishEnded(number);
            fence.received(replica, number, now);
        }
        return !fence.mustReadFromPrimary(replica, KeyHash.of(key));
    }

    private static WriteCommand<String, String, String> set(String key) {
        return new WriteCommand<>(new Command<>(
                CommandType.SET,
                new StatusOutput<>(StringCodec.UTF8),
                new CommandArgs<>(StringCodec.UTF8).addKey(key).addValue("value")));
    }

    private static RedisCommand<String, String, String> command(CommandType type, String... keys) {
        CommandArgs<String, String> args = new CommandArgs<>(StringCodec.UTF8);
        for (String key : keys) {
            args.addKey(key);
        }
        return new Command<>(type, new StatusOutput<>(StringCodec.UTF8), args);
    }
}
