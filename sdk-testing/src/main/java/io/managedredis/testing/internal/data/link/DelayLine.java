package io.managedredis.testing.internal.data.link;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes a connection as long as its stretches of network: bytes come out later than they went in, in order, at full
 * bandwidth. While much is under way, reading stops in one direction and the channel turns unwritable in the other.
 */
public final class DelayLine extends ChannelDuplexHandler {

    /** What may be under way in one direction before it is held back. */
    private static final long CAPACITY = 16L << 20;

    private static final int WRITABILITY_INDEX = 1;

    private final Stretch arriving;
    private final Stretch leaving;
    private final Line in = new Line();
    private final Line out = new Line();
    private final Runnable released = this::onRelease;
    private @Nullable ChannelHandlerContext context;
    private @Nullable ChannelPromise closeWhenDrained;
    private boolean readWanted;

    /** A line of the same length in both directions. */
    public DelayLine(Stretch both) {
        this(both, both);
    }

    /** A line with a length for what arrives at the channel and one for what leaves by it. */
    public DelayLine(Stretch arriving, Stretch leaving) {
        this.arriving = arriving;
        this.leaving = leaving;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        arriving.onRelease(released);
        leaving.onRelease(released);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        arriving.forget(released);
        leaving.forget(released);
        in.discard();
        out.discard();
    }

    private void onRelease() {
        ChannelHandlerContext ctx = context;
        if (ctx != null) {
            ctx.executor().execute(() -> {
                deliverArrived(ctx);
                deliverLeft(ctx);
            });
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        long delay = arriving.delayNanos();
        if (delay == 0 && in.isEmpty() && !arriving.isHeld()) {
            ctx.fireChannelRead(message);
            return;
        }
        in.add((ByteBuf) message, delay, null);
        scheduleArrival(ctx);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.fireChannelReadComplete();
    }

    @Override
    public void read(ChannelHandlerContext ctx) {
        if (in.bytes >= CAPACITY) {
            readWanted = true;
        } else {
            ctx.read();
        }
    }

    private void scheduleArrival(ChannelHandlerContext ctx) {
        if (!in.scheduled && !in.isEmpty() && !arriving.isHeld()) {
            in.scheduled = true;
            ctx.executor()
                    .schedule(
                            () -> {
                                in.scheduled = false;
                                deliverArrived(ctx);
                            },
                            in.nanosToNext(),
                            TimeUnit.NANOSECONDS);
        }
    }

    private void deliverArrived(ChannelHandlerContext ctx) {
        boolean any = false;
        while (!arriving.isHeld() && in.isNextDue()) {
            any = true;
            ctx.fireChannelRead(in.remove().bytes());
        }
        if (any) {
            ctx.fireChannelReadComplete();
        }
        if (readWanted && in.bytes < CAPACITY) {
            readWanted = false;
            ctx.read();
        }
        scheduleArrival(ctx);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        // The other end is gone; what it sent before still counts, unless it never comes through.
        while (!in.isEmpty() && !arriving.isHeld()) {
            ctx.fireChannelRead(in.remove().bytes());
        }
        ctx.fireChannelReadComplete();
        ctx.fireChannelInactive();
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        long delay = leaving.delayNanos();
        if (delay == 0 && out.isEmpty() && !leaving.isHeld()) {
            ctx.write(message, promise);
            return;
        }
        out.add((ByteBuf) message, delay, promise);
        updateWritability(ctx.channel());
        scheduleLeaving(ctx);
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        if (out.isEmpty()) {
            ctx.flush();
        }
    }

    private void scheduleLeaving(ChannelHandlerContext ctx) {
        if (!out.scheduled && !out.isEmpty() && !leaving.isHeld()) {
            out.scheduled = true;
            ctx.executor()
                    .schedule(
                            () -> {
                                out.scheduled = false;
                                deliverLeft(ctx);
                            },
                            out.nanosToNext(),
                            TimeUnit.NANOSECONDS);
        }
    }

    private void deliverLeft(ChannelHandlerContext ctx) {
        boolean any = false;
        while (!leaving.isHeld() && out.isNextDue()) {
            any = true;
            Parcel parcel = out.remove();
            ctx.write(parcel.bytes(), parcel.promise() == null ? ctx.newPromise() : parcel.promise());
        }
        if (any) {
            ctx.flush();
            updateWritability(ctx.channel());
        }
        ChannelPromise close = closeWhenDrained;
        if (close != null && out.isEmpty()) {
            closeWhenDrained = null;
            ctx.close(close);
            return;
        }
        scheduleLeaving(ctx);
    }

    private void updateWritability(Channel channel) {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        if (buffer != null) {
            boolean writable = out.bytes < CAPACITY;
            if (buffer.getUserDefinedWritability(WRITABILITY_INDEX) != writable) {
                buffer.setUserDefinedWritability(WRITABILITY_INDEX, writable);
            }
        }
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (out.isEmpty() || leaving.isHeld() || closeWhenDrained != null) {
            ctx.close(promise);
        } else {
            closeWhenDrained = promise;
        }
    }

    private record Parcel(
            ByteBuf bytes, int size, long due, @Nullable ChannelPromise promise) {}

    private static final class Line {

        private final ArrayDeque<Parcel> parcels = new ArrayDeque<>();
        private long lastDue = Long.MIN_VALUE;
        private long bytes;
        private boolean scheduled;

        boolean isEmpty() {
            return parcels.isEmpty();
        }

        void add(ByteBuf content, long delayNanos, @Nullable ChannelPromise promise) {
            long due = System.nanoTime() + delayNanos;
            // Jitter must not let bytes overtake each other.
            if (lastDue != Long.MIN_VALUE && due - lastDue < 0) {
                due = lastDue;
            }
            lastDue = due;
            int size = content.readableBytes();
            bytes += size;
            parcels.add(new Parcel(content, size, due, promise));
        }

        Parcel remove() {
            Parcel parcel = parcels.remove();
            bytes -= parcel.size();
            return parcel;
        }

        boolean isNextDue() {
            return !parcels.isEmpty() && parcels.element().due() - System.nanoTime() <= 0;
        }

        long nanosToNext() {
            return Math.max(0, parcels.element().due() - System.nanoTime());
        }

        void discard() {
            while (!parcels.isEmpty()) {
                Parcel parcel = remove();
                ReferenceCountUtil.release(parcel.bytes());
                if (parcel.promise() != null) {
                    parcel.promise().tryFailure(new ClosedChannelException());
                }
            }
        }
    }
}
