package io.managedredis.testing.internal.data.gateway;

import io.managedredis.testing.internal.data.command.Route;
import io.managedredis.testing.internal.data.redis.OwnCommands;
import io.managedredis.testing.internal.data.resp.Resp;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The servers behind one client: the local one and the primary, each connected to when it is first needed. The order of
 * answers follows from one rule: while one of them owes answers, nothing is sent to the other. At the primary's gateway
 * there is the primary only. Used on one event loop.
 */
final class Upstreams implements Upstream.Owner {

    private final ClientSession session;
    private final Gateway gateway;
    private final Channel client;
    private final SessionState state;
    private final Pauses pauses;
    private final @Nullable OwnWrites ownWrites;
    private final List<LongConsumer> awaitingPrimaryId = new ArrayList<>();
    private @Nullable Upstream local;
    private @Nullable Upstream primary;

    /** The client's subscriptions are about to move to the primary. */
    private boolean moving;

    Upstreams(ClientSession session, Gateway gateway, Channel client, SessionState state, Pauses pauses) {
        this.session = session;
        this.gateway = gateway;
        this.client = client;
        this.state = state;
        this.pauses = pauses;
        this.ownWrites = gateway.progress()
                .map(progress -> new OwnWrites(progress, pauses, client.eventLoop()))
                .orElse(null);
    }

    @Nullable
    Upstream primary() {
        return primary;
    }

    @Nullable
    Upstream local() {
        return local;
    }

    /** Whether one of them owes answers. */
    boolean isBusy() {
        return primary != null && primary.isBusy() || local != null && local.isBusy();
    }

    /** Begins a pause while one of them owes answers. */
    boolean mustWaitForAnswers() {
        if (isBusy()) {
            pauses.begin(Pause.ANSWERS_DUE);
            return true;
        }
        return false;
    }

    /** The one for a request on this route, or null when that must wait. */
    @Nullable
    Upstream select(Route route) {
        if (route == Route.PRIMARY) {
            gateway.capacity().touched();
        }
        OwnWrites writes = ownWrites;
        if (writes == null) {
            return readyPrimary();
        }
        if (!leadsToPrimary(route, writes)) {
            return pauses.any() ? null : readyLocal();
        }
        if (pauses.any()) {
            return null;
        }
        if (local != null && local.isBusy()) {
            pauses.begin(Pause.ANSWERS_DUE);
            return null;
        }
        Upstream target = readyPrimary();
        if (target != null) {
            writes.sent(route == Route.PRIMARY || route == Route.CONNECTION);
        }
        return target;
    }

    private boolean leadsToPrimary(Route route, OwnWrites writes) {
        if (state.pinned || state.inTransaction || state.watching) {
            return true;
        }
        if (local != null && local.isSubscribed() && !state.resp3) {
            return false;
        }
        boolean primaryBusy = primary != null && primary.isBusy();
        return switch (route) {
            case PRIMARY, CONNECTION -> true;
            case ANYWHERE -> primaryBusy;
            case READ -> primaryBusy || !writes.allowLocal(true);
            case CURSOR -> {
                if (primaryBusy) {
                    pauses.begin(Pause.ANSWERS_DUE);
                    yield false;
                }
                yield !writes.allowLocal(false);
            }
        };
    }

    /** The primary, or null when it must be waited for. */
    @Nullable
    Upstream readyPrimary() {
        Upstream there = primary;
        if (there != null) {
            return ready(there);
        }
        pauses.begin(Pause.CONNECTING);
        if (gateway.isPrimaryUnreachable()) {
            client.close();
        } else {
            primary = gateway.openPrimary(this, client.eventLoop());
        }
        return null;
    }

    /** The local server of a replica's gateway, or null when it must be waited for. */
    @Nullable
    Upstream readyLocal() {
        Upstream there = local;
        if (there != null) {
            return ready(there);
        }
        pauses.begin(Pause.CONNECTING);
        local = gateway.openLocal(this, client.eventLoop());
        return null;
    }

    private @Nullable Upstream ready(Upstream upstream) {
        if (!upstream.isConnected()) {
            pauses.begin(Pause.CONNECTING);
            return null;
        }
        if (!upstream.isWritable()) {
            pauses.begin(Pause.UPSTREAM_FULL);
            return null;
        }
        session.place().uses(upstream.isPrimary());
        return upstream;
    }

    /** The server at which clients of this gateway are known: the local one; null when it must be waited for. */
    @Nullable
    Upstream readyHome() {
        return ownWrites == null ? readyPrimary() : readyLocal();
    }

    /** The other of the two, where it is connected; null where it is not. */
    @Nullable
    Upstream otherThan(Upstream one) {
        Upstream other = one == local ? primary : local;
        return other != null && other != one && other.isConnected() ? other : null;
    }

    /**
     * Sends everything to the primary from now on. Subscriptions go there as well, once the local server has told of what was
     * published up to now; false when that must wait.
     */
    boolean pin() {
        OwnWrites writes = ownWrites;
        if (!state.pinned && writes != null && local != null && local.isSubscribed()) {
            if (mustWaitForAnswers()) {
                return false;
            }
            if (!moving) {
                moving = true;
                writes.saw();
            }
            writes.allowLocal(false);
            if (pauses.any()) {
                return false;
            }
            local.endSubscriptions();
        }
        if (!state.pinned && primary != null) {
            primary.shadowSubscriptions(false);
        }
        moving = false;
        state.pinned = true;
        return true;
    }

    /** Those that are connected. */
    List<Upstream> connected() {
        List<Upstream> connected = new ArrayList<>();
        if (primary != null && primary.isConnected()) {
            connected.add(primary);
        }
        if (local != null && local.isConnected()) {
            connected.add(local);
        }
        return connected;
    }

    void flush() {
        if (primary != null) {
            primary.flush();
        }
        if (local != null) {
            local.flush();
        }
    }

    /** Whether to take in what the servers answer. */
    void reading(boolean on) {
        if (primary != null) {
            primary.reading(on);
        }
        if (local != null) {
            local.reading(on);
        }
    }

    /** Closes the connections to both. */
    void release() {
        if (primary != null) {
            primary.release();
        }
        if (local != null) {
            local.release();
        }
        primary = null;
        local = null;
        session.place().left();
        session.answers().discard();
    }

    @Override
    public void upstreamConnected(Upstream upstream, boolean success) {
        if (!success) {
            session.close();
            return;
        }
        if (gateway.capacity().isLimited()) {
            upstream.inspectErrors();
        }
        upstream.limitAnswers(gateway.meter());
        greet(upstream);
        pauses.end(Pause.CONNECTING);
    }

    /** Makes the new connection what the client has made of its own. */
    private void greet(Upstream upstream) {
        ByteBuf greeting = client.alloc().buffer();
        Resp.append(
                greeting, OwnCommands.spell("AUTH"), gateway.serverPassword().reveal());
        upstream.expected().swallow();
        Resp.append(greeting, OwnCommands.spell("HELLO"));
        upstream.expected().take(answer -> identified(upstream, HelloReply.clientId(answer)));
        state.setup.values().forEach(request -> {
            greeting.writeBytes(request);
            upstream.expected().take(this::requireDone);
        });
        if (state.database != 0) {
            Resp.append(greeting, OwnCommands.spell("SELECT"), Integer.toString(state.database));
            upstream.expected().take(this::requireDone);
        }
        upstream.send(greeting);
        upstream.flush();
    }

    private void identified(Upstream upstream, long id) {
        session.place().opened(upstream.isPrimary(), id);
        if (upstream.isPrimary()) {
            awaitingPrimaryId.forEach(waiting -> waiting.accept(id));
            awaitingPrimaryId.clear();
        }
    }

    /** Tells how the primary calls the client, once it is connected there. */
    void whenIdentifiedByPrimary(LongConsumer action) {
        long id = session.place().primaryId();
        if (id != 0) {
            action.accept(id);
        } else {
            awaitingPrimaryId.add(action);
            readyPrimary();
        }
    }

    /** A server that is busy with a script cannot be made what the client expects it to be. */
    private void requireDone(byte[] answer) {
        if (new String(answer, StandardCharsets.ISO_8859_1).startsWith("-BUSY")) {
            session.close();
        }
    }

    @Override
    public void fromUpstream(Upstream upstream, ByteBuf bytes, boolean whole) {
        session.answers().relay(upstream, bytes, whole);
    }

    @Override
    public byte @Nullable [] errorFromUpstream(Upstream upstream, byte[] answer) {
        return session.repeatableWrites().error(upstream, answer);
    }

    @Override
    public void eventFromUpstream(Upstream upstream, byte[] message) {
        session.events().add(upstream, message);
    }

    @Override
    public void upstreamRead(Upstream upstream, boolean answered) {
        if (answered && ownWrites != null && upstream == primary) {
            ownWrites.answered(!upstream.isBusy());
        }
        if (!isBusy()) {
            session.allAnswered();
        }
        session.flush();
    }

    @Override
    public void upstreamWritable(Upstream upstream, boolean writable) {
        if (writable) {
            pauses.end(Pause.UPSTREAM_FULL);
        } else {
            pauses.begin(Pause.UPSTREAM_FULL);
        }
    }

    @Override
    public void upstreamClosed(Upstream upstream) {
        session.close();
    }
}
