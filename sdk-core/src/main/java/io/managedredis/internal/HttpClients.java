package io.managedredis.internal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.http.HttpClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends HTTP clients as far as the running JDK can. */
public final class HttpClients {

    private static final Logger LOG = LoggerFactory.getLogger(HttpClients.class);

    private HttpClients() {}

    /**
     * Ends the client at once. Before JDK 21 there is no such method: the client's thread ends when nobody holds the client any
     * more.
     */
    public static void shutdown(HttpClient client) {
        try {
            Method shutdownNow = HttpClient.class.getMethod("shutdownNow");
            shutdownNow.invoke(client);
        } catch (NoSuchMethodException olderJdk) {
            LOG.trace("HTTP clients cannot be shut down on this JDK");
        } catch (IllegalAccessException | InvocationTargetException failed) {
            LOG.debug("The HTTP client could not be shut down", failed);
        }
    }
}
