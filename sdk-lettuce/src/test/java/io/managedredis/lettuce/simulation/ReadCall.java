package io.managedredis.lettuce.simulation;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A read of a client. */
final class ReadCall {

    enum Mode {
        EVENTUAL,
        READ_YOUR_WRITES,
        AT_MOST
    }

    /** One sending of the read: where, decided when, and what replicas had shown of the key before reads came here. */
    record Attempt(Node node, long decidedAt, int floor) {}

    final int process;
    final int connection;
    final int key;
    final Mode mode;
    final long bound;
    final long position;
    final long dispatchedAt;
    final int acknowledged;
    final List<WriteCall> sentBefore;
    final Set<Node> tried = new HashSet<>();
    int attempt;
    boolean done;

    ReadCall(
            int process,
            int connection,
            int key,
            Mode mode,
            long bound,
            long position,
            long dispatchedAt,
            int acknowledged,
            List<WriteCall> sentBefore) {
        this.process = process;
        this.connection = connection;
        this.key = key;
        this.mode = mode;
        this.bound = bound;
        this.position = position;
        this.dispatchedAt = dispatchedAt;
        this.acknowledged = acknowledged;
        this.sentBefore = sentBefore;
    }

    @Override
    public String toString() {
        return mode + " of key " + key + " by process " + process + " connection " + connection + " sent at "
                + dispatchedAt / 1000 + " us";
    }
}
