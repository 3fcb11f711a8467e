package io.managedredis.benchmarks.consistency;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Stands before a primary and hands on what the primary says late, in order: by a time that is given or that changes at random
 * every 100 ms, or not at all while it is paused. What is said to the primary goes through at once.
 */
final class LagRelay implements AutoCloseable {

    private static final long CHANGE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final ServerSocket listener;
    private final int primaryPort;
    private final SplittableRandom random;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<Socket> sockets = new LinkedBlockingQueue<>();

    private volatile long leastLagNanos;
    private volatile long mostLagNanos;
    private volatile boolean paused;
    private long lagNanos;
    private long lagChanges;

    private LagRelay(ServerSocket listener, int primaryPort, long seed) {
        this.listener = listener;
        this.primaryPort = primaryPort;
        this.random = new SplittableRandom(seed);
    }

    /** A relay without lag. */
    static LagRelay start(int primaryPort, long seed) throws IOException {
        ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        LagRelay relay = new LagRelay(listener, primaryPort, seed);
        relay.threads.execute(relay::accept);
        return relay;
    }

    int port() {
        return listener.getLocalPort();
    }

    /** From now on the lag is between nothing and this. */
    void lagUpTo(long most, TimeUnit unit) {
        mostLagNanos = unit.toNanos(most);
    }

    /** From now on the lag is always this. */
    void lagOf(long lag, TimeUnit unit) {
        leastLagNanos = unit.toNanos(lag);
        mostLagNanos = leastLagNanos;
    }

    /** Holds everything back, or no longer. */
    void pause(boolean hold) {
        paused = hold;
    }

    private void accept() {
        try {
            while (true) {
                connect(listener.accept());
            }
        } catch (SocketException closed) {
            // The end.
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void connect(Socket replica) throws IOException {
        sockets.add(replica);
        Socket primary;
        try {
            primary = new Socket(InetAddress.getLoopbackAddress(), primaryPort);
        } catch (ConnectException notListeningYet) {
            replica.close();
            return;
        }
        sockets.add(primary);
        primary.setTcpNoDelay(true);
        replica.setTcpNoDelay(true);
        BlockingQueue<Chunk> late = new LinkedBlockingQueue<>();
        threads.execute(() -> copy(replica, primary));
        threads.execute(() -> readLate(primary, late));
        threads.execute(() -> writeLate(late, replica));
    }

    private void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException ended) {
            // One of the servers is gone.
        }
    }

    private void readLate(Socket from, BlockingQueue<Chunk> late) {
        byte[] buffer = new byte[1 << 16];
        try (from) {
            InputStream in = from.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                long now = System.nanoTime();
                late.add(new Chunk(Arrays.copyOf(buffer, read), now + lag(now)));
            }
        } catch (IOException ended) {
            // One of the servers is gone.
        } finally {
            late.add(Chunk.END);
        }
    }

    private synchronized long lag(long now) {
        if (now / CHANGE_NANOS != lagChanges) {
            lagChanges = now / CHANGE_NANOS;
            lagNanos =
                    leastLagNanos + (mostLagNanos == leastLagNanos ? 0 : random.nextLong(mostLagNanos - leastLagNanos));
        }
        return lagNanos;
    }

    private void writeLate(BlockingQueue<Chunk> late, Socket to) {
        try (to) {
            OutputStream out = to.getOutputStream();
            for (Chunk chunk = late.take(); chunk != Chunk.END; chunk = late.take()) {
                while (paused) {
                    TimeUnit.MILLISECONDS.sleep(1);
                }
                TimeUnit.NANOSECONDS.sleep(chunk.due() - System.nanoTime());
                out.write(chunk.bytes());
            }
        } catch (IOException ended) {
            // One of the servers is gone.
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
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

    private record Chunk(byte[] bytes, long due) {

        static final Chunk END = new Chunk(new byte[0], 0);
    }
}
