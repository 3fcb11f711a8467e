package io.managedredis.lettuce.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.managedredis.lettuce.internal.consistency.ReplicationFence;
import io.managedredis.lettuce.internal.consistency.SessionTokens;
import io.managedredis.lettuce.internal.health.EndpointHealth;
import io.managedredis.lettuce.internal.health.SilenceWatch;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The checker is worth what it notices: each bug must be found, in some history, as what it is. */
class PlantedBugsTest {

    private static final int HISTORIES = 20_000;
    private static final String PACKAGE = "io.managedredis.lettuce.internal.consistency.";

    @ParameterizedTest
    @MethodSource("bugs")
    void should_notice(Patch patch, @TempDir Path directory) throws Exception {
        LongFunction<Optional<String>> simulation = patch.applied(directory);
        Optional<String> found = Optional.empty();
        for (long seed = 1; seed <= HISTORIES && found.isEmpty(); seed++) {
            found = simulation.apply(seed).filter(violation -> violation.contains(patch.noticed()));
        }
        assertThat(found).as(patch.bug()).isPresent();
    }

    static Stream<Patch> bugs() throws ClassNotFoundException {
        Class<?> table = Class.forName(PACKAGE + "WriteTable");
        Class<?> proof = Class.forName(PACKAGE + "ReplicaProof");
        Class<?> demand = Class.forName(PACKAGE + "FreshnessDemand");
        return Stream.of(
                new Patch(
                        "a write counts as covered by the fence before its acknowledgement",
                        ReplicationFence.class,
                        "table.leave(place, stamp);",
                        "table.leave(place, stamp - 1);",
                        "stale read of own write"),
                new Patch(
                        "the newest acknowledged write is not kept",
                        ReplicationFence.class,
                        "newestStamp.accumulateAndGet(stamp, Math::max);",
                        "",
                        "stale read of own write"),
                new Patch(
                        "a fence clears keys that were written again since",
                        table,
                        "((word & COUNT_MASK) != 0 || isNewer(word, proven))",
                        "(word & COUNT_MASK) != 0",
                        "stale read of own write"),
                new Patch(
                        "writes in flight are not looked at",
                        table,
                        "((word & COUNT_MASK) != 0 || isNewer(word, proven))",
                        "isNewer(word, proven)",
                        "overtook a write"),
                new Patch(
                        "an entry is given away while it is unproven",
                        table,
                        "(word & COUNT_MASK) == 0 && !isNewer(word, covered.upTo())",
                        "(word & COUNT_MASK) == 0",
                        "stale read of own write"),
                new Patch(
                        "a write that does not fit is not marked",
                        ReplicationFence.class,
                        "        if (place == WriteTable.EVERYTHING) {\n            table.enterEverything();\n        }\n        return place;",
                        "        return place < 0 ? 0 : place;",
                        ""),
                new Patch(
                        "a write to everything is marked for one key",
                        SimulatedProcess.class,
                        "key == Primary.ALL_KEYS ? fence.everythingDispatched() : fence.dispatched(hash(key))",
                        "fence.dispatched(hash(key))",
                        "stale read of own write"),
                new Patch(
                        "writes to everything are not looked at",
                        ReplicationFence.class,
                        "return table.isEverythingUnproven(proven) || table.isUnproven(keyHash, proven)",
                        "return table.isUnproven(keyHash, proven)",
                        "stale read of own write"),
                new Patch(
                        "writes are marked when they are acknowledged",
                        SimulatedProcess.class,
                        "        Wire wire = primary.data.get(connection).ready;\n        if (wire == null) {",
                        "        mark.acknowledged();\n        Wire wire = primary.data.get(connection).ready;\n        if (wire == null) {",
                        "read of own write"),
                new Patch(
                        "a fence sent before the subscriber came back counts",
                        proof,
                        "if (number < required) {",
                        "if (number < 0) {",
                        "stale read of own write"),
                new Patch(
                        "entries are given away that a returning replica still needs",
                        ReplicationFence.class,
                        "least = Math.min(least, replica.required());",
                        "",
                        "stale read of own write"),
                new Patch(
                        "what was written before anybody asked counts as proven",
                        ReplicationFence.class,
                        "replicas.forEach(replica -> replica.distrustUntil(next));",
                        "",
                        "stale read of own write"),
                new Patch(
                        "nothing is kept of writes after somebody has asked",
                        ReplicationFence.class,
                        "covered = proofRequired ? Math.min(least, next) : next;",
                        "covered = next;",
                        "stale read of own write"),
                new Patch(
                        "it counts as quiet while writes are in flight",
                        ReplicationFence.class,
                        "begun.sum() == over && ",
                        "",
                        "overtook a write"),
                new Patch(
                        "a write does not end the quiet",
                        ReplicationFence.class,
                        "            quiet.set(BUSY);\n",
                        "",
                        "own write"),
                new Patch(
                        "the subscriber listens at the primary",
                        SimulatedProcess.class,
                        "wire -> node.server.subscribe(",
                        "wire -> world.primary.subscribe(",
                        "stale read of own write"),
                new Patch(
                        "a replica is trusted after a reconnect",
                        SimulatedProcess.class,
                        "if (before[0] && node.proof != null) {",
                        "if (false) {",
                        ""),
                new Patch(
                        "staleness is counted from the arrival of a fence",
                        proof,
                        "currentAt = sentAt;",
                        "currentAt = now;",
                        "older than its bound"),
                new Patch(
                        "the age of the data is remembered over a restart of the replica",
                        proof,
                        "        dated = false;\n        distrustUntil(fence);",
                        "        distrustUntil(fence);",
                        "older than its bound"),
                new Patch(
                        "fences for a bound on staleness never end",
                        demand,
                        "return (now - askedAt) / BOUNDS_REMEMBERED > known;",
                        "return false;",
                        "still sends fences"),
                new Patch(
                        "tokens of other processes are trusted",
                        SessionTokens.class,
                        "unknown -> fence.wantFence()",
                        "unknown -> 0L",
                        "stale read of own write"),
                new Patch(
                        "what a session brought along is not handed on",
                        SessionTokens.class,
                        "Math.max(position, fence.position())",
                        "fence.position()",
                        "stale read of own write"),
                new Patch(
                        "reads change to another replica without a fence",
                        SimulatedProcess.class,
                        "if (before != null && after.proof != null) {",
                        "if (false) {",
                        "back in time"),
                new Patch(
                        "a fence that got lost is not followed by another",
                        ReplicationFence.class,
                        "due = Math.min(due, sinceLast(now, settings.resendInterval().toNanos()));",
                        "",
                        "does not trust"),
                new Patch(
                        "a breaker never closes again",
                        EndpointHealth.class,
                        "if (++successes >= settings.successesToClose()) {",
                        "if (++successes < 0) {",
                        "does not read from its own region"),
                new Patch(
                        "a silent replica is never left",
                        SilenceWatch.class,
                        "? Step.LEAVE : Step.NONE",
                        "? Step.NONE : Step.NONE",
                        "waited on a silent replica"),
                new Patch(
                        "a replica far away counts as silent",
                        SilenceWatch.class,
                        "Math.max(silenceNanos, ROUND_TRIPS * roundTrip)",
                        "silenceNanos",
                        "was left though it answers"),
                new Patch(
                        "a replica counts as near until it is measured",
                        SilenceWatch.class,
                        "roundTrip == EndpointHealth.UNMEASURED || ",
                        "",
                        "was left though it answers"),
                new Patch(
                        "a read whose connection broke is not sent elsewhere",
                        SimulatedProcess.class,
                        "                () -> {\n                    if (mine == read.attempt) {\n                        attempt(read);\n                    }\n                });",
                        "() -> { read.done = true; world.checker.failed(read, nodes); });",
                        "read failed while"));
    }
}
