package io.managedredis.testing.internal.data.gateway;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a client has made of its connection. Used on one event loop. */
final class SessionState {

    /** Requests that make another upstream like those there are, by what they set. */
    final Map<String, byte[]> setup = new LinkedHashMap<>();

    boolean authenticated;
    boolean resp3;
    int database;

    boolean inTransaction;
    boolean watching;

    /** Everything goes to the primary from now on: it alone knows what the client asked for. */
    boolean pinned;

    /** The client is a user that another client defined, not the one the gateway authenticates as. */
    boolean otherUser;

    void reset() {
        setup.clear();
        authenticated = false;
        resp3 = false;
        database = 0;
        inTransaction = false;
        watching = false;
        pinned = false;
        otherUser = false;
    }
}
