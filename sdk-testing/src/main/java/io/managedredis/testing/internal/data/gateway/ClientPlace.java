package io.managedredis.testing.internal.data.gateway;

import java.net.InetSocketAddress;
import java.net.SocketAddress;

/**
 * Where a client is known: how each server calls its connection there, and which of the two it used last. Written on the
 * client's event loop, read from any thread.
 */
final class ClientPlace {

    private volatile long primaryId;
    private volatile long localId;
    private volatile boolean onPrimary;

    void opened(boolean primary, long id) {
        if (primary) {
            primaryId = id;
        } else {
            localId = id;
        }
    }

    void uses(boolean primary) {
        if (onPrimary != primary) {
            onPrimary = primary;
        }
    }

    void left() {
        primaryId = 0;
        localId = 0;
    }

    /** How the primary calls it; 0 when it is not connected there. */
    long primaryId() {
        return primaryId;
    }

    /** How the replica calls it; 0 when it is not connected there. */
    long localId() {
        return localId;
    }

    boolean isOnPrimary() {
        return onPrimary;
    }

    /** An address as Redis shows it. */
    static String shown(SocketAddress address) {
        if (!(address instanceof InetSocketAddress internet) || internet.getAddress() == null) {
            return "?:0";
        }
        String host = internet.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + internet.getPort();
    }
}
