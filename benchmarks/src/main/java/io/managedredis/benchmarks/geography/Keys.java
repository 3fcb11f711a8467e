package io.managedredis.benchmarks.geography;

/** The keys that are read and written, chosen evenly. */
final class Keys {

    static final int COUNT = 100_000;
    static final String VALUE = "v".repeat(100);

    private Keys() {}

    static String name(int number) {
        return "user:" + number;
    }
}
