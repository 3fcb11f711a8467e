package io.managedredis.lettuce.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CommandAllocationTest {

    private static final int CALLS = 20_000;

    private final CommandTable table = CommandTable.standard();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @MethodSource("reads")
    void should_classify_a_read_and_hash_its_keys_without_allocating(RedisCommand<?, ?, ?> command) {
        long sum = run(command);
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        sum += run(command);
        long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        assertThat(sum).isNotZero();
        // Measuring may allocate a little itself; one object a call would be sixteen bytes a call.
        assertThat(allocated).isLessThan(CALLS);
    }

    static Stream<Named<RedisCommand<?, ?, ?>>> reads() {
        return Stream.of(
                Named.of("text", command(CommandType.GET, StringCodec.UTF8, Stream.of("catalogue:7:a-longer-name"))),
                Named.of(
                        "text, not ASCII",
                        command(CommandType.GET, StringCodec.UTF8, Stream.of("каталог:7:a-longer-name"))),
                Named.of(
                        "bytes",
                        command(
                                CommandType.GET,
                                ByteArrayCodec.INSTANCE,
                                Stream.of("catalogue:7:a-longer-name".getBytes(StandardCharsets.UTF_8)))),
                Named.of("several keys", command(CommandType.MGET, StringCodec.UTF8, Stream.of("a", "b", "c"))),
                Named.of("a counted key", counted()));
    }

    private long run(RedisCommand<?, ?, ?> command) {
        long sum = 0;
        for (int call = 0; call < CALLS; call++) {
            CommandRule rule = table.rule(command);
            int keys = rule.keys().count(command.getArgs());
            for (int i = 0; i < keys; i++) {
                sum += rule.keys().hash(command.getArgs(), i);
            }
        }
        return sum;
    }

    private static <K, V> RedisCommand<K, V, String> command(CommandType type, RedisCodec<K, V> codec, Stream<K> keys) {
        return new AsyncCommand<>(
                new Command<>(type, new StatusOutput<>(codec), new CommandArgs<>(codec).addKeys(keys.toList())));
    }

    private static RedisCommand<String, String, String> counted() {
        CommandArgs<String, String> args =
                new CommandArgs<>(StringCodec.UTF8).add(2).addKeys("a", "b");
        return new Command<>(CommandType.SINTERCARD, new StatusOutput<>(StringCodec.UTF8), args);
    }
}
