package io.managedredis.testing.internal.data.gateway;

import io.managedredis.testing.internal.data.command.Route;
import org.jspecify.annotations.Nullable;

/**
 * Subscriptions. At a replica's gateway messages come from the local server, in the order of replication. The primary gets
 * the same subscription, so that it counts the client as a receiver, and before: a message published after the confirmation
 * is not missed. Used on one event loop.
 */
final class Subscriptions {

    private final ClientSession session;
    private final Upstreams upstreams;
    private final boolean replica;

    Subscriptions(ClientSession session, boolean replica) {
        this.session = session;
        this.upstreams = session.upstreams();
        this.replica = replica;
    }

    /** {@code SUBSCRIBE} and its kind: one confirmation for each channel. */
    boolean subscribe(Request request) {
        int channels = request.count() - 1;
        return channels == 0 ? session.relay(request, Route.ANYWHERE) : send(request, channels);
    }

    /** {@code UNSUBSCRIBE} and its kind: without a channel, only the server knows how many confirmations come. */
    boolean unsubscribe(Request request) {
        return send(request, request.count() == 1 ? -1 : request.count() - 1);
    }

    private boolean send(Request request, int confirmations) {
        if (!replica || session.state().pinned) {
            return send(request, upstreams.select(Route.PRIMARY), confirmations);
        }
        if (upstreams.mustWaitForAnswers()) {
            return false;
        }
        if (request.isPrepared()) {
            return send(request, upstreams.readyLocal(), confirmations);
        }
        Upstream counting = upstreams.readyPrimary();
        if (counting != null) {
            counting.shadowSubscriptions(true);
            counting.expected().confirmations(confirmations, true);
            counting.send(request.slice());
            counting.flush();
            request.prepared();
            session.pauses().begin(Pause.ANSWERS_DUE);
        }
        return false;
    }

    private boolean send(Request request, @Nullable Upstream to, int confirmations) {
        if (to == null) {
            return false;
        }
        session.answers().confirmed();
        to.expected().confirmations(confirmations, false);
        to.send(request.slice());
        return true;
    }
}
