package io.managedredis.testing.internal.data.relay;

import io.managedredis.testing.internal.data.link.DelayLine;
import io.managedredis.testing.internal.data.link.Stretch;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a replica takes for its primary: a loopback port whose bytes travel the distance between the two, and the
 * replication lag. It may be opened before the primary listens. Thread safe.
 */
public final class ReplicationRelay implements AutoCloseable {

    private static final long RETRY_MILLIS = 1;

    private final UnixDomainSocketAddress primary;
    private final Stretch toReplica;
    private final Stretch toPrimary;
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private volatile @Nullable Channel server;

    private ReplicationRelay(UnixDomainSocketAddress primary, Stretch toReplica, Stretch toPrimary) {
        this.primary = primary;
        this.toReplica = toReplica;
        this.toPrimary = toPrimary;
    }

    /** Opens a port in front of this primary. */
    public static ReplicationRelay open(
            EventLoopGroup loops, UnixDomainSocketAddress primary, Stretch toReplica, Stretch toPrimary) {
        ReplicationRelay relay = new ReplicationRelay(primary, toReplica, toPrimary);
        Channel server = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(relay.new Accepted())
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
        relay.server = server;
        relay.channels.add(server);
        return relay;
    }

    /** The loopback port. */
    public int port() {
        Channel open = server;
        if (open == null) {
            throw new IllegalStateException("the relay is not open");
        }
        return ((InetSocketAddress) open.localAddress()).getPort();
    }

    /** Closes the port and every link through it. */
    @Override
    public void close() {
        channels.close().awaitUninterruptibly();
    }

    private final class Accepted extends ChannelInitializer<Channel> {

        @Override
        protected void initChannel(Channel replica) {
            channels.add(replica);
            connect(replica);
        }

        @Override
        public boolean isSharable() {
            return true;
        }

        private void connect(Channel replica) {
            ChannelFuture connecting = new Bootstrap()
                    .group(replica.eventLoop())
                    .channel(NioDomainSocketChannel.class)
                    .option(ChannelOption.AUTO_READ, false)
                    .handler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline().addLast(new DelayLine(toReplica, toPrimary), new Pipe(replica));
                        }
                    })
                    .connect(primary);
            connecting.addListener(done -> {
                if (done.isSuccess()) {
                    Channel upstream = connecting.channel();
                    channels.add(upstream);
                    replica.pipeline().addLast(new Pipe(upstream));
                    replica.config().setAutoRead(true);
                    upstream.config().setAutoRead(true);
                } else if (replica.isOpen()) {
                    replica.eventLoop().schedule(() -> connect(replica), RETRY_MILLIS, TimeUnit.MILLISECONDS);
                }
            });
        }
    }

    /** Passes on what it reads, and reads no faster than the other side takes. */
    private static final class Pipe extends ChannelInboundHandlerAdapter {

        private final Channel other;

        Pipe(Channel other) {
            this.other = other;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (other.isActive()) {
                other.write(message, other.voidPromise());
            } else {
                ReferenceCountUtil.release(message);
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            other.flush();
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            other.config().setAutoRead(ctx.channel().isWritable());
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            other.close();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
