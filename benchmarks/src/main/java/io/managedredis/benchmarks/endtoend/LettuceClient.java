package io.managedredis.benchmarks.endtoend;

import io.lettuce.core.ReadFrom;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.masterreplica.MasterReplica;
import io.lettuce.core.masterreplica.StatefulRedisMasterReplicaConnection;
import io.managedredis.benchmarks.support.Regional;
import io.managedredis.lettuce.Consistency;
import io.managedredis.lettuce.RegionalRedis;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Whatever gives a Lettuce connection: Lettuce itself, its replica routing, and ours. One connection for all threads. */
final class LettuceClient implements ClientUnderTest {

    private final StatefulRedisConnection<String, String> connection;
    private final Runnable shutdown;

    private LettuceClient(StatefulRedisConnection<String, String> connection, Runnable shutdown) {
        this.connection = connection;
        this.shutdown = shutdown;
    }

    static LettuceClient plain(int primaryPort) {
        RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", primaryPort));
        return new LettuceClient(client.connect(), client::shutdown);
    }

    static LettuceClient masterReplica(int primaryPort, int replicaPort, ReadFrom readFrom) {
        RedisClient client = RedisClient.create();
        StatefulRedisMasterReplicaConnection<String, String> connection = MasterReplica.connect(
                client,
                StringCodec.UTF8,
                List.of(RedisURI.create("127.0.0.1", primaryPort), RedisURI.create("127.0.0.1", replicaPort)));
        connection.setReadFrom(readFrom);
        return new LettuceClient(connection, client::shutdown);
    }

    static LettuceClient regional(int primaryPort, int replicaPort, Consistency consistency) {
        RegionalRedis redis = Regional.builder(primaryPort, replicaPort)
                .consistency(consistency)
                .build();
        return new LettuceClient(redis.connect(), redis::close);
    }

    @Override
    public void perform(Operation operation) {
        String answer = operation.isWrite()
                ? connection.sync().set(operation.key(), operation.value())
                : connection.sync().get(operation.key());
        ClientUnderTest.requireAnswer(answer, operation);
    }

    @Override
    public void performPipelined(List<Operation> operations) throws InterruptedException, ExecutionException {
        List<Future<String>> answers = new ArrayList<>(operations.size());
        for (Operation operation : operations) {
            answers.add(
                    operation.isWrite()
                            ? connection.async().set(operation.key(), operation.value())
                            : connection.async().get(operation.key()));
        }
        for (int i = 0; i < operations.size(); i++) {
            ClientUnderTest.requireAnswer(answers.get(i).get(), operations.get(i));
        }
    }

    @Override
    public void close() {
        connection.close();
        shutdown.run();
    }
}
