package io.managedredis.lettuce.internal.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Real threads write and read a few keys over one fence. The "server" is an array of versions: a write raises its key's version
 * before it is acknowledged, and the "replica" is a copy of the array made when a fence is sent and shown when that fence arrives. So
 * whoever is let to the replica must find there every version that was acknowledged before.
 */
class ReplicationFenceStressTest {

    private static final int WRITERS = 3;
    private static final int READERS = 2;
    private static final int WRITES = 60_000;

    @ParameterizedTest
    @ValueSource(ints = {4, 64, 4096})
    void should_never_let_a_read_miss_an_acknowledged_write(int keys) throws Exception {
        // Less room than keys: entries change hands all the time, and some writes do not fit.
        ReplicationFence fence = new ReplicationFence(
                new FenceSettings(keys / 4, Duration.ZERO, Duration.ofNanos(1), Duration.ofSeconds(5)));
        fence.requireProof();
        ReplicaProof quick = fence.attach();
        ReplicaProof slow = fence.attach();
        fence.subscribed(quick);
        fence.subscribed(slow);
        AtomicLongArray primary = new AtomicLongArray(keys);
        AtomicLongArray acknowledged = new AtomicLongArray(keys);
        AtomicLongArray quickReplica = new AtomicLongArray(keys);
        AtomicLongArray slowReplica = new AtomicLongArray(keys);
        AtomicBoolean done = new AtomicBoolean();

        ExecutorService threads = Executors.newFixedThreadPool(WRITERS + READERS + 1);
        try {
            List<Future<?>> writers = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                Random random = new Random(writer);
                writers.add(threads.submit(() -> {
                    for (int i = 0; i < WRITES; i++) {
                        int key = random.nextInt(keys);
                        WriteMark mark = fence.dispatched(hash(key));
                        long version = primary.incrementAndGet(key);
                        mark.acknowledged();
                        acknowledged.accumulateAndGet(key, version, Math::max);
                    }
                }));
            }
            List<Future<Long>> readers = new ArrayList<>();
            for (int reader = 0; reader < READERS; reader++) {
                ReplicaProof replica = reader == 0 ? quick : slow;
                AtomicLongArray data = reader == 0 ? quickReplica : slowReplica;
                Random random = new Random(100 + reader);
                Callable<Long> reading = () -> {
                    long stale = 0;
                    while (!done.get()) {
                        int key = random.nextInt(keys);
                        long expected = acknowledged.get(key);
                        if (!fence.mustReadFromPrimary(replica, hash(key))) {
                            stale += data.get(key) < expected ? 1 : 0;
                        }
                    }
                    return stale;
                };
                readers.add(threads.submit(reading));
            }
            Future<?> network =
                    threads.submit(() -> replicate(fence, done, primary, quick, quickReplica, slow, slowReplica));
            for (Future<?> writer : writers) {
                writer.get();
            }
            done.set(true);
            network.get();
            for (Future<Long> reader : readers) {
                assertThat(reader.get()).isZero();
            }
        } finally {
            done.set(true);
            threads.shutdownNow();
        }
        for (ReplicaProof replica : List.of(quick, slow)) {
            fence.requireFresh(replica);
        }
        long number = fence.beginPublish(1_000_000_000L);
        fence.received(quick, number, 0);
        assertThat(fence.mustReadFromPrimary(quick, hash(0))).isFalse();
    }

    private static void replicate(
            ReplicationFence fence,
            AtomicBoolean done,
            AtomicLongArray primary,
            ReplicaProof quick,
            AtomicLongArray quickReplica,
            ReplicaProof slow,
            AtomicLongArray slowReplica) {
        record Sent(long number, long[] data) {}
        Queue<Sent> delayed = new ArrayDeque<>();
        Random random = new Random(7);
        long now = 0;
        while (!done.get()) {
            now += 10;
            long number = fence.beginPublish(now);
            if (number == ReplicationFence.NO_FENCE) {
                continue;
            }
            long[] data = new long[primary.length()];
            for (int key = 0; key < data.length; key++) {
                data[key] = primary.get(key);
            }
            fence.publishEnded(number);
            show(data, quickReplica);
            fence.received(quick, number, now);
            delayed.add(new Sent(number, data));
            while (delayed.size() > random.nextInt(50)) {
                Sent arrived = delayed.remove();
                show(arrived.data, slowReplica);
                fence.received(slow, arrived.number, now);
            }
            if (random.nextInt(200) == 0) {
                fence.lost(slow);
                fence.subscribed(slow);
            }
        }
    }

    private static void show(long[] data, AtomicLongArray replica) {
        for (int key = 0; key < data.length; key++) {
            replica.set(key, data[key]);
        }
    }

    private static long hash(int key) {
        return (key + 1) * 0x9E3779B97F4A7C15L;
    }
}
