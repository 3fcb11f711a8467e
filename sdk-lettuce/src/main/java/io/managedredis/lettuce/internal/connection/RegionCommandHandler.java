package io.managedredis.lettuce.internal.connection;

import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.CommandHandler;
import io.lettuce.core.protocol.RedisCommand;
import io.lettuce.core.resource.ClientResources;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lettuce's command handler, which offers errors, and what was sent and not answered when the socket closes, to the routed
 * connection above. All of it runs on the channel's I/O thread.
 */
final class RegionCommandHandler extends CommandHandler {

    private static final long CLOSER_LOOK_MILLIS = 50;

    private final RegionEndpoint endpoint;
    private @Nullable ChannelHandlerContext context;
    private boolean partial;
    private long arrivals;
    private long arrivalsSeen;
    private boolean lookingCloser;
    private int looksWaiting;
    private int looksIdle;
    /** The transaction that the server may have open on this channel. */
    private @Nullable Transaction<?, ?> open;

    private final Deque<Held> held = new ArrayDeque<>();

    /** What came in between MULTI and EXEC without belonging there. */
    private record Held(RedisCommand<?, ?, ?> command, ChannelPromise promise) {}

    private RegionCommandHandler(RegionEndpoint endpoint, ClientResources resources) {
        super(endpoint.options(), resources, endpoint);
        this.endpoint = endpoint;
    }

    /** Puts this handler in the place of Lettuce's, on channels that belong to a routed connection. */
    static void install(Channel channel, ClientResources resources) {
        CommandHandler standard = channel.pipeline().get(CommandHandler.class);
        if (standard != null && standard.getEndpoint() instanceof RegionEndpoint endpoint) {
            RegionCommandHandler handler = new RegionCommandHandler(endpoint, resources);
            endpoint.handler(handler);
            channel.pipeline().replace(standard, null, handler);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) throws Exception {
        this.context = added;
        super.handlerAdded(added);
    }

    /** A look at the socket: closes it when it is half-open, tries it when it is idle. */
    void inspect(SocketInspection inspection) {
        boolean waiting = !getStack().isEmpty();
        boolean arrived = arrivals != arrivalsSeen;
        arrivalsSeen = arrivals;
        looksWaiting = waiting && !arrived ? looksWaiting + 1 : 0;
        looksIdle = waiting || arrived ? 0 : looksIdle + 1;
        if (!lookingCloser) {
            lookCloser(inspection);
        }
        if (looksWaiting > inspection.patience() && context != null) {
            looksWaiting = 0;
            inspection.onHalfOpen();
            context.close();
        } else if (looksIdle > inspection.idlePatience()) {
            looksIdle = 0;
            inspection.onIdle();
        }
    }

    /** Looks again soon while commands wait, and costs nothing while none does. */
    private void lookCloser(SocketInspection inspection) {
        ChannelHandlerContext channel = context;
        if (channel == null || !channel.channel().isActive()) {
            lookingCloser = false;
            return;
        }
        lookingCloser = !getStack().isEmpty();
        inspection.onLook(lookingCloser, arrivals);
        if (lookingCloser) {
            channel.executor().schedule(() -> lookCloser(inspection), CLOSER_LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void write(ChannelHandlerContext channel, Object message, ChannelPromise promise) throws Exception {
        if (endpoint.isTransactional() && message instanceof RedisCommand<?, ?, ?> command) {
            writeWithTransactions(channel, command, promise);
        } else {
            super.write(channel, message, promise);
        }
    }

    private void writeWithTransactions(
            ChannelHandlerContext channel, RedisCommand<?, ?, ?> command, ChannelPromise promise) throws Exception {
        PinnedCommand<?, ?, ?> pinned = PinnedCommand.in(command);
        Transaction<?, ?> belongsTo = pinned == null ? null : pinned.transaction();
        if (isQueueing() && belongsTo != open) {
            held.add(new Held(command, promise));
            return;
        }
        // Asked first: a command that is done is not sent, and its transaction is lost by that.
        if (pinned == null || belongsTo == null || command.isDone()) {
            super.write(channel, command, promise);
            return;
        }
        switch (belongsTo.admit(pinned, channel.channel())) {
            case HOLD -> held.add(new Held(command, promise));
            case REFUSE -> {
                promise.trySuccess();
                belongsTo.lose();
                endpoint.later(() -> Transaction.refuse(pinned));
            }
            case WRITE -> {
                open = pinned.isEnd() ? null : belongsTo;
                promise.addListener(belongsTo);
                super.write(channel, command, promise);
                writeHeld(channel);
            }
        }
    }

    private boolean isQueueing() {
        Transaction<?, ?> now = open;
        return now != null && now.isQueueing();
    }

    private void writeHeld(ChannelHandlerContext channel) throws Exception {
        boolean any = false;
        while (!held.isEmpty() && !isQueueing()) {
            Held next = held.poll();
            write(channel, next.command(), next.promise());
            any = true;
        }
        if (any) {
            channel.flush();
        }
    }

    /** Before what is unanswered is drained: a command that is sent from now on must find its transaction lost. */
    @Override
    public void channelInactive(ChannelHandlerContext channel) throws Exception {
        Transaction<?, ?> lost = open;
        open = null;
        if (lost != null) {
            lost.lose();
        }
        for (Held each = held.poll(); each != null; each = held.poll()) {
            each.promise().tryFailure(new ClosedChannelException());
        }
        super.channelInactive(channel);
    }

    @Override
    public void channelRead(ChannelHandlerContext channel, Object message) throws Exception {
        arrivals++;
        super.channelRead(channel, message);
    }

    /** A broken socket is no answer to the command that happens to be first: it is drained like the others. */
    @Override
    public void exceptionCaught(ChannelHandlerContext channel, Throwable cause) throws Exception {
        if (cause instanceof IOException && endpoint.stranded() != null) {
            channel.close();
        } else {
            super.exceptionCaught(channel, cause);
        }
    }

    @Override
    protected boolean decode(ByteBuf buffer, RedisCommand<?, ?, ?> command, CommandOutput<?, ?, ?> output) {
        boolean complete = super.decode(buffer, command, output);
        partial = !complete;
        return complete;
    }

    @Override
    protected void complete(RedisCommand<?, ?, ?> command) {
        StrandedCommands taker = endpoint.stranded();
        CommandOutput<?, ?, ?> output = command.getOutput();
        if (taker != null && output != null) {
            if (!output.hasError()) {
                taker.answered(command);
            } else {
                noticeRefusal(command);
                if (taker.takeFailed(command, output.getError())) {
                    return;
                }
            }
        }
        super.complete(command);
    }

    /** Without MULTI nothing is queued. */
    private void noticeRefusal(RedisCommand<?, ?, ?> command) {
        PinnedCommand<?, ?, ?> pinned = endpoint.isTransactional() ? PinnedCommand.in(command) : null;
        if (pinned != null && pinned.role() == PinnedCommand.Role.MULTI) {
            pinned.transaction().refused();
            open = open == pinned.transaction() ? null : open;
            ChannelHandlerContext channel = context;
            if (channel != null && !held.isEmpty()) {
                channel.executor().execute(() -> {
                    try {
                        writeHeld(channel);
                    } catch (Exception broken) {
                        channel.fireExceptionCaught(broken);
                    }
                });
            }
        }
    }

    @Override
    public Collection<RedisCommand<?, ?, ?>> drainQueue() {
        Collection<RedisCommand<?, ?, ?>> unanswered = super.drainQueue();
        StrandedCommands taker = endpoint.stranded();
        if (unanswered.isEmpty() || taker == null || endpoint.isClosed()) {
            return unanswered;
        }
        return taker.takeUnanswered(unanswered, partial);
    }
}
