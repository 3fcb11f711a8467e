package io.managedredis.lettuce.internal.connection;

import io.lettuce.core.event.EventBus;
import io.lettuce.core.event.EventPublisherOptions;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.resource.EventLoopGroupProvider;
import io.lettuce.core.resource.NettyCustomizer;
import io.lettuce.core.resource.SocketAddressResolver;
import io.lettuce.core.tracing.Tracing;
import io.managedredis.lettuce.internal.budget.BudgetMeter;
import io.managedredis.lettuce.internal.budget.ByteCounter;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.Timer;
import io.netty.util.concurrent.EventExecutorGroup;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The client resources as given, except that channels get this SDK's command handler and that reconnecting never backs off
 * further than a second or so: a replica that recovers is to be used again within seconds. Shutting it down does nothing, for
 * the resources belong to somebody else.
 */
final class SharedResources implements ClientResources {

    private static final Duration SHORTEST_DELAY = Duration.ofMillis(50);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(1);

    private final ClientResources given;
    private final NettyCustomizer customizer;

    SharedResources(ClientResources given, @Nullable BudgetMeter budget) {
        this.given = given;
        NettyCustomizer theirs = given.nettyCustomizer();
        this.customizer = new NettyCustomizer() {
            @Override
            public void afterBootstrapInitialized(Bootstrap bootstrap) {
                theirs.afterBootstrapInitialized(bootstrap);
            }

            @Override
            public void afterChannelInitialized(Channel channel) {
                RegionCommandHandler.install(channel, SharedResources.this);
                SetUpFailure.watch(channel);
                if (budget != null && budget.countsBytes()) {
                    channel.pipeline().addFirst(new ByteCounter(budget));
                }
                theirs.afterChannelInitialized(channel);
            }
        };
    }

    @Override
    public NettyCustomizer nettyCustomizer() {
        return customizer;
    }

    @Override
    public Delay reconnectDelay() {
        return Delay.fullJitter(SHORTEST_DELAY, LONGEST_DELAY, SHORTEST_DELAY.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Builder mutate() {
        return given.mutate();
    }

    @Override
    public Future<Boolean> shutdown() {
        return ImmediateEventExecutor.INSTANCE.newSucceededFuture(true);
    }

    @Override
    public Future<Boolean> shutdown(long quietPeriod, long timeout, TimeUnit timeUnit) {
        return shutdown();
    }

    @Override
    public AddressResolverGroup<?> addressResolverGroup() {
        return given.addressResolverGroup();
    }

    @Override
    public EventPublisherOptions commandLatencyPublisherOptions() {
        return given.commandLatencyPublisherOptions();
    }

    @Override
    public CommandLatencyRecorder commandLatencyRecorder() {
        return given.commandLatencyRecorder();
    }

    @Override
    public int computationThreadPoolSize() {
        return given.computationThreadPoolSize();
    }

    @Override
    public EventBus eventBus() {
        return given.eventBus();
    }

    @Override
    public EventLoopGroupProvider eventLoopGroupProvider() {
        return given.eventLoopGroupProvider();
    }

    @Override
    public EventExecutorGroup eventExecutorGroup() {
        return given.eventExecutorGroup();
    }

    @Override
    public int ioThreadPoolSize() {
        return given.ioThreadPoolSize();
    }

    @Override
    public SocketAddressResolver socketAddressResolver() {
        return given.socketAddressResolver();
    }

    @Override
    public Timer timer() {
        return given.timer();
    }

    @Override
    public Tracing tracing() {
        return given.tracing();
    }
}
