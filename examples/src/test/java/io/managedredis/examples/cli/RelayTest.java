package io.managedredis.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RelayTest {

    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private static final int READ_TIMEOUT_MILLIS = 30_000;

    private final Queue<String> trouble = new ConcurrentLinkedQueue<>();
    private ServerSocket server;
    private Relay relay;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        relay = Relay.start(
                ANY_PORT, InetSocketAddress.createUnresolved("127.0.0.1", server.getLocalPort()), trouble::add);
    }

    @AfterEach
    void stop() throws IOException {
        relay.close();
        server.close();
    }

    @Test
    void should_pass_bytes_both_ways() throws IOException {
        try (Socket client = connect();
                Socket accepted = accept()) {
            client.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(accepted.getInputStream().readNBytes(6)).asString().isEqualTo("PING\r\n");
            accepted.getOutputStream().write("+PONG\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(client.getInputStream().readNBytes(7)).asString().isEqualTo("+PONG\r\n");
        }
    }

    @Test
    void should_let_the_server_answer_after_the_client_has_said_all() throws IOException {
        try (Socket client = connect();
                Socket accepted = accept()) {
            client.getOutputStream().write("QUIT".getBytes(StandardCharsets.US_ASCII));
            client.shutdownOutput();

            assertThat(accepted.getInputStream().readAllBytes()).asString().isEqualTo("QUIT");
            accepted.getOutputStream().write("+OK".getBytes(StandardCharsets.US_ASCII));
            accepted.shutdownOutput();

            assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("+OK");
        }
        await().until(() -> relay.sockets() == 0);
    }

    @Test
    void should_let_the_client_go_on_after_the_server_has_said_all() throws IOException {
        try (Socket client = connect();
                Socket accepted = accept()) {
            accepted.shutdownOutput();
            assertThat(client.getInputStream().read()).isEqualTo(-1);

            client.getOutputStream().write("more".getBytes(StandardCharsets.US_ASCII));
            client.shutdownOutput();

            assertThat(accepted.getInputStream().readAllBytes()).asString().isEqualTo("more");
        }
        await().until(() -> relay.sockets() == 0);
    }

    @Test
    void should_read_no_faster_than_the_other_side_takes() throws Exception {
        byte[] block = new byte[64 * 1024];
        new Random(1).nextBytes(block);
        int blocks = 1_024;
        AtomicLong sent = new AtomicLong();
        try (Socket client = connect();
                Socket accepted = accept()) {
            Thread sender = new Thread(() -> {
                try {
                    for (int i = 0; i < blocks; i++) {
                        client.getOutputStream().write(block);
                        sent.addAndGet(block.length);
                    }
                    client.shutdownOutput();
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            });
            sender.start();

            // Nobody reads: the sender stands still once the sockets' buffers are full, long before 64 MB.
            AtomicLong before = new AtomicLong(-1);
            await().pollInterval(Duration.ofMillis(300)).until(() -> before.getAndSet(sent.get()) == sent.get());
            assertThat(sent.get()).isLessThan((long) blocks * block.length);

            byte[] received = new byte[block.length];
            for (int i = 0; i < blocks; i++) {
                assertThat(accepted.getInputStream().readNBytes(received, 0, block.length))
                        .isEqualTo(block.length);
                assertThat(received).isEqualTo(block);
            }
            assertThat(accepted.getInputStream().read()).isEqualTo(-1);
            sender.join();
        }
    }

    @Test
    void should_keep_many_connections_apart() throws IOException {
        List<Socket> clients = new ArrayList<>();
        List<Socket> accepted = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                clients.add(connect());
                accepted.add(accept());
            }
            for (int i = 0; i < 100; i++) {
                clients.get(i).getOutputStream().write(i);
            }
            for (int i = 0; i < 100; i++) {
                assertThat(accepted.get(i).getInputStream().read()).isEqualTo(i);
            }
        } finally {
            for (Socket socket : clients) {
                socket.close();
            }
            for (Socket socket : accepted) {
                socket.close();
            }
        }
        await().until(() -> relay.sockets() == 0);
    }

    @RepeatedTest(20)
    void should_close_every_connection_when_it_is_closed() throws IOException {
        try (Socket client = connect();
                Socket accepted = accept()) {
            relay.close();

            assertThat(client.getInputStream().read()).isEqualTo(-1);
            assertThat(accepted.getInputStream().read()).isEqualTo(-1);
        }
        assertThatThrownBy(relay::address).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void should_close_the_client_and_say_why_when_the_server_cannot_be_reached() throws IOException {
        server.close();

        try (Socket client = connect()) {
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }

        assertThat(trouble).hasSize(1);
        await().until(() -> relay.sockets() == 0);
    }

    @Test
    void should_refuse_a_port_that_is_taken() {
        assertThatThrownBy(() -> Relay.start(relay.address(), relay.address(), trouble::add))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot listen on");
    }

    private Socket accept() throws IOException {
        Socket socket = server.accept();
        socket.setSoTimeout(READ_TIMEOUT_MILLIS);
        return socket;
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(READ_TIMEOUT_MILLIS);
        socket.connect(relay.address());
        return socket;
    }
}
