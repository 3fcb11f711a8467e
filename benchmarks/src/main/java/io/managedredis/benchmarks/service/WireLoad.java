package io.managedredis.benchmarks.service;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Bytes of Redis's protocol over many connections, sent and counted by one thread that knows how long each answer is and so
 * need not read it. It costs little beside what it measures.
 */
final class WireLoad implements AutoCloseable {

    private static final String KEY = "user:7";
    private static final String VALUE = "v".repeat(100);
    private static final byte[] SET = command("SET", KEY, VALUE);
    private static final byte[] GET = command("GET", KEY);
    private static final String OK = "+OK\r\n";

    private final Selector selector;
    private final List<Connection> connections;

    private WireLoad(Selector selector, List<Connection> connections) {
        this.selector = selector;
        this.connections = connections;
    }

    /**
     * Opens connections to a loopback port and gives the key its value.
     *
     * @param password sent first on each connection, when it is not empty
     */
    static WireLoad open(int port, String password, int count) throws IOException {
        Selector selector = Selector.open();
        List<Connection> connections = new ArrayList<>();
        WireLoad load = new WireLoad(selector, connections);
        try {
            for (int i = 0; i < count; i++) {
                connections.add(Connection.open(port, password, selector));
            }
            return load;
        } catch (IOException failed) {
            load.close();
            throw failed;
        }
    }

    /** Answers per second when each connection has this many commands in flight. */
    double answersPerSecond(boolean writes, int pipeline, Duration time) throws IOException {
        byte[] request = (writes ? SET : GET);
        int answerLength = writes ? OK.length() : answer(VALUE).length();
        long start = System.nanoTime();
        long deadline = start + time.toNanos();
        for (Connection connection : connections) {
            connection.begin(request, answerLength, pipeline);
        }
        long answers = 0;
        int busy = connections.size();
        while (busy > 0) {
            selector.select();
            boolean over = System.nanoTime() >= deadline;
            for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); keys.remove()) {
                Connection connection = (Connection) keys.next().attachment();
                if (connection.readAll()) {
                    answers += pipeline;
                    if (over) {
                        busy--;
                    } else {
                        connection.send();
                    }
                }
            }
        }
        return answers * 1e9 / (System.nanoTime() - start);
    }

    private static byte[] command(String... words) {
        StringBuilder text = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            text.append(answer(word));
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static String answer(String value) {
        return "$" + value.length() + "\r\n" + value + "\r\n";
    }

    @Override
    public void close() throws IOException {
        for (Connection connection : connections) {
            connection.channel.close();
        }
        selector.close();
    }

    private static final class Connection {

        private final SocketChannel channel;
        private final ByteBuffer answers = ByteBuffer.allocateDirect(1 << 16);
        private ByteBuffer requests = ByteBuffer.allocateDirect(0);
        private int expected;
        private int missing;

        private Connection(SocketChannel channel) {
            this.channel = channel;
        }

        static Connection open(int port, String password, Selector selector) throws IOException {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            Connection connection = new Connection(channel);
            if (!password.isEmpty()) {
                connection.call(command("AUTH", "default", password));
            }
            connection.call(SET);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, connection);
            return connection;
        }

        private void call(byte[] request) throws IOException {
            channel.write(ByteBuffer.wrap(request));
            ByteBuffer answer = ByteBuffer.allocate(256);
            while (answer.position() < OK.length()) {
                if (channel.read(answer) < 0) {
                    throw new IOException("the server closed the connection");
                }
            }
            String text = new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII);
            if (!text.equals(OK)) {
                throw new IOException("the server answered " + text);
            }
        }

        void begin(byte[] request, int answerLength, int pipeline) throws IOException {
            requests = ByteBuffer.allocateDirect(request.length * pipeline);
            for (int i = 0; i < pipeline; i++) {
                requests.put(request);
            }
            expected = answerLength * pipeline;
            send();
        }

        void send() throws IOException {
            requests.rewind();
            while (requests.hasRemaining()) {
                channel.write(requests);
            }
            missing = expected;
        }

        /** Reads what is there; whether nothing is missing any more. */
        boolean readAll() throws IOException {
            answers.clear();
            int read = channel.read(answers);
            if (read < 0 || read > missing) {
                throw new IOException(read < 0 ? "the server closed the connection" : "more was answered than asked");
            }
            missing -= read;
            return missing == 0;
        }
    }
}
