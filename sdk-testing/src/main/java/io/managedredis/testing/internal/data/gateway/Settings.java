package io.managedredis.testing.internal.data.gateway;

import io.managedredis.testing.Face;
import io.managedredis.testing.internal.data.command.Route;
import io.managedredis.testing.internal.data.resp.Resp;
import io.netty.channel.Channel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** {@code CONFIG}: replicas follow what clients set. Used on one event loop. */
final class Settings {

    private final ClientSession session;
    private final Gateway gateway;
    private final Channel client;

    Settings(ClientSession session, Gateway gateway, Channel client) {
        this.session = session;
        this.gateway = gateway;
        this.client = client;
    }

    boolean config(Request request) {
        boolean managed = gateway.face() == Face.MANAGED;
        int count = request.count();
        String subcommand = request.upper(1);
        if (managed && subcommand.equals("GET") && count > 2) {
            return managedGet(request);
        }
        if (subcommand.equals("GET") && session.answers().areRegular() && SlowLogLength.isAmong(request.texts(2))) {
            return showSlowLogLength(request);
        }
        if (!subcommand.equals("SET") || count < 4 || count % 2 != 0) {
            return session.relay(request, Route.PRIMARY);
        }
        List<String> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            words.add(new String(request.argument(i), StandardCharsets.UTF_8));
        }
        for (int i = 2; managed && i < count; i += 2) {
            if (!words.get(i).equalsIgnoreCase(ManagedFace.SETTING)) {
                return session.refuseRequest(
                        "ERR Unknown option or number of arguments for CONFIG SET - '" + words.get(i) + "'");
            }
        }
        if (!request.isPrepared()) {
            request.prepared();
            session.asking().ask(gateway.configureReplicas(words).thenCompose(done -> limitMemory(words)));
            return false;
        }
        return relaySet(request, words);
    }

    private CompletableFuture<Void> limitMemory(List<String> words) {
        int at = position(words, "maxmemory");
        return at < 0
                ? CompletableFuture.completedFuture(null)
                : gateway.capacity().limitedByClient(words.get(at + 1));
    }

    private boolean relaySet(Request request, List<String> words) {
        int at = position(words, SlowLogLength.SETTING);
        if (at < 0 || !session.answers().areRegular()) {
            return session.relay(request, Route.PRIMARY);
        }
        Upstream target = session.upstreams().select(Route.PRIMARY);
        if (target == null) {
            return false;
        }
        String asked = words.get(at + 1);
        words.set(at + 1, gateway.slowLogLength().kept(asked));
        target.expected().edit(answer -> {
            if (answer[0] == '+') {
                gateway.slowLogLength().set(asked);
            }
            return answer;
        });
        target.send(Resp.request(client.alloc(), words.toArray(String[]::new)));
        return true;
    }

    private static int position(List<String> words, String setting) {
        for (int i = 2; i < words.size(); i += 2) {
            if (words.get(i).equalsIgnoreCase(setting)) {
                return i;
            }
        }
        return -1;
    }

    private boolean showSlowLogLength(Request request) {
        Upstream target = session.upstreams().select(Route.PRIMARY);
        if (target == null) {
            return false;
        }
        target.expected().edit(gateway.slowLogLength()::shown);
        target.send(request.slice());
        return true;
    }

    private boolean managedGet(Request request) {
        for (String pattern : request.texts(2)) {
            if (Glob.matches(pattern, ManagedFace.SETTING)) {
                Upstream target = session.upstreams().select(Route.PRIMARY);
                if (target == null) {
                    return false;
                }
                session.answers().expectFrom(target);
                target.send(Resp.request(client.alloc(), "CONFIG", "GET", ManagedFace.SETTING));
                return true;
            }
        }
        return session.answerRequest(session.state().resp3 ? "%0\r\n" : "*0\r\n");
    }
}
