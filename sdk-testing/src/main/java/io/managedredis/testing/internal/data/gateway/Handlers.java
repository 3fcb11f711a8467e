package io.managedredis.testing.internal.data.gateway;

import io.managedredis.testing.Face;
import io.managedredis.testing.internal.data.command.Route;
import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Who handles which request. Used on one event loop. */
final class Handlers {

    private static final Pattern DATABASE = Pattern.compile("[0-9]{1,2}");
    private static final int DATABASES = 16;

    private final ClientSession session;
    private final Upstreams upstreams;
    private final Answers answers;
    private final SessionState state;
    private final Authentication authentication;
    private final Transaction transaction;
    private final Subscriptions subscriptions;
    private final ClientCommand clientCommand;
    private final Settings settings;
    private final Information information;
    private final Scripts scripts;
    private final SlowLog slowLog;
    private final boolean managed;
    private final boolean replica;

    Handlers(ClientSession session, Gateway gateway, Channel client) {
        this.session = session;
        this.upstreams = session.upstreams();
        this.answers = session.answers();
        this.state = session.state();
        this.authentication = new Authentication(session, gateway, client);
        this.transaction = session.transaction();
        this.subscriptions = new Subscriptions(session, gateway.isReplica());
        this.clientCommand = new ClientCommand(session, gateway, client);
        this.settings = new Settings(session, gateway, client);
        this.information = new Information(session, gateway, client);
        this.scripts = new Scripts(session, gateway.isReplica());
        this.slowLog = new SlowLog(session, gateway.slowLogLength(), client);
        this.replica = gateway.isReplica();
        this.managed = gateway.face() == Face.MANAGED;
    }

    /** Handles a request that may be; false when that must wait. */
    boolean handle(Request request) {
        if (transaction.queues(request)) {
            return transaction.queue(request);
        }
        return switch (request.name()) {
            case "AUTH" -> authentication.authenticate(request);
            case "HELLO" -> authentication.hello(request);
            case "RESET" -> authentication.reset();
            case "QUIT" -> quit(request);
            case "SELECT" -> selectDatabase(request);
            case "CLIENT" -> clientCommand.client(request);
            case "MULTI" -> transaction.begin(request);
            case "EXEC", "DISCARD" -> transaction.end(request);
            case "WATCH" -> transaction.watch(request);
            case "UNWATCH" -> transaction.unwatch(request);
            case "SUBSCRIBE", "PSUBSCRIBE", "SSUBSCRIBE" -> subscriptions.subscribe(request);
            case "UNSUBSCRIBE", "PUNSUBSCRIBE", "SUNSUBSCRIBE" -> subscriptions.unsubscribe(request);
            case "MONITOR" -> monitor(request);
            case "SYNC", "PSYNC" -> synchronise(request);
            case "CONFIG" -> settings.config(request);
            case "INFO" -> information.info(request);
            case "SCRIPT", "FUNCTION" -> scripts.script(request);
            case "SLOWLOG" -> slowLog.slowLog(request);
            case "COMMAND" -> managed ? session.answerRequest("*0\r\n") : session.relay(request, Route.ANYWHERE);
            default -> {
                Route route = request.command().route();
                yield session.relay(request, route == Route.CONNECTION ? Route.PRIMARY : route);
            }
        };
    }

    /** The servers end their connections before the client knows: nothing of it happens afterwards. */
    private boolean quit(Request request) {
        if (answers.areUncounted()) {
            session.close();
            return true;
        }
        if (upstreams.mustWaitForAnswers()) {
            return false;
        }
        List<Upstream> left = new ArrayList<>(upstreams.connected());
        if (left.isEmpty()) {
            return farewell();
        }
        for (Upstream upstream : List.copyOf(left)) {
            upstream.expected().take(answer -> {
                left.remove(upstream);
                upstream.release();
                if (left.isEmpty()) {
                    farewell();
                }
            });
            upstream.send(request.slice());
        }
        session.pauses().begin(Pause.ANSWERS_DUE);
        return true;
    }

    private boolean farewell() {
        answers.encoded("+OK\r\n");
        session.close();
        return true;
    }

    private boolean selectDatabase(Request request) {
        if (!session.relayEverywhere(request.raw(), null)) {
            return false;
        }
        int number = databaseNumber(request);
        state.database = number >= 0 ? number : state.database;
        return true;
    }

    /** The database that a {@code SELECT} names, or -1 when there is none. */
    int databaseNumber(Request request) {
        String text = request.count() == 2 ? request.text(1) : "";
        boolean valid = DATABASE.matcher(text).matches() && Integer.parseInt(text) < (managed ? 1 : DATABASES);
        return valid ? Integer.parseInt(text) : -1;
    }

    /** Both servers tell what they are asked; the primary answers. */
    private boolean monitor(Request request) {
        if (upstreams.mustWaitForAnswers()) {
            return false;
        }
        Upstream local = replica ? upstreams.readyLocal() : null;
        Upstream primary = replica && local == null ? null : upstreams.readyPrimary();
        if (primary == null) {
            return false;
        }
        if (!upstreams.pin()) {
            return false;
        }
        if (local != null) {
            local.expected().swallow();
            local.send(request.slice());
            local.monitor();
        }
        answers.expectFrom(primary);
        primary.send(request.slice());
        primary.monitor();
        answers.becomeUncounted();
        return true;
    }

    private boolean synchronise(Request request) {
        if (upstreams.mustWaitForAnswers()) {
            return false;
        }
        Upstream target = upstreams.pin() ? upstreams.select(Route.PRIMARY) : null;
        if (target == null) {
            return false;
        }
        target.becomeOpaque();
        target.send(request.slice());
        session.reader().becomeOpaque(target);
        return true;
    }
}
