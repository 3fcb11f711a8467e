package io.managedredis.examples.cli;

import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedDeque;

/** What to do when the user ends the program with Ctrl-C. Safe for use by several threads. */
final class Interrupts {

    private final Deque<Runnable> actions = new ConcurrentLinkedDeque<>();

    /** Does the work, and {@code onInterrupt} if Ctrl-C is pressed meanwhile. */
    <T> T during(Callable<T> work, Runnable onInterrupt) throws Exception {
        actions.push(onInterrupt);
        try {
            return work.call();
        } finally {
            actions.remove(onInterrupt);
        }
    }

    /** Ctrl-C was pressed: does what is registered, the newest first. */
    void fire() {
        for (Runnable action = actions.poll(); action != null; action = actions.poll()) {
            action.run();
        }
    }
}
