package io.managedredis.lettuce;

/**
 * Is told of each command that was answered: by which region, and how long it took. Costs nothing while none is set.
 *
 * <p>Called on the thread that completes the command, which is an I/O thread as a rule: return quickly, and never block.
 */
@FunctionalInterface
public interface CommandObserver {

    /** A command was answered, or failed. An exception thrown here is logged and goes no further. */
    void onCompleted(CompletedCommand command);
}
