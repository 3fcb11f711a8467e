package io.managedredis.testing.internal.data.gateway;

import io.managedredis.testing.internal.data.gateway.Expectations.Entry;
import io.managedredis.testing.internal.data.gateway.Expectations.Kind;
import io.managedredis.testing.internal.data.limits.Meter;
import io.managedredis.testing.internal.data.link.DelayLine;
import io.managedredis.testing.internal.data.link.Stretch;
import io.managedredis.testing.internal.data.redis.OwnCommands;
import io.managedredis.testing.internal.data.resp.ReplyScanner;
import io.managedredis.testing.internal.data.resp.Resp;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import java.io.ByteArrayOutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a Redis server for one client, on the client's event loop. It matches answers to what was asked, and
 * gives whole runs of them to the client as the bytes they are.
 */
final class Upstream extends ChannelInboundHandlerAdapter {

    /** Gets what comes from an upstream. */
    interface Owner {

        /** The connection stands; or it cannot be made. */
        void upstreamConnected(Upstream upstream, boolean success);

        /** Bytes for the client; {@code whole} when they end at the end of an answer. Takes over the buffer. */
        void fromUpstream(Upstream upstream, ByteBuf bytes, boolean whole);

        /** An error for the client: what to give it, or null to give it nothing. */
        byte @Nullable [] errorFromUpstream(Upstream upstream, byte[] answer);

        /** A message by which the server itself tells of something, at a replica's gateway. */
        void eventFromUpstream(Upstream upstream, byte[] message);

        /** One read is done; {@code answered} when an answer was among it. */
        void upstreamRead(Upstream upstream, boolean answered);

        /** Whether more may be sent. */
        void upstreamWritable(Upstream upstream, boolean writable);

        /** The server closed the connection. */
        void upstreamClosed(Upstream upstream);
    }

    private enum Disposition {
        RELAY,
        SWALLOW,
        COLLECT,
        UNDECIDED
    }

    private final Owner owner;
    private final boolean primary;
    private final Expectations expected = new Expectations();
    private final ReplyScanner scanner = new ReplyScanner();
    private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
    private @Nullable Channel channel;
    private @Nullable ByteBuf undecided;
    private Disposition disposition = Disposition.RELAY;
    private @Nullable Entry current;
    private PubSubFrame frame = PubSubFrame.NONE;
    private boolean inspectsErrors;
    private @Nullable Meter meter;
    private long skipped;
    private int channels;
    private int patterns;
    private int shards;
    private boolean connected;
    private boolean shadowing;
    private boolean monitoring;
    private boolean opaque;
    private boolean released;
    private boolean unflushed;
    private boolean answered;

    private Upstream(Owner owner, boolean primary) {
        this.owner = owner;
        this.primary = primary;
    }

    /** Begins to connect; the owner is told when it is done. */
    static Upstream open(
            Owner owner, boolean primary, EventLoop loop, UnixDomainSocketAddress server, @Nullable Stretch stretch) {
        Upstream upstream = new Upstream(owner, primary);
        ChannelFuture connecting = new Bootstrap()
                .group(loop)
                .channel(NioDomainSocketChannel.class)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (stretch != null) {
                            channel.pipeline().addLast(new DelayLine(stretch));
                        }
                        channel.pipeline().addLast(upstream);
                    }
                })
                .connect(server);
        upstream.channel = connecting.channel();
        connecting.addListener(done -> {
            upstream.connected = done.isSuccess();
            if (!upstream.released) {
                owner.upstreamConnected(upstream, done.isSuccess());
            }
        });
        return upstream;
    }

    boolean isConnected() {
        return connected;
    }

    /** Whether it leads to the primary. */
    boolean isPrimary() {
        return primary;
    }

    /** Whether it owes answers. */
    boolean isBusy() {
        return !expected.isEmpty();
    }

    boolean isSubscribed() {
        return channels + patterns + shards > 0;
    }

    Expectations expected() {
        return expected;
    }

    /** From now on what comes is no protocol and goes to the client as it is. */
    void becomeOpaque() {
        opaque = true;
    }

    /** Errors are shown to the owner before the client gets them. */
    void inspectErrors() {
        inspectsErrors = true;
    }

    /** Answers that are larger than the plan allows are replaced by an error. */
    void limitAnswers(Meter plan) {
        meter = plan;
    }

    /** Sends bytes, at the latest with the next {@link #flush}. Takes over the buffer. */
    void send(ByteBuf bytes) {
        Channel open = channel;
        if (open == null || released) {
            bytes.release();
            return;
        }
        unflushed = true;
        open.write(bytes, open.voidPromise());
    }

    void flush() {
        if (unflushed && channel != null) {
            unflushed = false;
            channel.flush();
        }
    }

    boolean isWritable() {
        return channel == null || channel.isWritable();
    }

    void reading(boolean on) {
        if (channel != null && channel.config().isAutoRead() != on) {
            channel.config().setAutoRead(on);
        }
    }

    /** Closes the connection once all that was sent is on its way; what still comes is dropped. */
    void release() {
        released = true;
        if (channel != null) {
            if (connected) {
                channel.config().setAutoRead(true);
                channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            } else {
                channel.close();
            }
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = withUndecided((ByteBuf) message);
        if (released) {
            in.release();
            return;
        }
        if (opaque) {
            owner.fromUpstream(this, in, true);
            return;
        }
        int from = in.readerIndex();
        int at = from;
        while (at < in.writerIndex()) {
            if (scanner.isBetweenReplies()) {
                disposition = dispose(in, at);
                if (disposition != Disposition.RELAY) {
                    relay(in, from, at, true);
                    from = at;
                }
                if (disposition == Disposition.UNDECIDED) {
                    undecided = in.retainedSlice(at, in.writerIndex() - at);
                    break;
                }
            }
            boolean begins = scanner.isBetweenReplies();
            int end = scanner.scan(in, at);
            int upTo = end < 0 ? in.writerIndex() : end;
            if (begins && disposition == Disposition.RELAY && isLimited() && (end < 0 || upTo - at > largest())) {
                // Whether it is too large shows at its end.
                relay(in, from, at, true);
                from = at;
                disposition = Disposition.COLLECT;
            }
            if (disposition == Disposition.COLLECT
                    && isLimited()
                    && skipped + collected.size() + upTo - at > largest()) {
                skipped += collected.size() + upTo - at;
                collected.reset();
                from = upTo;
                at = upTo;
                if (end >= 0) {
                    tooLarge();
                    answered |= complete();
                }
                continue;
            }
            if (disposition == Disposition.COLLECT) {
                byte[] bytes = new byte[upTo - at];
                in.getBytes(at, bytes);
                collected.writeBytes(bytes);
            }
            if (disposition != Disposition.RELAY) {
                from = upTo;
            }
            at = upTo;
            if (end >= 0) {
                answered |= complete();
            }
        }
        if (from == in.readerIndex() && at == in.writerIndex()) {
            owner.fromUpstream(this, in, scanner.isBetweenReplies());
        } else {
            relay(in, from, at, scanner.isBetweenReplies());
            in.release();
        }
    }

    private boolean isLimited() {
        return largest() != Long.MAX_VALUE && current != null;
    }

    private long largest() {
        return meter == null ? Long.MAX_VALUE : meter.largestRequest();
    }

    private void tooLarge() {
        String error = meter == null ? "" : meter.requestTooLarge(skipped);
        collected.writeBytes(("-" + error + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        skipped = 0;
    }

    private ByteBuf withUndecided(ByteBuf message) {
        ByteBuf before = undecided;
        if (before == null) {
            return message;
        }
        undecided = null;
        ByteBuf both = message.alloc().buffer(before.readableBytes() + message.readableBytes());
        both.writeBytes(before).writeBytes(message);
        before.release();
        message.release();
        return both;
    }

    private void relay(ByteBuf in, int from, int to, boolean whole) {
        if (to > from) {
            owner.fromUpstream(this, in.retainedSlice(from, to - from), whole);
        }
    }

    /** Decides what becomes of the answer at this index. */
    private Disposition dispose(ByteBuf in, int at) {
        byte type = in.getByte(at);
        Entry head = expected.head();
        frame = PubSubFrame.NONE;
        boolean subscribing = isSubscribed() || head != null && head.kind() == Kind.CONFIRMATIONS;
        if (subscribing && (type == '>' || type == '*')) {
            frame = PubSubFrame.at(in, at);
            if (frame == PubSubFrame.UNDECIDED) {
                return Disposition.UNDECIDED;
            }
        }
        if (frame == PubSubFrame.NONE && type != '>') {
            current = head;
            if (head == null) {
                return monitoring ? Disposition.COLLECT : Disposition.RELAY;
            }
            if (head.isShadow()) {
                return Disposition.SWALLOW;
            }
            boolean looked = head.kind() == Kind.EDIT || head.kind() == Kind.TAKE || type == '-' && inspectsErrors;
            return looked ? Disposition.COLLECT : Disposition.RELAY;
        }
        current = null;
        if (frame == PubSubFrame.EVENT && !shadowing && primary) {
            frame = PubSubFrame.MESSAGE;
        }
        if (frame == PubSubFrame.MESSAGE) {
            return shadowing ? Disposition.SWALLOW : Disposition.RELAY;
        }
        return frame == PubSubFrame.NONE ? Disposition.RELAY : Disposition.COLLECT;
    }

    /** From now on the server tells of all commands; those of the service itself are none of the client's business. */
    void monitor() {
        monitoring = true;
    }

    /** Whether the client gets its messages from another upstream; this one only counts as a subscriber then. */
    void shadowSubscriptions(boolean shadow) {
        shadowing = shadow;
    }

    /** Ends all subscriptions here, of which the client is not told. */
    void endSubscriptions() {
        shadowing = true;
        endSubscriptions(channels, "UNSUBSCRIBE");
        endSubscriptions(patterns, "PUNSUBSCRIBE");
        endSubscriptions(shards, "SUNSUBSCRIBE");
    }

    private void endSubscriptions(int count, String command) {
        Channel open = channel;
        if (count > 0 && open != null) {
            expected.confirmations(count, true);
            send(Resp.request(open.alloc(), OwnCommands.spell(command)));
        }
    }

    private boolean complete() {
        if (frame == PubSubFrame.MESSAGE) {
            return false;
        }
        if (frame == PubSubFrame.EVENT) {
            owner.eventFromUpstream(this, takeCollected());
            return false;
        }
        if (frame != PubSubFrame.NONE) {
            return confirm();
        }
        Entry entry = current;
        if (disposition == Disposition.COLLECT && entry == null) {
            monitored(takeCollected());
            return false;
        }
        if (disposition == Disposition.COLLECT && entry != null) {
            byte[] answer = takeCollected();
            boolean error = answer[0] == '-' && inspectsErrors && entry.kind() != Kind.TAKE;
            byte[] edited = error ? owner.errorFromUpstream(this, answer) : entry.edited(answer);
            if (edited != null && entry.kind() != Kind.TAKE) {
                owner.fromUpstream(this, Unpooled.wrappedBuffer(edited), true);
            }
        }
        if (entry != null) {
            expected.answered();
            return true;
        }
        return false;
    }

    private void monitored(byte[] line) {
        String text = new String(line, StandardCharsets.ISO_8859_1);
        // What reaches a replica over TCP is replication: the primary tells of that.
        boolean concerns = primary || text.contains(" unix:") || text.contains(" lua]");
        if (concerns && !OwnCommands.isMonitored(text)) {
            owner.fromUpstream(this, Unpooled.wrappedBuffer(line), true);
        }
    }

    private boolean confirm() {
        byte[] confirmation = takeCollected();
        Entry head = expected.head();
        int now = PubSubFrame.subscriptions(confirmation);
        int before = switch (frame) {
            case PATTERN -> patterns;
            case SHARD -> shards;
            default -> channels;
        };
        switch (frame) {
            case PATTERN -> patterns = now - channels;
            case SHARD -> shards = now;
            default -> channels = now - patterns;
        }
        Entry asked = head != null && head.kind() == Kind.CONFIRMATIONS ? head : null;
        if (asked == null ? !shadowing : !asked.isShadow()) {
            owner.fromUpstream(this, Unpooled.wrappedBuffer(confirmation), true);
        }
        if (asked == null) {
            return false;
        }
        asked.confirmed(Math.max(1, before));
        expected.confirmed();
        return true;
    }

    private byte[] takeCollected() {
        byte[] bytes = collected.toByteArray();
        collected.reset();
        return bytes;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (!released) {
            boolean any = answered;
            answered = false;
            owner.upstreamRead(this, any);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (!released) {
            owner.upstreamWritable(this, ctx.channel().isWritable());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (undecided != null) {
            undecided.release();
            undecided = null;
        }
        if (!released) {
            released = true;
            owner.upstreamClosed(this);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
