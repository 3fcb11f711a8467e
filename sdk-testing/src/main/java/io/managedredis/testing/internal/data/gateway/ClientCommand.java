package io.managedredis.testing.internal.data.gateway;

import io.managedredis.testing.internal.data.command.Route;
import io.managedredis.testing.internal.data.resp.Reply;
import io.managedredis.testing.internal.data.resp.Resp;
import io.netty.channel.Channel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** {@code CLIENT}: what concerns other clients concerns those of this gateway. Used on one event loop. */
final class ClientCommand {

    private static final long NO_CLIENT = Long.MAX_VALUE;

    private final ClientSession session;
    private final Gateway gateway;
    private final Channel channel;
    private final SessionState state;
    private final Upstreams upstreams;
    private final Answers answers;
    private final Asking asking;
    private final ClientKill clientKill;
    private long redirectsTo;
    private long redirectsToOnPrimary;

    ClientCommand(ClientSession session, Gateway gateway, Channel channel) {
        this.session = session;
        this.gateway = gateway;
        this.channel = channel;
        this.state = session.state();
        this.upstreams = session.upstreams();
        this.answers = session.answers();
        this.asking = session.asking();
        this.clientKill = new ClientKill(session, gateway);
    }

    boolean client(Request request) {
        String subcommand = request.upper(1);
        return switch (subcommand) {
            case "SETNAME", "SETINFO", "NO-EVICT", "NO-TOUCH" -> set(request, subcommand);
            case "REPLY" -> reply(request);
            case "ID" -> atHome(request);
            case "LIST", "INFO" -> list(request);
            case "KILL" -> clientKill.kill(request);
            case "UNBLOCK" -> gateway.isReplica() ? unblock(request) : session.relay(request, Route.PRIMARY);
            case "PAUSE", "UNPAUSE" -> pause(request, subcommand);
            case "TRACKING" -> track(request);
            case "CACHING" -> upstreams.pin() && session.relay(request, Route.PRIMARY);
            case "GETREDIR", "TRACKINGINFO" -> redirection(request);
            default -> session.relay(request, Route.PRIMARY);
        };
    }

    private boolean set(Request request, String subcommand) {
        byte[] raw = request.raw();
        if (!session.relayEverywhere(raw, null)) {
            return false;
        }
        state.setup.put(subcommand.equals("SETINFO") ? subcommand + request.upper(2) : subcommand, raw);
        return true;
    }

    private boolean reply(Request request) {
        Upstream target = upstreams.pin() ? upstreams.select(Route.PRIMARY) : null;
        if (target == null) {
            return false;
        }
        String how = request.count() == 3 ? request.upper(2) : "";
        if (how.equals("OFF")) {
            answers.none();
        } else if (how.equals("SKIP")) {
            answers.allButNext();
        } else {
            if (how.equals("ON")) {
                answers.all();
            }
            answers.expectFrom(target);
        }
        target.send(request.slice());
        return true;
    }

    private boolean atHome(Request request) {
        if (!answers.areRegular()) {
            return session.relay(request, Route.PRIMARY);
        }
        Upstream home = upstreams.mustWaitForAnswers() ? null : upstreams.readyHome();
        if (home == null) {
            return false;
        }
        answers.expectFrom(home);
        home.send(request.slice());
        return true;
    }

    /** {@code LIST}, and {@code INFO}, which is a list of one. */
    private boolean list(Request request) {
        if (!answers.areRegular()) {
            return session.relay(request, Route.PRIMARY);
        }
        if (upstreams.mustWaitForAnswers()) {
            return false;
        }
        if (gateway.isReplica() && !request.isPrepared()) {
            request.prepared();
            asking.ask(ClientLine.ask(gateway.primaryControl()));
            return false;
        }
        List<ClientLine> onPrimary =
                gateway.isReplica() ? asking.<List<ClientLine>>answer().orElse(List.of()) : List.of();
        Upstream home = upstreams.readyHome();
        if (home == null) {
            return false;
        }
        home.expected()
                .edit(answer -> BulkText.edit(
                        answer,
                        text -> gateway.clients().show(ClientLine.parseAll(text), onPrimary).stream()
                                .map(line -> line.text() + "\n")
                                .collect(Collectors.joining())));
        home.send(request.slice());
        return true;
    }

    /** The client may be blocked at either server. */
    private boolean unblock(Request request) {
        boolean valid =
                request.count() >= 3 && request.count() <= 4 && request.text(2).matches("[0-9]{1,18}");
        if (!valid || !answers.areRegular()) {
            return session.relay(request, Route.PRIMARY);
        }
        if (upstreams.mustWaitForAnswers()) {
            return false;
        }
        if (!request.isPrepared()) {
            request.prepared();
            Optional<ClientSession> other = gateway.clients().find(Long.parseLong(request.text(2)));
            long localId = other.map(one -> one.place().localId()).orElse(NO_CLIENT);
            long primaryId = other.map(one -> one.place().primaryId()).orElse(NO_CLIENT);
            asking.ask(gateway.homeControl()
                    .ask(unblockWords(request, localId))
                    .thenCombine(
                            gateway.primaryControl().ask(unblockWords(request, primaryId)), ClientCommand::either));
            return false;
        }
        Optional<Reply> reply = asking.answer();
        if (reply.isPresent() && reply.get() instanceof Reply.Number number) {
            return answers.encoded(":" + number.value() + "\r\n");
        }
        return answers.error(
                reply.isPresent() && reply.get() instanceof Reply.Error error
                        ? error.message()
                        : "ERR a server of the database is gone");
    }

    private static String[] unblockWords(Request request, long id) {
        List<String> words = new ArrayList<>(List.of("CLIENT", "UNBLOCK", Long.toString(id)));
        words.addAll(request.texts(3));
        return words.toArray(String[]::new);
    }

    private static Reply either(Reply one, Reply other) {
        boolean unblocked = other instanceof Reply.Number number && number.value() > 0;
        return unblocked ? other : one;
    }

    /** Where everything stops, the local server does too. */
    private boolean pause(Request request, String subcommand) {
        boolean all = subcommand.equals("UNPAUSE") || !request.upper(3).equals("WRITE");
        if (gateway.isReplica() && all && !request.isPrepared()) {
            request.prepared();
            asking.ask(gateway.homeControl().ask(pauseWords(request)));
            return false;
        }
        return session.relay(request, Route.PRIMARY);
    }

    private static String[] pauseWords(Request request) {
        return request.texts(0).toArray(String[]::new);
    }

    private boolean track(Request request) {
        if (!upstreams.pin()) {
            return false;
        }
        int redirect = -1;
        for (int i = 3; gateway.isReplica() && i + 1 < request.count(); i++) {
            redirect =
                    request.upper(i).equals("REDIRECT") && request.text(i + 1).matches("[0-9]{1,18}")
                            ? i + 1
                            : redirect;
        }
        if (redirect < 0) {
            return session.relay(request, Route.PRIMARY);
        }
        if (!request.isPrepared()) {
            request.prepared();
            asking.ask(gateway.clients()
                    .find(Long.parseLong(request.text(redirect)))
                    .map(ClientSession::idOnPrimary)
                    .orElse(CompletableFuture.completedFuture(NO_CLIENT)));
            return false;
        }
        Upstream target = upstreams.select(Route.PRIMARY);
        if (target == null) {
            return false;
        }
        List<String> words = request.texts(0);
        redirectsTo = Long.parseLong(request.text(redirect));
        redirectsToOnPrimary = asking.<Long>answer().orElse(NO_CLIENT);
        words.set(redirect, Long.toString(redirectsToOnPrimary));
        answers.expectFrom(target);
        target.send(Resp.request(channel.alloc(), words.toArray(String[]::new)));
        return true;
    }

    private boolean redirection(Request request) {
        Upstream target = upstreams.select(Route.PRIMARY);
        if (target == null) {
            return false;
        }
        if (gateway.isReplica() && answers.areRegular()) {
            target.expected().edit(this::redirectionShown);
        } else {
            answers.expectFrom(target);
        }
        target.send(request.slice());
        return true;
    }

    private byte[] redirectionShown(byte[] answer) {
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        String label = answer[0] == ':' ? ":" : "redirect\r\n:";
        int from = text.indexOf(label) + label.length();
        int to = text.indexOf('\r', from);
        if (from < label.length() || to < 0 || text.charAt(from) == '-') {
            return answer;
        }
        long onPrimary = Long.parseLong(text.substring(from, to));
        // The other client may have left since.
        long id = onPrimary == redirectsToOnPrimary ? redirectsTo : onPrimary;
        return (text.substring(0, from) + id + text.substring(to)).getBytes(StandardCharsets.ISO_8859_1);
    }
}
