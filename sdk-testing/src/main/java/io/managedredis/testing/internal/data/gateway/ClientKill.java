package io.managedredis.testing.internal.data.gateway;

import io.managedredis.testing.internal.data.command.Route;
import io.managedredis.testing.internal.data.resp.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** {@code CLIENT KILL}: ends clients of this gateway, never the service's own connections. Used on one event loop. */
final class ClientKill {

    private final ClientSession session;
    private final Gateway gateway;

    ClientKill(ClientSession session, Gateway gateway) {
        this.session = session;
        this.gateway = gateway;
    }

    boolean kill(Request request) {
        ClientFilter filter = ClientFilter.parse(request);
        if (filter == null || !session.answers().areRegular()) {
            return session.relay(request, Route.PRIMARY);
        }
        if (session.upstreams().mustWaitForAnswers()) {
            return false;
        }
        if (!request.isPrepared()) {
            request.prepared();
            session.asking()
                    .ask(ClientLine.ask(gateway.homeControl())
                            .thenCombine(
                                    gateway.isReplica()
                                            ? ClientLine.ask(gateway.primaryControl())
                                            : CompletableFuture.completedFuture(List.<ClientLine>of()),
                                    (home, primary) -> gateway.clients().show(home, primary))
                            .thenCompose(shown -> kill(filter, shown)));
            return false;
        }
        Optional<Killed> killed = session.asking().answer();
        String user = filter.wanted().getOrDefault("user", Credentials.USERNAME);
        if (killed.isEmpty() || killed.get().count() == 0 && !user.equals(Credentials.USERNAME)) {
            // Whether there is such a user only Redis knows; none of its clients is left.
            return session.relay(request, Route.PRIMARY);
        }
        if (request.count() > 3) {
            session.answers().encoded(":" + killed.get().count() + "\r\n");
        } else if (killed.get().count() == 0) {
            session.answers().error("ERR No such client");
        } else {
            session.answers().encoded("+OK\r\n");
        }
        if (killed.get().self()) {
            session.close();
        }
        return true;
    }

    private record Killed(int count, boolean self) {}

    /** Their connections to servers end before the answer, so that nothing of them happens after it. */
    private CompletableFuture<Killed> kill(ClientFilter filter, List<ClientLine> shown) {
        int count = 0;
        boolean self = false;
        List<CompletableFuture<?>> ends = new ArrayList<>();
        for (ClientLine line : shown) {
            Optional<ClientSession> found = gateway.clients().find(line.id()).filter(one -> filter.matches(line));
            if (found.isEmpty() || found.get() == session && filter.skipsSelf()) {
                continue;
            }
            count++;
            if (found.get() == session) {
                self = true;
            } else {
                ends.add(end(found.get()));
            }
        }
        Killed killed = new Killed(count, self);
        return CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)).thenApply(done -> killed);
    }

    private CompletableFuture<?> end(ClientSession other) {
        ClientPlace place = other.place();
        List<CompletableFuture<Reply>> ends = new ArrayList<>();
        if (place.primaryId() != 0) {
            ends.add(gateway.primaryControl().ask("CLIENT", "KILL", "ID", Long.toString(place.primaryId())));
        }
        if (place.localId() != 0) {
            ends.add(gateway.homeControl().ask("CLIENT", "KILL", "ID", Long.toString(place.localId())));
        }
        return CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)).thenRun(other::closeNow);
    }
}
