package io.managedredis.testing.internal.data.gateway;

import io.managedredis.testing.internal.data.command.Route;
import io.managedredis.testing.internal.data.resp.Resp;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection: what it is made of, and its life. Requests are found by the {@link RequestReader}, go to
 * {@link Upstreams} as the bytes they are or through {@link Handlers}, and what comes back goes by {@link Answers}. Runs on
 * one event loop.
 */
final class ClientSession extends ChannelInboundHandlerAdapter {

    private static final long DRAIN_MILLIS = 1_000;
    private static final long IDENTIFY_MILLIS = 2_000;

    private final Gateway gateway;
    private final Channel client;
    private final SessionState state = new SessionState();
    private final Pauses pauses = new Pauses(this::goOn);
    private final ClientPlace place = new ClientPlace();
    private final Answers answers;
    private final Asking asking;
    private final KeyEvents events;
    private final Upstreams upstreams;
    private final Admission admission;
    private final RepeatableWrites repeatableWrites;
    private final GrowthCheck growthCheck;
    private final Transaction transaction;
    private final Handlers handlers;
    private final RequestReader reader;
    private boolean draining;
    private boolean closing;

    ClientSession(Gateway gateway, Channel client) {
        this.gateway = gateway;
        this.client = client;
        this.answers = new Answers(client, gateway.meter());
        this.asking = new Asking(pauses, client.eventLoop());
        this.events = new KeyEvents(this, gateway, client.eventLoop());
        this.upstreams = new Upstreams(this, gateway, client, state, pauses);
        this.admission = new Admission(gateway, state, pauses, client.eventLoop());
        this.repeatableWrites = new RepeatableWrites(this, gateway.capacity(), client.eventLoop());
        this.growthCheck = new GrowthCheck(this, gateway);
        this.transaction = new Transaction(this, gateway.capacity(), client);
        this.handlers = new Handlers(this, gateway, client);
        this.reader = new RequestReader(this, gateway, client);
    }

    SessionState state() {
        return state;
    }

    Pauses pauses() {
        return pauses;
    }

    Answers answers() {
        return answers;
    }

    Asking asking() {
        return asking;
    }

    KeyEvents events() {
        return events;
    }

    ClientPlace place() {
        return place;
    }

    Channel channel() {
        return client;
    }

    Upstreams upstreams() {
        return upstreams;
    }

    Admission admission() {
        return admission;
    }

    RepeatableWrites repeatableWrites() {
        return repeatableWrites;
    }

    GrowthCheck growthCheck() {
        return growthCheck;
    }

    Transaction transaction() {
        return transaction;
    }

    Handlers handlers() {
        return handlers;
    }

    RequestReader reader() {
        return reader;
    }

    /** Whether it takes no more requests, and closes when those before are answered. */
    boolean isDraining() {
        return draining;
    }

    boolean isClosing() {
        return closing;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf incoming = (ByteBuf) message;
        if (closing) {
            incoming.release();
            return;
        }
        gateway.meter().transferred(incoming.readableBytes());
        reader.add(incoming);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        flush();
    }

    /** The last pause ended. */
    private void goOn() {
        if (closing) {
            return;
        }
        reader.read();
        flush();
        if (!pauses.any() && !client.config().isAutoRead()) {
            client.config().setAutoRead(true);
        }
    }

    void flush() {
        upstreams.flush();
        answers.flush();
    }

    /** Sends a request on; false when that must wait. */
    boolean relay(Request request, Route route) {
        GrowthCheck.Outcome outcome = growthCheck.check(request);
        if (outcome != GrowthCheck.Outcome.ALLOWED) {
            return outcome == GrowthCheck.Outcome.REFUSED && growthCheck.refuse();
        }
        boolean repeatable = repeatableWrites.include(route);
        if (repeatable && upstreams.mustWaitForAnswers()) {
            return false;
        }
        Upstream target = upstreams.select(route);
        if (target == null) {
            return false;
        }
        if (repeatable) {
            repeatableWrites.send(request, target);
        } else {
            answers.expectFrom(target);
            target.send(request.slice());
        }
        return true;
    }

    /** Sends a request that changes the connection to both servers, the local one answers; false when that must wait. */
    boolean relayEverywhere(byte[] request, @Nullable UnaryOperator<byte[]> edit) {
        if (upstreams.mustWaitForAnswers()) {
            return false;
        }
        Upstream answering = upstreams.select(state.pinned ? Route.PRIMARY : Route.ANYWHERE);
        if (answering == null) {
            return false;
        }
        if (edit != null) {
            answering.expected().edit(edit);
        } else {
            answers.expectFrom(answering);
        }
        answering.send(Unpooled.wrappedBuffer(request));
        Upstream other = upstreams.otherThan(answering);
        if (other != null) {
            other.expected().swallow();
            other.send(Unpooled.wrappedBuffer(request));
        }
        return true;
    }

    /** Answers in the place of a server, in turn; false when that must wait. */
    boolean answerRequest(String encoded) {
        return !upstreams.mustWaitForAnswers() && answers.encoded(encoded);
    }

    /** Answers a request with an error in the place of a server, in turn; false when that must wait. */
    boolean refuseRequest(String error) {
        if (upstreams.mustWaitForAnswers()) {
            return false;
        }
        transaction.poison();
        return answers.error(error);
    }

    /** No server owes an answer. */
    void allAnswered() {
        repeatableWrites.answered();
        transaction.answered();
        if (draining && !pauses.has(Pause.MAKING_ROOM)) {
            close();
        }
        pauses.end(Pause.ANSWERS_DUE);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        upstreams.reading(client.isWritable());
    }

    /** Takes no more requests, and closes the connection when those before are answered. Called from any thread. */
    void closeAfterAnswers() {
        client.eventLoop().execute(() -> {
            draining = true;
            if (upstreams.isBusy()) {
                // A blocked request may never be answered.
                client.eventLoop().schedule(this::close, DRAIN_MILLIS, TimeUnit.MILLISECONDS);
            } else {
                close();
            }
        });
    }

    /** Answers with an error and closes the connection. Called on the event loop. */
    void refuse(String text) {
        client.write(Resp.line(client.alloc(), '-', text), client.voidPromise());
        close();
    }

    /** How the primary calls this client, which connects there if it has not yet. Called from any thread. */
    CompletableFuture<Long> idOnPrimary() {
        CompletableFuture<Long> id = new CompletableFuture<>();
        client.eventLoop().execute(() -> upstreams.whenIdentifiedByPrimary(id::complete));
        return id.completeOnTimeout(0L, IDENTIFY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** The primary cannot be reached any more. Called from any thread. */
    void primaryLost() {
        client.eventLoop().execute(() -> {
            if (upstreams.primary() != null) {
                client.close();
            }
        });
    }

    /** Closes the connection. Called from any thread. */
    void closeNow() {
        client.close();
    }

    /** Closes the connection once what was answered is on its way. */
    void close() {
        if (!closing) {
            closing = true;
            client.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        flush();
        closing = true;
        upstreams.release();
        events.discard();
        reader.discard();
        transaction.abandon();
        repeatableWrites.answered();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
