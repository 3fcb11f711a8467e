package io.managedredis.testing.internal.data.gateway;

import io.managedredis.testing.internal.data.command.Route;
import io.managedredis.testing.internal.data.limits.Capacity;
import io.managedredis.testing.internal.data.resp.Resp;
import io.netty.channel.Channel;
import java.util.Set;

/** {@code MULTI}, {@code EXEC} and what is between. A transaction is the primary's, whole. Used on one event loop. */
final class Transaction {

    private static final Set<String> NEVER_QUEUED = Set.of("EXEC", "DISCARD", "MULTI", "WATCH", "RESET", "QUIT");

    private final ClientSession session;
    private final SessionState state;
    private final Upstreams upstreams;
    private final Capacity capacity;
    private final Channel client;
    private int databaseAfterExec = -1;
    private boolean roomMade;

    Transaction(ClientSession session, Capacity capacity, Channel client) {
        this.session = session;
        this.state = session.state();
        this.upstreams = session.upstreams();
        this.capacity = capacity;
        this.client = client;
    }

    boolean queues(Request request) {
        return state.inTransaction && !NEVER_QUEUED.contains(request.name());
    }

    boolean queue(Request request) {
        boolean sent = session.relay(request, Route.PRIMARY);
        if (sent && request.name().equals("SELECT")) {
            databaseAfterExec = session.handlers().databaseNumber(request);
        }
        return sent;
    }

    boolean begin(Request request) {
        if (!state.inTransaction && !roomMade && !request.isPrepared() && capacity.mayOverflow()) {
            request.prepared();
            makeRoom();
            return false;
        }
        boolean sent = session.relay(request, Route.PRIMARY);
        state.inTransaction |= sent;
        return sent;
    }

    /** What Redis refuses inside of a transaction fails it as a whole: room is made before. */
    private void makeRoom() {
        session.pauses().begin(Pause.MAKING_ROOM);
        capacity.overflowIfNothingExpires()
                .whenComplete((made, failed) -> client.eventLoop().execute(() -> {
                    roomMade = failed == null && made;
                    if (session.isClosing()) {
                        answered();
                    }
                    session.pauses().end(Pause.MAKING_ROOM);
                }));
    }

    /** Nothing is in flight any more. */
    void answered() {
        if (roomMade && !state.inTransaction) {
            roomMade = false;
            capacity.overflowDone();
        }
    }

    /** {@code EXEC} or {@code DISCARD}. */
    boolean end(Request request) {
        Upstream target = upstreams.select(Route.PRIMARY);
        if (target == null) {
            return false;
        }
        session.growthCheck().isNeeded(request.command(), request);
        int next = request.name().equals("EXEC") ? databaseAfterExec : -1;
        if (next >= 0 && state.inTransaction) {
            target.expected().edit(answer -> {
                if (answer[0] == '*' && answer[1] != '-') {
                    movedTo(next);
                }
                return answer;
            });
        } else {
            session.answers().expectFrom(target);
        }
        target.send(request.slice());
        databaseAfterExec = -1;
        state.inTransaction = false;
        state.watching = false;
        return true;
    }

    /** A transaction moved the primary's connection to another database: the local one follows. */
    private void movedTo(int number) {
        state.database = number;
        Upstream local = upstreams.local();
        if (local != null) {
            local.expected().swallow();
            local.send(Resp.request(client.alloc(), "SELECT", Integer.toString(number)));
            local.flush();
        }
    }

    boolean watch(Request request) {
        boolean sent = session.relay(request, Route.PRIMARY);
        state.watching |= sent && !state.inTransaction;
        return sent;
    }

    boolean unwatch(Request request) {
        boolean sent = session.relay(request, Route.PRIMARY);
        state.watching &= !sent;
        return sent;
    }

    /** A request that never reaches Redis must fail the transaction it is part of, as one does that Redis refuses. */
    void poison() {
        Upstream primary = upstreams.primary();
        if (state.inTransaction && primary != null) {
            primary.expected().swallow();
            primary.send(Resp.request(client.alloc(), "refused-by-the-gateway"));
        }
    }

    /** The connection is gone. */
    void abandon() {
        state.inTransaction = false;
        if (!session.pauses().has(Pause.MAKING_ROOM)) {
            answered();
        }
    }
}
