package io.managedredis.lettuce;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/** A way between a client and a server on loopback that can be slow, cut, or silent. */
final class Relay implements AutoCloseable {

    private record Chunk(long dueNanos, byte[] bytes) {}

    private final int target;
    private final ServerSocket server;
    private final Set<Closeable> sockets = ConcurrentHashMap.newKeySet();
    private volatile long delayNanos;
    private volatile boolean cut;
    private final Object gate = new Object();
    private boolean silent;
    private long accepted;
    /** Connections from this number on are silent. */
    private long silentFrom = Long.MAX_VALUE;

    Relay(int target) throws IOException {
        this.target = target;
        this.server = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
        start("accept", this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Delays everything from now on, in both directions each. */
    void delay(Duration delay) {
        delayNanos = delay.toNanos();
    }

    /** Breaks all connections, and refuses new ones until {@link #heal}. */
    void cut() {
        cut = true;
        closeSockets();
    }

    /** Keeps all connections, and lets nothing pass until {@link #heal}. */
    void silence() {
        synchronized (gate) {
            silent = true;
        }
    }

    /** The same for the connection that was made last, and those made from now on. */
    void silenceNewest() {
        synchronized (gate) {
            silentFrom = accepted;
        }
    }

    void heal() {
        cut = false;
        synchronized (gate) {
            silent = false;
            silentFrom = Long.MAX_VALUE;
            gate.notifyAll();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        heal();
        closeSockets();
    }

    private void closeSockets() {
        for (Closeable socket : sockets) {
            quietly(socket);
        }
        sockets.clear();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                if (cut) {
                    client.setSoLinger(true, 0);
                    client.close();
                    continue;
                }
                Socket upstream = open(client);
                client.setTcpNoDelay(true);
                upstream.setTcpNoDelay(true);
                sockets.add(client);
                sockets.add(upstream);
                long number = count();
                pump(client, upstream, number);
                pump(upstream, client, number);
            } catch (IOException closedOrRefused) {
                // The next one may do.
                continue;
            }
        }
    }

    /** Connects to the server; whoever finds it down is told so. */
    private Socket open(Socket client) throws IOException {
        try {
            return new Socket(InetAddress.getLoopbackAddress(), target);
        } catch (IOException down) {
            quietly(client);
            throw down;
        }
    }

    private long count() {
        synchronized (gate) {
            return ++accepted;
        }
    }

    private void pump(Socket from, Socket to, long number) {
        BlockingQueue<Chunk> queue = new LinkedBlockingQueue<>();
        start("read", () -> {
            byte[] buffer = new byte[64 * 1024];
            try {
                for (int read = from.getInputStream().read(buffer);
                        read >= 0;
                        read = from.getInputStream().read(buffer)) {
                    queue.add(new Chunk(System.nanoTime() + delayNanos, Arrays.copyOf(buffer, read)));
                }
            } catch (IOException broken) {
                // Ends as an end of stream does.
            }
            queue.add(new Chunk(System.nanoTime(), new byte[0]));
        });
        start("write", () -> {
            try {
                for (Chunk chunk = queue.take(); chunk.bytes().length > 0; chunk = queue.take()) {
                    long wait = chunk.dueNanos() - System.nanoTime();
                    if (wait > 0) {
                        java.util.concurrent.locks.LockSupport.parkNanos(wait);
                    }
                    synchronized (gate) {
                        while (silent || number >= silentFrom) {
                            gate.wait();
                        }
                    }
                    to.getOutputStream().write(chunk.bytes());
                }
            } catch (IOException | InterruptedException broken) {
                // Both ends close below.
            }
            quietly(from);
            quietly(to);
            sockets.remove(from);
            sockets.remove(to);
        });
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, "relay-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void quietly(Closeable socket) {
        try {
            socket.close();
        } catch (IOException alreadyBroken) {
            // Nothing is left to do.
        }
    }
}
