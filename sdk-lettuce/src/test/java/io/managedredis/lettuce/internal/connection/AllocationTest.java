package io.managedredis.lettuce.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import io.managedredis.lettuce.internal.command.CommandRule;
import io.managedredis.lettuce.internal.command.CommandTable;
import io.managedredis.lettuce.internal.consistency.FenceSettings;
import io.managedredis.lettuce.internal.consistency.ReplicaProof;
import io.managedredis.lettuce.internal.consistency.ReplicationFence;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class AllocationTest {

    private static final int ROUNDS = 200_000;

    @Test
    void should_allocate_nothing_to_decide_where_a_read_goes_with_unproven_writes_outstanding() {
        ReplicationFence fence = new ReplicationFence(FenceSettings.DEFAULT);
        fence.requireProof();
        ReplicaProof proof = fence.attach();
        fence.subscribed(proof);
        for (int i = 0; i < 100; i++) {
            RedisCommand<String, String, String> write = command(CommandType.SET, "written" + i);
            fence.dispatched(CommandTable.standard().rule(write).keys(), write.getArgs());
        }
        RedisCommand<String, String, String> read = command(CommandType.GET, "catalogue:7");

        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = Long.MAX_VALUE;
        int near = 0;
        for (int attempt = 0; attempt < 20 && allocated > 0; attempt++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < ROUNDS; i++) {
                CommandRule rule = CommandTable.standard().rule(read);
                near += fence.mayRead(proof, 0, rule.keys(), read.getArgs()) ? 1 : 0;
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertThat(near).isPositive();
        assertThat(allocated / ROUNDS).isZero();
    }

    private static RedisCommand<String, String, String> command(CommandType type, String key) {
        return new Command<>(
                type,
                new ValueOutput<>(StringCodec.UTF8),
                new CommandArgs<>(StringCodec.UTF8).addKey(key).addValue("value"));
    }
}
