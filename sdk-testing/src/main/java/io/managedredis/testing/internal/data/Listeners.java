package io.managedredis.testing.internal.data;

import io.managedredis.Region;
import io.managedredis.testing.RedisUnavailableException;
import io.managedredis.testing.Vantage;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * The ports of a database: one for each region and vantage, and one for each vantage that leads to the nearest region. A
 * port is opened when its address is first asked for, and stays. Thread safe.
 */
final class Listeners implements AutoCloseable {

    private static final int BACKLOG = 1_024;

    /**
     * What a port stands for.
     *
     * @param region the region it leads to; without one, the nearest
     * @param vantage where its clients stand
     */
    record Address(Optional<Region> region, Vantage vantage) {}

    private final EventLoopGroup loops;
    private final InetAddress bindAddress;
    private final BiConsumer<Address, Channel> onAccept;
    private final Map<Address, Channel> open = new HashMap<>();
    private boolean closed;

    Listeners(EventLoopGroup loops, InetAddress bindAddress, BiConsumer<Address, Channel> onAccept) {
        this.loops = loops;
        this.bindAddress = bindAddress;
        this.onAccept = onAccept;
    }

    /** The socket address that stands for this. */
    synchronized InetSocketAddress socketAddress(Address address) {
        if (closed) {
            throw new IllegalStateException("the database is closed");
        }
        return (InetSocketAddress) open.computeIfAbsent(address, this::bind).localAddress();
    }

    /** Where clients stand that addresses were given to. */
    synchronized Set<Vantage> vantages() {
        return open.keySet().stream().map(Address::vantage).collect(Collectors.toSet());
    }

    private Channel bind(Address address) {
        ChannelFuture binding = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        onAccept.accept(address, channel);
                    }
                })
                .bind(new InetSocketAddress(bindAddress, 0))
                .awaitUninterruptibly();
        if (!binding.isSuccess()) {
            throw new RedisUnavailableException(
                    "cannot listen on " + bindAddress + ": " + binding.cause(), binding.cause());
        }
        return binding.channel();
    }

    /** Closes the ports that lead to this region only. */
    synchronized void closeRegion(Region region) {
        open.entrySet().removeIf(entry -> {
            boolean leadsThere = entry.getKey().region().equals(Optional.of(region));
            if (leadsThere) {
                entry.getValue().close().awaitUninterruptibly();
            }
            return leadsThere;
        });
    }

    @Override
    public synchronized void close() {
        closed = true;
        open.values().forEach(channel -> channel.close().awaitUninterruptibly());
        open.clear();
    }
}
