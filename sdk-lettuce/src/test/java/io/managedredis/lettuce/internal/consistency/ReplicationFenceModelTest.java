package io.managedredis.lettuce.internal.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random histories against a model that keeps every write for ever and looks at all of them at each question. With room for every key
 * the answers are equal; in a small table the fence may send more to the primary, never less.
 */
class ReplicationFenceModelTest {

    private static final int STEPS = 400;
    private static final int KEYS = 24;

    @ParameterizedTest
    @MethodSource("seeds")
    void should_give_the_answers_of_the_model(long seed) {
        run(seed, 4096, true);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void should_never_trust_a_replica_that_the_model_does_not_when_keys_do_not_fit(long seed) {
        run(seed, 1, false);
    }

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    private static void run(long seed, int room, boolean exact) {
        Random random = new Random(seed);
        ReplicationFence fence = new ReplicationFence(
                new FenceSettings(room, Duration.ZERO, Duration.ofNanos(50), Duration.ofNanos(500)));
        fence.requireProof();
        Model model = new Model();
        List<ReplicaProof> replicas = new ArrayList<>();
        List<WriteMark> open = new ArrayList<>();
        long now = 0;
        for (int step = 0; step < STEPS; step++) {
            now += random.nextInt(30);
            switch (random.nextInt(14)) {
                case 0 -> {
                    if (replicas.size() < 3) {
                        ReplicaProof replica = fence.attach();
                        replicas.add(replica);
                        model.attach(replica);
                    }
                }
                case 1, 2, 3, 4 -> {
                    long key = random.nextInt(20) == 0 ? Model.EVERYTHING : random.nextInt(KEYS);
                    WriteMark mark =
                            key == Model.EVERYTHING ? fence.everythingDispatched() : fence.dispatched(hash(key));
                    model.writes.put(mark, new Model.Write(key));
                    open.add(mark);
                }
                case 5, 6, 7 -> {
                    if (!open.isEmpty()) {
                        WriteMark mark = open.remove(random.nextInt(open.size()));
                        if (random.nextInt(5) == 0) {
                            mark.neverSent();
                            model.writes.remove(mark);
                        } else {
                            mark.acknowledged();
                            model.writes.get(mark).stamp = model.next;
                        }
                    }
                }
                case 8, 9 -> {
                    long number = fence.beginPublish(now);
                    if (number != ReplicationFence.NO_FENCE) {
                        assertThat(number).isEqualTo(model.next);
                        model.next++;
                        if (random.nextInt(4) > 0) {
                            fence.publishEnded(number);
                        }
                    }
                }
                case 10, 11, 12 -> {
                    if (!replicas.isEmpty()) {
                        ReplicaProof replica = replicas.get(random.nextInt(replicas.size()));
                        long number = random.nextLong(model.next + 2);
                        fence.received(replica, number, now);
                        model.receive(replica, number);
                    }
                }
                default -> {
                    if (!replicas.isEmpty()) {
                        ReplicaProof replica = replicas.get(random.nextInt(replicas.size()));
                        switch (random.nextInt(8)) {
                            case 0 -> {
                                fence.lost(replica);
                                model.lose(replica);
                            }
                            case 1 -> {
                                fence.requireFresh(replica);
                                model.require(replica);
                            }
                            case 2 -> {
                                fence.detach(replica);
                                replicas.remove(replica);
                            }
                            default -> {
                                fence.subscribed(replica);
                                model.subscribe(replica);
                            }
                        }
                    }
                }
            }
            for (ReplicaProof replica : replicas) {
                long key = random.nextInt(KEYS);
                boolean primary = fence.mustReadFromPrimary(replica, hash(key));
                boolean expected = model.mustReadFromPrimary(replica, key);
                if (exact || expected) {
                    assertThat(primary).as("key %d at step %d", key, step).isEqualTo(expected);
                }
            }
        }
    }

    private static long hash(long key) {
        return (key + 1) * 0x9E3779B97F4A7C15L;
    }

    private static final class Model {

        static final long EVERYTHING = -1;

        private final Map<WriteMark, Write> writes = new HashMap<>();
        private final Map<ReplicaProof, Replica> replicas = new HashMap<>();
        private long next = 1;

        void attach(ReplicaProof proof) {
            Replica replica = new Replica();
            boolean nothingWritten = next == 1 && writes.isEmpty();
            replica.proven = nothingWritten ? 0 : -1;
            replica.required = Long.MAX_VALUE;
            replicas.put(proof, replica);
        }

        void subscribe(ReplicaProof proof) {
            Replica replica = replicas.get(proof);
            if (!replica.subscribed) {
                replica.subscribed = true;
                replica.required = next;
            }
        }

        void lose(ReplicaProof proof) {
            replicas.get(proof).subscribed = false;
            replicas.get(proof).proven = -1;
        }

        void require(ReplicaProof proof) {
            replicas.get(proof).proven = -1;
            replicas.get(proof).required = next;
        }

        void receive(ReplicaProof proof, long number) {
            Replica replica = replicas.get(proof);
            if (replica.subscribed && number < next && number >= replica.required) {
                replica.proven = Math.max(replica.proven, number);
            }
        }

        boolean mustReadFromPrimary(ReplicaProof proof, long key) {
            long proven = replicas.get(proof).proven;
            return proven < 0
                    || writes.values().stream()
                            .anyMatch(write -> (write.key == key || write.key == EVERYTHING) && write.stamp > proven);
        }

        private static final class Write {
            private final long key;
            private long stamp = Long.MAX_VALUE;

            Write(long key) {
                this.key = key;
            }
        }

        private static final class Replica {
            private long proven;
            private long required;
            private boolean subscribed;
        }
    }
}
