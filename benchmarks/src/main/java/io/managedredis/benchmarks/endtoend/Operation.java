package io.managedredis.benchmarks.endtoend;

/** One thing to do: write the value to the key, or read the key. */
record Operation(boolean isWrite, String key, String value) {}
