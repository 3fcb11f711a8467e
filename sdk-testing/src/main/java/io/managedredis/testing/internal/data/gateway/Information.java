package io.managedredis.testing.internal.data.gateway;

import io.managedredis.testing.Face;
import io.managedredis.testing.internal.data.command.Route;
import io.managedredis.testing.internal.data.resp.Resp;
import io.netty.channel.Channel;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code INFO}: the primary's, with the clients of this gateway. Used on one event loop. */
final class Information {

    private static final Pattern CONNECTED = Pattern.compile("(?m)^connected_clients:\\d+");
    private static final Pattern BLOCKED = Pattern.compile("(?m)^blocked_clients:(\\d+)");

    private final ClientSession session;
    private final Gateway gateway;
    private final Channel client;

    Information(ClientSession session, Gateway gateway, Channel client) {
        this.session = session;
        this.gateway = gateway;
        this.client = client;
    }

    boolean info(Request request) {
        if (!session.answers().areRegular()) {
            return session.relay(request, Route.PRIMARY);
        }
        if (gateway.isReplica() && !request.isPrepared()) {
            if (session.upstreams().mustWaitForAnswers()) {
                return false;
            }
            request.prepared();
            session.asking()
                    .ask(gateway.homeControl().ask("INFO", "clients").thenApply(reply -> blocked(reply.text())));
            return false;
        }
        Upstream target = session.upstreams().select(Route.PRIMARY);
        if (target == null) {
            return false;
        }
        Optional<Long> blockedHere = gateway.isReplica() ? session.asking().answer() : Optional.empty();
        if (gateway.face() == Face.MANAGED) {
            List<String> sections = ManagedFace.infoSections(request.texts(1));
            target.expected()
                    .edit(answer -> BulkText.edit(
                            answer, text -> ManagedFace.cutInfo(withClients(text, blockedHere.orElse(0L)), sections)));
            target.send(Resp.request(client.alloc(), "INFO"));
        } else {
            target.expected().edit(answer -> BulkText.edit(answer, text -> withClients(text, blockedHere.orElse(0L))));
            target.send(request.slice());
        }
        return true;
    }

    private String withClients(String info, long blockedElsewhere) {
        String connected = CONNECTED.matcher(info).replaceFirst("connected_clients:" + gateway.connections());
        return BLOCKED.matcher(connected).replaceFirst("blocked_clients:" + (blocked(info) + blockedElsewhere));
    }

    private static long blocked(String info) {
        Matcher blocked = BLOCKED.matcher(info);
        return blocked.find() ? Long.parseLong(blocked.group(1)) : 0;
    }
}
