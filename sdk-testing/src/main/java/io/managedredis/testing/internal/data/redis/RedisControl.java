package io.managedredis.testing.internal.data.redis;

import io.managedredis.Secret;
import io.managedredis.testing.RedisUnavailableException;
import io.managedredis.testing.internal.data.resp.Reply;
import io.managedredis.testing.internal.data.resp.ReplyParser;
import io.managedredis.testing.internal.data.resp.ReplyScanner;
import io.managedredis.testing.internal.data.resp.Resp;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A connection on which the service itself asks a server: no distance, no limits. Thread safe. */
public final class RedisControl implements AutoCloseable {

    private final Channel channel;
    private final Conversation conversation;

    private RedisControl(Channel channel, Conversation conversation) {
        this.channel = channel;
        this.conversation = conversation;
    }

    /** Connects to a server that listens. */
    public static RedisControl connect(EventLoopGroup loops, RedisProcess server, Secret password) {
        Conversation conversation = new Conversation();
        var connecting = new Bootstrap()
                .group(loops)
                .channel(NioDomainSocketChannel.class)
                .handler(conversation)
                .connect(server.address())
                .awaitUninterruptibly();
        if (!connecting.isSuccess()) {
            throw new RedisUnavailableException("cannot connect to a Redis server of our own", connecting.cause());
        }
        RedisControl control = new RedisControl(connecting.channel(), conversation);
        control.ask("AUTH", password.reveal());
        return control;
    }

    /** Sends a command. The answer is completed on the connection's event loop; errors of Redis are answers. */
    public CompletableFuture<Reply> ask(String... words) {
        CompletableFuture<Reply> answer = new CompletableFuture<>();
        String[] spelled = words.clone();
        spelled[0] = OwnCommands.spell(words[0]);
        ByteBuf request = Resp.request(channel.alloc(), spelled);
        if (channel.eventLoop().inEventLoop()) {
            send(request, answer);
        } else {
            channel.eventLoop().execute(() -> send(request, answer));
        }
        return answer;
    }

    private void send(ByteBuf request, CompletableFuture<Reply> answer) {
        if (!channel.isActive()) {
            request.release();
            answer.completeExceptionally(new RedisUnavailableException("the Redis server is gone"));
            return;
        }
        conversation.pending.add(answer);
        channel.writeAndFlush(request, channel.voidPromise());
    }

    /**
     * Sends a command and waits for its answer.
     *
     * @throws RedisUnavailableException when there is none in time, or it is an error
     */
    public Reply call(Duration timeout, String... words) {
        Reply reply;
        try {
            reply = ask(words)
                    .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException failed) {
            throw new RedisUnavailableException("a Redis server did not answer " + words[0], failed.getCause());
        }
        if (reply instanceof Reply.Error error) {
            throw new RedisUnavailableException("a Redis server answered " + words[0] + " with " + error.message());
        }
        return reply;
    }

    @Override
    public void close() {
        channel.close().awaitUninterruptibly();
    }

    private static final class Conversation extends ChannelInboundHandlerAdapter {

        private final Queue<CompletableFuture<Reply>> pending = new ArrayDeque<>();
        private final ReplyScanner scanner = new ReplyScanner();
        private @Nullable ByteBuf unread;
        private int scanned;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf incoming = (ByteBuf) message;
            ByteBuf buffer = unread;
            if (buffer == null) {
                buffer = incoming;
                scanned = buffer.readerIndex();
            } else {
                buffer.writeBytes(incoming);
                incoming.release();
            }
            unread = buffer;
            int end = scanner.scan(buffer, scanned);
            while (end >= 0) {
                CompletableFuture<Reply> answer = pending.poll();
                Reply reply = ReplyParser.parse(buffer);
                if (answer != null) {
                    answer.complete(reply);
                }
                scanned = end;
                end = scanner.scan(buffer, scanned);
            }
            scanned = buffer.writerIndex();
            if (!buffer.isReadable()) {
                buffer.release();
                unread = null;
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            if (unread != null) {
                unread.release();
                unread = null;
            }
            while (!pending.isEmpty()) {
                pending.remove().completeExceptionally(new RedisUnavailableException("the Redis server is gone"));
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
