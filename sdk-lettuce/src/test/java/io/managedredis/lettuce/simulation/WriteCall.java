package io.managedredis.lettuce.simulation;

/** A write of a client. */
final class WriteCall {
    final int key;
    boolean executed;
    boolean failed;
    /** The versions of all keys right after it was executed. */
    int[] versions = {};

    WriteCall(int key) {
        this.key = key;
    }
}
