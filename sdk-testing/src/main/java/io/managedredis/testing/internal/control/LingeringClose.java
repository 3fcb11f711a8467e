package io.managedredis.testing.internal.control;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.util.ReferenceCountUtil;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Answers a client that is still sending, and closes. Closing at once would reset the connection, and the answer could be lost
 * before the client reads it; so what the client goes on to send is thrown away until it stops, for a while at most.
 */
final class LingeringClose {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    private LingeringClose() {}

    static void answer(ChannelHandlerContext context, HttpAnswer answer, Clock clock) {
        SocketChannel channel = (SocketChannel) context.channel();
        ChannelPipeline pipeline = channel.pipeline();
        if (!channel.isActive() || pipeline.get(Drain.class) != null) {
            return;
        }
        // That handler closes as soon as an answer says so.
        pipeline.remove(HttpServerKeepAliveHandler.class);
        pipeline.addFirst(new Drain());
        channel.config().setAutoRead(true);
        FullHttpResponse response = answer.toResponse(clock);
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        context.writeAndFlush(response).addListener((ChannelFuture written) -> {
            if (written.isSuccess()) {
                channel.shutdownOutput();
                channel.eventLoop().schedule(() -> channel.close(), LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            } else {
                channel.close();
            }
        });
    }

    private static final class Drain extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
        }
    }
}
