package io.managedredis.benchmarks.endtoend;

import glide.api.GlideClient;
import glide.api.models.configuration.GlideClientConfiguration;
import glide.api.models.configuration.NodeAddress;
import glide.api.models.configuration.ReadFrom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Valkey GLIDE, told to prefer the replica for reads. */
final class GlideClientUnderTest implements ClientUnderTest {

    /** It refuses what is above its limit, which by default is less than all threads' pipelines. */
    private static final int IN_FLIGHT = 4 * Load.MOST_THREADS * Load.PIPELINE;

    private final GlideClient client;

    GlideClientUnderTest(int primaryPort, int replicaPort) {
        this.client = GlideClient.createClient(GlideClientConfiguration.builder()
                        .address(address(primaryPort))
                        .address(address(replicaPort))
                        .readFrom(ReadFrom.PREFER_REPLICA)
                        .requestTimeout(10_000)
                        .inflightRequestsLimit(IN_FLIGHT)
                        .build())
                .join();
    }

    private static NodeAddress address(int port) {
        return NodeAddress.builder().host("127.0.0.1").port(port).build();
    }

    @Override
    public void perform(Operation operation) throws InterruptedException, ExecutionException {
        ClientUnderTest.requireAnswer(send(operation).get(), operation);
    }

    @Override
    public void performPipelined(List<Operation> operations) throws InterruptedException, ExecutionException {
        List<CompletableFuture<String>> answers = new ArrayList<>(operations.size());
        for (Operation operation : operations) {
            answers.add(send(operation));
        }
        for (int i = 0; i < operations.size(); i++) {
            ClientUnderTest.requireAnswer(answers.get(i).get(), operations.get(i));
        }
    }

    private CompletableFuture<String> send(Operation operation) {
        return operation.isWrite() ? client.set(operation.key(), operation.value()) : client.get(operation.key());
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (ExecutionException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
