package io.managedredis.testing.internal.data.gateway;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The clients of one gateway by the names that servers have for their connections. A client has one id: that at the local
 * server, which is the primary at the primary's gateway. Connections of the service itself, and those that come through
 * other gateways, are not among them. Thread safe.
 */
final class ClientDirectory {

    private final Collection<ClientSession> sessions;
    private final boolean replica;

    ClientDirectory(Collection<ClientSession> sessions, boolean replica) {
        this.sessions = sessions;
        this.replica = replica;
    }

    /** The id that clients know; 0 when it has none yet. */
    long id(ClientSession session) {
        return replica ? session.place().localId() : session.place().primaryId();
    }

    Optional<ClientSession> find(long id) {
        return sessions.stream().filter(session -> id(session) == id && id != 0).findFirst();
    }

    /** The id that clients know of the one that the primary calls so; itself when there is none. */
    long idOf(long primaryId) {
        return sessions.stream()
                .filter(session -> session.place().primaryId() == primaryId)
                .mapToLong(this::id)
                .findFirst()
                .orElse(primaryId);
    }

    /** The clients among these lines of the local server, as they would stand with a server that they reached directly. */
    List<ClientLine> show(List<ClientLine> lines, List<ClientLine> onPrimary) {
        Map<Long, ClientSession> byId = new HashMap<>();
        sessions.forEach(session -> byId.put(id(session), session));
        Map<Long, ClientLine> elsewhere = new HashMap<>();
        onPrimary.forEach(line -> elsewhere.put(line.id(), line));
        List<ClientLine> shown = new ArrayList<>();
        for (ClientLine line : lines) {
            ClientSession session = byId.get(line.id());
            if (session != null) {
                ClientLine there = elsewhere.getOrDefault(session.place().primaryId(), line);
                shown.add(show(session, session.place().isOnPrimary() ? there : line.withTrackingOf(there)));
            }
        }
        return shown;
    }

    /** One client's line, from whichever server, as it would stand with a server that it reached directly. */
    ClientLine show(ClientSession session, ClientLine line) {
        ClientLine shown = line.with("id", Long.toString(id(session)))
                .with("addr", ClientPlace.shown(session.channel().remoteAddress()))
                .with("laddr", ClientPlace.shown(session.channel().localAddress()))
                .withoutSocketFlag();
        long redirect = Long.parseLong(line.field("redir").isEmpty() ? "-1" : line.field("redir"));
        return redirect > 0 ? shown.with("redir", Long.toString(idOf(redirect))) : shown;
    }
}
