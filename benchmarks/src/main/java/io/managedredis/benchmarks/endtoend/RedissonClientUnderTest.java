package io.managedredis.benchmarks.endtoend;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.redisson.Redisson;
import org.redisson.api.RBucket;
import org.redisson.api.RFuture;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

/** Redisson with a primary and a replica to read from, as its defaults are. */
final class RedissonClientUnderTest implements ClientUnderTest {

    private final RedissonClient client;

    RedissonClientUnderTest(int primaryPort, int replicaPort) {
        Config config = new Config();
        config.setCodec(StringCodec.INSTANCE);
        config.useMasterSlaveServers()
                .setMasterAddress("redis://127.0.0.1:" + primaryPort)
                .addSlaveAddress("redis://127.0.0.1:" + replicaPort);
        this.client = Redisson.create(config);
    }

    @Override
    public void perform(Operation operation) {
        RBucket<String> bucket = client.getBucket(operation.key());
        if (operation.isWrite()) {
            bucket.set(operation.value());
        } else {
            ClientUnderTest.requireAnswer(bucket.get(), operation);
        }
    }

    @Override
    public void performPipelined(List<Operation> operations) throws InterruptedException, ExecutionException {
        List<RFuture<?>> answers = new ArrayList<>(operations.size());
        for (Operation operation : operations) {
            RBucket<String> bucket = client.getBucket(operation.key());
            answers.add(operation.isWrite() ? bucket.setAsync(operation.value()) : bucket.getAsync());
        }
        for (int i = 0; i < operations.size(); i++) {
            Object answer = answers.get(i).get();
            if (!operations.get(i).isWrite()) {
                ClientUnderTest.requireAnswer(answer, operations.get(i));
            }
        }
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
