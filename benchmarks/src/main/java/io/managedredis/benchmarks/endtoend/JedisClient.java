package io.managedredis.benchmarks.endtoend;

import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;

/** Jedis with its pool, on the primary; pipelines for what is asynchronous elsewhere. */
final class JedisClient implements ClientUnderTest {

    private final RedisClient client;

    JedisClient(int primaryPort, int threads) {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(threads);
        pool.setMaxIdle(threads);
        this.client = RedisClient.builder()
                .hostAndPort("127.0.0.1", primaryPort)
                .poolConfig(pool)
                .build();
    }

    @Override
    public void perform(Operation operation) {
        String answer =
                operation.isWrite() ? client.set(operation.key(), operation.value()) : client.get(operation.key());
        ClientUnderTest.requireAnswer(answer, operation);
    }

    @Override
    public void performPipelined(List<Operation> operations) {
        List<Response<String>> answers = new ArrayList<>(operations.size());
        try (AbstractPipeline pipeline = client.pipelined()) {
            for (Operation operation : operations) {
                answers.add(
                        operation.isWrite()
                                ? pipeline.set(operation.key(), operation.value())
                                : pipeline.get(operation.key()));
            }
            pipeline.sync();
        }
        for (int i = 0; i < operations.size(); i++) {
            ClientUnderTest.requireAnswer(answers.get(i).get(), operations.get(i));
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
