package io.managedredis.testing.internal.control;

import io.managedredis.error.ConfigurationException;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Serves the provisioning API over HTTP/1.1. Requests of one connection are answered one after another, those of several at the
 * same time. Whatever a client sends, it is bounded.
 */
public final class ApiServer implements AutoCloseable {

    private static final int MAX_LINE = 4 * 1024;
    private static final int MAX_HEADERS = 16 * 1024;
    private static final int MAX_BODY = 1024 * 1024;
    private static final int MAX_CONNECTIONS = 1024;
    private static final int WORKERS = 16;
    private static final Duration IDLE = Duration.ofSeconds(75);
    private static final Duration SHUTDOWN = Duration.ofSeconds(5);

    private final EventLoopGroup loop;
    private final ThreadPoolExecutor workers;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Channel listener;

    private ApiServer(ControlPlane plane, Site site, InetAddress address, int port) {
        loop = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("managed-redis-api", true), NioIoHandler.newFactory());
        // One request waits on each connection at most, so the connections bound the queue.
        workers = new ThreadPoolExecutor(
                WORKERS,
                WORKERS,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MAX_CONNECTIONS),
                new DefaultThreadFactory("managed-redis-api-worker", true));
        workers.allowCoreThreadTimeOut(true);
        ApiEndpoint endpoint = new ApiEndpoint(plane, site);
        ChannelFuture bound = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        connect(channel, endpoint, plane.clock());
                    }
                })
                .bind(address, port)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            stopThreads();
            throw new ConfigurationException("the API cannot listen on " + address.getHostAddress() + ":" + port + ": "
                    + bound.cause().getMessage() + ". Choose another port, or 0 for any free one");
        }
        listener = bound.channel();
    }

    /**
     * Starts to serve.
     *
     * @param site what is served beside the API
     * @param port the port, or 0 for any free one
     * @throws ConfigurationException when the address cannot be listened on
     */
    public static ApiServer start(ControlPlane plane, Site site, InetAddress address, int port) {
        return new ApiServer(plane, site, address, port);
    }

    /** The port that is listened on. */
    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** Closes the port and every connection; returns when no thread is left. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        listener.close().awaitUninterruptibly();
        connections.close().awaitUninterruptibly();
        stopThreads();
    }

    private void connect(SocketChannel channel, ApiEndpoint endpoint, Clock clock) {
        if (connections.size() >= MAX_CONNECTIONS) {
            channel.close();
            return;
        }
        connections.add(channel);
        channel.pipeline()
                .addLast(new ReadTimeoutHandler(IDLE.toSeconds(), TimeUnit.SECONDS))
                .addLast(new HttpServerCodec(new HttpDecoderConfig()
                        .setMaxInitialLineLength(MAX_LINE)
                        .setMaxHeaderSize(MAX_HEADERS)))
                .addLast(new HttpServerKeepAliveHandler())
                .addLast(new BoundedRequests(clock))
                .addLast(new ApiChannelHandler(endpoint, workers, clock));
    }

    /** The workers end first: they hand their answers to the event loop. */
    private void stopThreads() {
        workers.shutdownNow();
        try {
            workers.awaitTermination(SHUTDOWN.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        loop.shutdownGracefully(0, SHUTDOWN.toSeconds(), TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private static final class BoundedRequests extends HttpObjectAggregator {

        private final Clock clock;

        BoundedRequests(Clock clock) {
            super(MAX_BODY);
            this.clock = clock;
        }

        @Override
        protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage oversized) {
            LingeringClose.answer(
                    context,
                    HttpAnswer.error(
                            HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
                            "BAD_REQUEST",
                            "The body is larger than " + MAX_BODY + " bytes"),
                    clock);
        }
    }
}
