package io.managedredis.lettuce;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A way to a server on loopback that breaks the first connection which sends a given text, at a given byte from there. Other
 * connections are left alone.
 */
final class CuttingRelay implements AutoCloseable {

    /**
     * Where to cut.
     *
     * @param trigger the text that starts the count
     * @param bytes how many pass before the cut
     * @param answers whether the answers are counted, rather than the commands
     * @param deafNanos for how long the client's end stays open after the server's is gone, and swallows what is sent
     */
    record Cut(String trigger, int bytes, boolean answers, long deafNanos) {}

    private final int target;
    private final ServerSocket server;
    private final Set<Closeable> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable Cut> armed = new AtomicReference<>();

    CuttingRelay(int target) throws IOException {
        this.target = target;
        this.server = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
        start("accept", this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    void arm(Cut cut) {
        armed.set(cut);
    }

    void disarm() {
        armed.set(null);
    }

    @Override
    public void close() throws IOException {
        server.close();
        sockets.forEach(CuttingRelay::quietly);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Socket upstream;
                try {
                    upstream = new Socket(InetAddress.getLoopbackAddress(), target);
                } catch (IOException down) {
                    quietly(client);
                    continue;
                }
                client.setTcpNoDelay(true);
                upstream.setTcpNoDelay(true);
                sockets.add(client);
                sockets.add(upstream);
                Pair pair = new Pair(client, upstream);
                start("commands", pair::commands);
                start("answers", pair::answers);
            } catch (IOException closedOrRefused) {
                // The next one may do.
                continue;
            }
        }
    }

    /** One connection through here. */
    private final class Pair {

        private final Socket client;
        private final Socket upstream;
        private volatile @Nullable Cut cut;
        private int left;

        Pair(Socket client, Socket upstream) {
            this.client = client;
            this.upstream = upstream;
        }

        void commands() {
            pump(client, upstream, false);
        }

        void answers() {
            pump(upstream, client, true);
        }

        private void pump(Socket from, Socket to, boolean answers) {
            byte[] buffer = new byte[64 * 1024];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    int begin = answers ? 0 : trigger(buffer, read);
                    Cut now = cut;
                    if (now == null || now.answers() != answers) {
                        out.write(buffer, 0, read);
                        continue;
                    }
                    int pass = Math.min(read - begin, left);
                    left -= pass;
                    out.write(buffer, 0, begin + pass);
                    if (left == 0) {
                        end(now);
                        return;
                    }
                }
            } catch (IOException broken) {
                // Ends as an end of stream does.
            }
            Cut now = cut;
            if (now == null || left > 0) {
                close();
            }
        }

        /** Where the count begins in what is sent now. */
        private int trigger(byte[] buffer, int read) {
            Cut waiting = armed.get();
            if (cut != null || waiting == null) {
                return 0;
            }
            int at = new String(buffer, 0, read, StandardCharsets.ISO_8859_1).indexOf(waiting.trigger());
            if (at < 0 || !armed.compareAndSet(waiting, null)) {
                return 0;
            }
            left = waiting.bytes();
            cut = waiting;
            return at;
        }

        private void end(Cut now) throws IOException {
            quietly(upstream);
            long until = System.nanoTime() + now.deafNanos();
            while (System.nanoTime() < until) {
                LockSupport.parkNanos(until - System.nanoTime());
            }
            client.setSoLinger(true, 0);
            close();
        }

        private void close() {
            quietly(client);
            quietly(upstream);
            sockets.remove(client);
            sockets.remove(upstream);
        }
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, "cutting-relay-" + name);
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
