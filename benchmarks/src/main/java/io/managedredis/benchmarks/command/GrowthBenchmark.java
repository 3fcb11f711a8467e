package io.managedredis.benchmarks.command;

import io.lettuce.core.RedisClient;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.ValueListOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import io.managedredis.lettuce.Consistency;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What a read costs to hand over, by how many keys are unproven and how many it reads. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@SuppressWarnings("NullAway.Init")
public class GrowthBenchmark {

    /** Who dispatches: {@code plain} or {@code ours}. */
    @Param({"plain", "ours"})
    public String who;

    /** Keys written whose arrival at the replica is not proven. */
    @Param("0")
    public int unproven;

    /** Keys that the command reads, none of which was written. */
    @Param("1")
    public int keys;

    private RedisClient client;
    private Dispatcher dispatcher;
    private RedisCommand<String, String, ?> read;

    /** Opens a connection. */
    @Setup
    public void open() {
        client = RedisClient.create();
        dispatcher = who.equals("ours")
                ? NoNetworkRegional.open(client, Consistency.READ_YOUR_WRITES).afterWritesTo(names("order:", unproven))
                : NoNetworkContestant.PLAIN.open(client);
        read = new Command<>(
                CommandType.MGET,
                new ValueListOutput<>(StringCodec.UTF8),
                new CommandArgs<>(StringCodec.UTF8).addKeys(names("user:", keys)));
    }

    private static List<String> names(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(number -> prefix + number).toList();
    }

    /** Closes it. */
    @TearDown
    public void close() throws IOException {
        dispatcher.close();
        client.shutdown();
    }

    /** Dispatches the read. */
    @Benchmark
    public Object dispatch() {
        return dispatcher.dispatch(read);
    }
}
