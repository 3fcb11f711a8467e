package io.managedredis.examples.cli;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Passes bytes between clients of a local port and a server. Each side is read only as fast as the other takes what was read;
 * when one side has said all, the other is told so and may still answer. The owner closes it.
 */
final class Relay implements AutoCloseable {

    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final InetSocketAddress target;
    private final Consumer<String> trouble;

    private Relay(InetSocketAddress target, Consumer<String> trouble) {
        this.target = target;
        this.trouble = trouble;
    }

    /**
     * Starts to listen.
     *
     * @param target where to; looked up anew for each connection where it is an unresolved name
     * @param trouble is told when the server cannot be reached
     * @throws UncheckedIOException when the port is taken
     */
    static Relay start(InetSocketAddress listen, InetSocketAddress target, Consumer<String> trouble) {
        Relay relay = new Relay(target, trouble);
        try {
            relay.listen(listen);
            return relay;
        } catch (RuntimeException | Error failed) {
            relay.close();
            throw failed;
        }
    }

    /** Where clients connect. */
    InetSocketAddress address() {
        return (InetSocketAddress) open.stream()
                .filter(NioServerSocketChannel.class::isInstance)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the relay is closed"))
                .localAddress();
    }

    /** How many sockets are open, of clients and to the server. */
    long sockets() {
        return open.stream().filter(SocketChannel.class::isInstance).count();
    }

    /** Stops listening and closes every connection; returns when nothing is left. */
    @Override
    public void close() {
        open.close().awaitUninterruptibly();
        loop.shutdownGracefully(100, 2_000, TimeUnit.MILLISECONDS).awaitUninterruptibly();
    }

    private void listen(InetSocketAddress address) {
        var bound = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel client) {
                        open.add(client);
                        connect(client);
                    }
                })
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new UncheckedIOException(new IOException(
                    "cannot listen on " + address.getHostString() + ":" + address.getPort(), bound.cause()));
        }
        open.add(bound.channel());
    }

    private void connect(SocketChannel client) {
        new Bootstrap()
                .group(client.eventLoop())
                .channel(NioSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel server) {
                        // From the beginning, so that closing finds a connection that is still being made.
                        open.add(server);
                    }
                })
                .connect(target)
                .addListener((ChannelFutureListener) connected -> {
                    if (!connected.isSuccess()) {
                        trouble.accept(String.valueOf(connected.cause().getMessage()));
                        client.close();
                        return;
                    }
                    SocketChannel server = (SocketChannel) connected.channel();
                    client.pipeline().addLast(new Direction(server));
                    server.pipeline().addLast(new Direction(client));
                    if (!client.isActive()) {
                        server.close();
                        return;
                    }
                    client.read();
                    server.read();
                });
    }

    /** What comes from one side, on its way to the other. Both sides are on one event loop. */
    private static final class Direction extends ChannelInboundHandlerAdapter {

        private final DuplexChannel to;

        Direction(DuplexChannel to) {
            this.to = to;
        }

        @Override
        public void channelRead(ChannelHandlerContext from, Object bytes) {
            to.writeAndFlush(bytes).addListener(written -> {
                if (written.isSuccess()) {
                    from.read();
                } else {
                    from.close();
                }
            });
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext from, Object event) {
            if (event instanceof ChannelInputShutdownEvent) {
                to.writeAndFlush(Unpooled.EMPTY_BUFFER)
                        .addListener(written -> endOutput((DuplexChannel) from.channel()));
            }
        }

        private void endOutput(DuplexChannel from) {
            if (from.isOutputShutdown()) {
                from.close();
                to.close();
            } else {
                to.shutdownOutput();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext from) {
            to.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> to.close());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext from, Throwable broken) {
            from.close();
        }
    }
}
