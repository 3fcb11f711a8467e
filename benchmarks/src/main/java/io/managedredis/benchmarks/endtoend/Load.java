package io.managedredis.benchmarks.endtoend;

import java.time.Duration;

/**
 * What the clients are asked to do.
 *
 * @param writesInHundred how many of a hundred operations write
 * @param isPipelined whether each thread sends 64 operations before it waits
 * @param threads how many threads share the client
 */
record Load(int writesInHundred, boolean isPipelined, int threads) {

    static final int PIPELINE = 64;
    static final int MOST_THREADS = 16;

    String id() {
        String mix = switch (writesInHundred) {
            case 0 -> "get";
            case 100 -> "set";
            default -> (100 - writesInHundred) + "-" + writesInHundred;
        };
        return mix + (isPipelined ? ".pipelined" : ".sync") + "." + threads + (threads == 1 ? "-thread" : "-threads");
    }

    String toLine(Duration slice) {
        return writesInHundred + " " + isPipelined + " " + threads + " " + slice.toMillis();
    }

    static Load ofLine(String[] words) {
        return new Load(Integer.parseInt(words[0]), Boolean.parseBoolean(words[1]), Integer.parseInt(words[2]));
    }
}
