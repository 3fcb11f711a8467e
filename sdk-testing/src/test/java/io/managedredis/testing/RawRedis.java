package io.managedredis.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.managedredis.RedisUrl;
import io.managedredis.Secret;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.Objects;

/** Speaks Redis's protocol over a plain socket, as any client could. */
public final class RawRedis implements AutoCloseable {

    private final Socket socket;
    private final InputStream in;

    private RawRedis(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** A connection that has authenticated. */
    public static RawRedis connect(RedisUrl url) {
        try {
            Socket socket = new Socket(url.host(), url.port());
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(20_000);
            RawRedis redis = new RawRedis(socket);
            Secret password = Objects.requireNonNull(url.password());
            String answer = redis.call("AUTH", url.username(), password.reveal());
            if (!answer.equals("OK")) {
                throw new IllegalStateException(answer);
            }
            return redis;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The answer as text; an error begins with its word, no value is {@code nil}. */
    public String call(String... arguments) {
        StringBuilder command = new StringBuilder("*" + arguments.length + "\r\n");
        for (String argument : arguments) {
            command.append('$').append(argument.getBytes(UTF_8).length).append("\r\n");
            command.append(argument).append("\r\n");
        }
        try {
            socket.getOutputStream().write(command.toString().getBytes(UTF_8));
            return reply();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private String reply() throws IOException {
        String line = line();
        if (line.charAt(0) != '$') {
            return line.substring(1);
        }
        int length = Integer.parseInt(line.substring(1));
        if (length < 0) {
            return "nil";
        }
        String value = new String(in.readNBytes(length), UTF_8);
        line();
        return value;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\r'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection was closed");
            }
            line.append((char) next);
        }
        in.read();
        return line.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
