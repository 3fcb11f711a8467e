package io.managedredis.testing.internal.data;

import io.managedredis.RedisUrl;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A client of a socket that shows answers as the bytes they are, with blanks for the line ends. */
final class RespClient implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final Closeable connection;
    private final InputStream in;
    private final OutputStream out;

    private RespClient(Closeable connection, InputStream in, OutputStream out) {
        this.connection = connection;
        this.in = new BufferedInputStream(in, 64 * 1024);
        this.out = out;
    }

    /** Connects, without a password. */
    static RespClient connect(RedisUrl url) {
        try {
            Socket socket = new Socket();
            socket.connect(new InetSocketAddress(url.host(), url.port()), (int) TIMEOUT.toMillis());
            socket.setSoTimeout((int) TIMEOUT.toMillis());
            socket.setTcpNoDelay(true);
            return new RespClient(socket, socket.getInputStream(), socket.getOutputStream());
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /** Connects to a plain server's own socket. */
    static RespClient connect(UnixDomainSocketAddress address) {
        try {
            SocketChannel channel = SocketChannel.open(address);
            return new RespClient(channel, Channels.newInputStream(channel), Channels.newOutputStream(channel));
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /** Connects and authenticates. */
    static RespClient login(RedisUrl url) {
        RespClient client = connect(url);
        String answer = client.ask("AUTH", url.password().reveal());
        if (!answer.equals("+OK ")) {
            throw new AssertionError(answer);
        }
        return client;
    }

    /** Sends one request and returns its answer, each CRLF as a blank. */
    String ask(String... words) {
        send(words);
        return read();
    }

    RespClient send(String... words) {
        return sendRaw(encode(words));
    }

    RespClient sendRaw(String characters) {
        return sendRaw(characters.getBytes(StandardCharsets.ISO_8859_1));
    }

    RespClient sendRaw(byte[] bytes) {
        try {
            out.write(bytes);
            out.flush();
            return this;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The next answer, each CRLF as a blank. */
    String read() {
        return new String(readRaw(), StandardCharsets.ISO_8859_1).replace("\r\n", " ");
    }

    /** The next answer as it came. */
    byte[] readRaw() {
        try {
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            readElement(answer);
            return answer.toByteArray();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Whether the other side closed the connection; waits for that or for a byte. */
    boolean isClosedByServer() {
        try {
            return in.read() < 0;
        } catch (java.net.SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    static byte[] encode(String... words) {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(("*" + words.length + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        for (String word : words) {
            byte[] bytes = word.getBytes(StandardCharsets.ISO_8859_1);
            request.writeBytes(("$" + bytes.length + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            request.writeBytes(bytes);
            request.writeBytes(new byte[] {'\r', '\n'});
        }
        return request.toByteArray();
    }

    private void readElement(ByteArrayOutputStream answer) throws IOException {
        String line = readLine(answer);
        char type = line.charAt(0);
        switch (type) {
            case '$', '!', '=' -> {
                int length = Integer.parseInt(line.substring(1));
                if (length >= 0) {
                    byte[] body = in.readNBytes(length + 2);
                    if (body.length < length + 2) {
                        throw new EOFException("the answer ended early");
                    }
                    answer.writeBytes(body);
                }
            }
            case '*', '~', '>' -> readElements(answer, Long.parseLong(line.substring(1)));
            case '%' -> readElements(answer, 2 * Long.parseLong(line.substring(1)));
            case '|' -> {
                readElements(answer, 2 * Long.parseLong(line.substring(1)));
                readElement(answer);
            }
            default -> {}
        }
    }

    private void readElements(ByteArrayOutputStream answer, long count) throws IOException {
        for (long i = 0; i < count; i++) {
            readElement(answer);
        }
    }

    private String readLine(ByteArrayOutputStream answer) throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the connection was closed");
            }
            answer.write(next);
            if (next == '\n') {
                return line.substring(0, line.length() - 1);
            }
            line.append((char) next);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
