package io.managedredis.testing.fault;

/** A fault that was started. Closing ends it; closing twice does nothing. Thread safe. */
public interface ActiveFault extends AutoCloseable {

    /** What was started. */
    Fault fault();

    /** Ends the fault and returns when it has no effect any more, except on what it has already broken. */
    @Override
    void close();
}
