package io.managedredis.lettuce.internal.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.managedredis.lettuce.internal.command.CommandRule;
import io.managedredis.lettuce.internal.command.CommandTable;
import io.managedredis.lettuce.internal.command.KeyHash;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ReadAllocationTest {

    private static final int CALLS = 20_000;
    private static final int UNPROVEN = 1_000;

    private final ReplicationFence fence = new ReplicationFence(FenceSettings.DEFAULT);
    private final ReplicaProof replica = fence.attach();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void should_decide_a_read_without_allocating_while_writes_are_unproven() {
        fence.requireProof();
        for (int key = 0; key < UNPROVEN; key++) {
            fence.dispatched(KeyHash.of(("key:" + key).getBytes(StandardCharsets.US_ASCII)))
                    .acknowledged();
        }
        CommandRule get = CommandTable.standard().rule(CommandType.GET, null);
        CommandArgs<String, String> written = new CommandArgs<>(StringCodec.UTF8).addKey("key:7");
        CommandArgs<String, String> untouched = new CommandArgs<>(StringCodec.UTF8).addKey("catalogue:7");
        assertThat(fence.mayRead(replica, 0, get.keys(), written)).isFalse();
        assertThat(fence.mayRead(replica, 0, get.keys(), untouched)).isTrue();

        run(get, written, untouched);
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        int allowed = run(get, written, untouched);
        long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;

        assertThat(allowed).isEqualTo(CALLS);
        // Measuring may allocate a little itself; one object a call would be sixteen bytes a call.
        assertThat(allocated).isLessThan(CALLS);
    }

    private int run(CommandRule get, CommandArgs<?, ?> written, CommandArgs<?, ?> untouched) {
        int allowed = 0;
        for (int call = 0; call < CALLS; call++) {
            allowed += fence.mayRead(replica, 0, get.keys(), written) ? 1 : 0;
            allowed += fence.mayRead(replica, 0, get.keys(), untouched) ? 1 : 0;
            allowed += fence.isWithin(replica, call, 1_000) ? 1 : 0;
        }
        return allowed;
    }
}
