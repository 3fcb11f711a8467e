package io.managedredis.lettuce.internal.command;

import io.managedredis.Secret;
import io.managedredis.testing.internal.data.redis.RedisBinaryResolver;
import io.managedredis.testing.internal.data.redis.RedisLauncher;
import io.managedredis.testing.internal.data.redis.RedisProcess;
import io.managedredis.testing.internal.data.redis.RedisSettings;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A real server and one raw connection to it. Answers are strings, longs and lists of these. */
final class RedisServer implements AutoCloseable {

    private static final Secret PASSWORD = Secret.of("command-table");

    private final RedisLauncher launcher =
            RedisLauncher.create(RedisBinaryResolver.forThisMachine().resolve(Optional.empty()));
    private final SocketChannel channel;
    private final InputStream answers;

    RedisServer() throws IOException {
        RedisProcess process = launcher.start(RedisSettings.primary(PASSWORD));
        process.awaitListening(Duration.ofSeconds(20));
        channel = SocketChannel.open(process.address());
        answers = new BufferedInputStream(Channels.newInputStream(channel));
        call("AUTH", PASSWORD.reveal());
    }

    Object call(String... words) throws IOException {
        StringBuilder request = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            request.append('$')
                    .append(word.length())
                    .append("\r\n")
                    .append(word)
                    .append("\r\n");
        }
        ByteBuffer bytes = ByteBuffer.wrap(request.toString().getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        return answer();
    }

    @Override
    public void close() throws IOException {
        channel.close();
        launcher.close();
    }

    private Object answer() throws IOException {
        String line = line();
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '*' -> {
                List<Object> items = new ArrayList<>();
                for (int i = Integer.parseInt(rest); i > 0; i--) {
                    items.add(answer());
                }
                yield items;
            }
            case '$' -> {
                int length = Integer.parseInt(rest);
                String text = length < 0 ? "" : new String(answers.readNBytes(length), StandardCharsets.UTF_8);
                if (length >= 0) {
                    line();
                }
                yield text;
            }
            case ':' -> Long.parseLong(rest);
            default -> rest;
        };
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = answers.read(); next != '\r'; next = answers.read()) {
            if (next < 0) {
                throw new IOException("The server closed the connection");
            }
            line.append((char) next);
        }
        answers.read();
        return line.toString();
    }
}
