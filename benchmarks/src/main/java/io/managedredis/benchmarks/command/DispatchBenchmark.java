package io.managedredis.benchmarks.command;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.protocol.RedisCommand;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What it costs to hand a command over, without a network. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@SuppressWarnings("NullAway.Init")
public class DispatchBenchmark {

    /** Who dispatches. */
    @Param
    public NoNetworkContestant contestant;

    /** What is dispatched. */
    @Param
    public Work work;

    private RedisClient client;
    private Dispatcher dispatcher;
    private RedisAsyncCommands<String, String> writes;
    private RedisCommand<String, String, ?> read;
    private boolean reads;

    /** Opens the contestant. */
    @Setup
    public void open() {
        client = RedisClient.create();
        dispatcher = contestant.open(client);
        writes = dispatcher.writes();
        reads = work.reads();
        read = reads ? work.read() : Work.GET.read();
    }

    /** Closes it. */
    @TearDown
    public void close() throws IOException {
        dispatcher.close();
        client.shutdown();
    }

    /** Dispatches one command: a read that was made before, or a write made for the purpose. */
    @Benchmark
    public Object dispatch() {
        return reads ? dispatcher.dispatch(read) : work.write(writes);
    }
}
