package io.managedredis.benchmarks.service;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** The other end of a {@link io.managedredis.benchmarks.support.WorkerJvm} whose one answer is always the same. */
final class Answers {

    private Answers() {}

    /** Gives this answer to every line, until there are no more. */
    static void give(String answer) throws IOException {
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (questions.readLine() != null) {
            System.out.println(answer);
        }
    }
}
