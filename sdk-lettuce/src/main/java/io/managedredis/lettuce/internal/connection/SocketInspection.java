package io.managedredis.lettuce.internal.connection;

/** What is done about a socket after a look at it, on its I/O thread. */
interface SocketInspection {

    /** How many looks in a row may find the same commands waiting, and nothing arriving, before the socket is closed. */
    int patience();

    /** How many looks in a row may find no command and nothing arriving before the socket is tried with a PING. */
    int idlePatience();

    /** The socket has been idle: try it. */
    void onIdle();

    /** The socket is half-open and is being closed. */
    void onHalfOpen();

    /**
     * A look that comes more often while commands wait.
     *
     * @param waiting whether commands were sent and not answered
     * @param arrivals how often anything has arrived
     */
    void onLook(boolean waiting, long arrivals);
}
