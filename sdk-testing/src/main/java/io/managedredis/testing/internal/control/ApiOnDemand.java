package io.managedredis.testing.internal.control;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The API's server, started when somebody first wants to know where it is. Thread safe. */
public final class ApiOnDemand implements AutoCloseable {

    private final Supplier<ApiServer> starter;
    private @Nullable ApiServer server;
    private boolean closed;

    /** Not started yet. */
    public ApiOnDemand(Supplier<ApiServer> starter) {
        this.starter = starter;
    }

    /**
     * The port of the server, which listens on return.
     *
     * @throws IllegalStateException when this was closed before the server was wanted
     */
    public synchronized int port() {
        if (server == null) {
            if (closed) {
                throw new IllegalStateException("the service is closed, and its API was never started");
            }
            server = starter.get();
        }
        return server.port();
    }

    /** Ends the server, where there is one; none is started from now on. */
    @Override
    public synchronized void close() {
        closed = true;
        if (server != null) {
            server.close();
        }
    }
}
