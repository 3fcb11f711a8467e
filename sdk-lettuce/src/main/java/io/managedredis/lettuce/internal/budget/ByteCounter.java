package io.managedredis.lettuce.internal.budget;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;

/** Counts the bytes of one socket. Stands next to it, so that with TLS the bytes on the wire are counted. */
public final class ByteCounter extends ChannelDuplexHandler {

    private final BudgetMeter meter;

    /** A counter that tells the meter. */
    public ByteCounter(BudgetMeter meter) {
        this.meter = meter;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (message instanceof ByteBuf bytes) {
            meter.transferred(bytes.readableBytes());
        }
        super.channelRead(context, message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof ByteBuf bytes) {
            meter.transferred(bytes.readableBytes());
        }
        super.write(context, message, promise);
    }
}
