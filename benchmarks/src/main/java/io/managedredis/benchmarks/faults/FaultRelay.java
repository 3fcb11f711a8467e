package io.managedredis.benchmarks.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Stands between clients and a server, and can cut every connection and refuse new ones, or let nothing through without
 * telling anybody.
 */
final class FaultRelay implements AutoCloseable {

    /** What becomes of bytes and connections. */
    enum State {
        OPEN,
        CUT,
        BLACK_HOLE
    }

    private final ServerSocket listener;
    private final int target;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile State state = State.OPEN;

    private FaultRelay(ServerSocket listener, int target) {
        this.listener = listener;
        this.target = target;
    }

    static FaultRelay start(int target) throws IOException {
        ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        FaultRelay relay = new FaultRelay(listener, target);
        relay.threads.execute(relay::accept);
        return relay;
    }

    int port() {
        return listener.getLocalPort();
    }

    void become(State next) throws IOException {
        state = next;
        if (next == State.CUT) {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                if (state == State.CUT) {
                    client.close();
                } else {
                    threads.execute(() -> connect(client));
                }
            }
        } catch (SocketException closed) {
            // The end.
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void connect(Socket client) {
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            sockets.add(client);
            sockets.add(server);
            threads.execute(() -> copy(client, server));
            copy(server, client);
        } catch (IOException gone) {
            close(client);
        }
    }

    private void copy(Socket from, Socket to) {
        byte[] buffer = new byte[1 << 14];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                while (state == State.BLACK_HOLE) {
                    TimeUnit.MILLISECONDS.sleep(1);
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException ended) {
            // One of the two is gone.
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyClosed) {
            // As wanted.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
