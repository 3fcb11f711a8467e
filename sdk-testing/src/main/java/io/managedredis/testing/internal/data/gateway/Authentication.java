package io.managedredis.testing.internal.data.gateway;

import io.managedredis.testing.Face;
import io.managedredis.testing.internal.data.command.Route;
import io.managedredis.testing.internal.data.redis.OwnCommands;
import io.managedredis.testing.internal.data.resp.Resp;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** {@code AUTH}, {@code HELLO} and {@code RESET}: who the client is and which protocol it speaks. Used on one event loop. */
final class Authentication {

    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,17})");

    private final ClientSession session;
    private final Gateway gateway;
    private final Channel client;
    private final SessionState state;
    private final Upstreams upstreams;
    private final Answers answers;

    Authentication(ClientSession session, Gateway gateway, Channel client) {
        this.session = session;
        this.gateway = gateway;
        this.client = client;
        this.state = session.state();
        this.upstreams = session.upstreams();
        this.answers = session.answers();
    }

    boolean authenticate(Request request) {
        if (upstreams.mustWaitForAnswers()) {
            return false;
        }
        int count = request.count();
        if (count < 2) {
            return answers.error("ERR wrong number of arguments for 'auth' command");
        }
        if (count > 3) {
            return answers.error("ERR syntax error");
        }
        byte[] user = count == 3 ? request.argument(1) : Credentials.USERNAME.getBytes(StandardCharsets.UTF_8);
        boolean right = gateway.accepts(user, request.argument(count - 1));
        if (!right && mayBeOther(user)) {
            state.otherUser |= upstreams.pin();
            return state.pinned && session.relay(request, Route.PRIMARY);
        }
        if (!right) {
            return answers.error(Refusals.WRONGPASS);
        }
        authenticated();
        if (upstreams.readyHome() == null) {
            // What it sends from now on arrives in the order in which clients were let in.
            return false;
        }
        becomeDefaultUser();
        return answers.encoded("+OK\r\n");
    }

    /** Whether it may be a user that a client defined. The primary alone knows those. */
    private boolean mayBeOther(byte[] user) {
        return state.authenticated
                && gateway.face() == Face.REDIS
                && !new String(user, StandardCharsets.UTF_8).equals(Credentials.USERNAME);
    }

    private void becomeDefaultUser() {
        Upstream primary = upstreams.primary();
        if (state.otherUser && primary != null) {
            primary.expected().swallow();
            primary.send(Resp.request(
                    client.alloc(),
                    OwnCommands.spell("AUTH"),
                    gateway.serverPassword().reveal()));
        }
        state.otherUser = false;
    }

    private void authenticated() {
        state.authenticated = true;
        session.reader().authenticated(true);
        // The client is to be seen among those of its server even before it asks for anything.
        upstreams.readyHome();
    }

    boolean hello(Request request) {
        if (upstreams.mustWaitForAnswers()) {
            return false;
        }
        int version = 0;
        if (request.count() >= 2) {
            String text = request.text(1);
            if (!NUMBER.matcher(text).matches()) {
                return answers.error("ERR Protocol version is not an integer or out of range");
            }
            if (!text.equals("2") && !text.equals("3")) {
                return answers.error("NOPROTO unsupported protocol version");
            }
            version = Integer.parseInt(text);
        }
        boolean loggedIn = state.authenticated;
        boolean other = false;
        for (int i = 2; i < request.count(); i++) {
            String option = request.upper(i);
            if (option.equals("AUTH") && i + 2 < request.count()) {
                byte[] user = request.argument(i + 1);
                boolean right = gateway.accepts(user, request.argument(i + 2));
                other |= !right && mayBeOther(user);
                if (!right && !other) {
                    return answers.error(Refusals.WRONGPASS);
                }
                loggedIn = true;
                i += 2;
            } else if (option.equals("SETNAME") && i + 1 < request.count()) {
                i++;
            } else {
                return answers.error("ERR Syntax error in HELLO option '" + request.text(i) + "'");
            }
        }
        if (!loggedIn) {
            return answers.error(Refusals.NOAUTH_HELLO);
        }
        if (other && !upstreams.pin()) {
            return false;
        }
        authenticated();
        state.otherUser |= other;
        byte[] sent = other ? request.raw() : withoutCredentials(request);
        if (!session.relayEverywhere(sent, gateway.isReplica() ? this::shown : null)) {
            return false;
        }
        if (version != 0) {
            state.resp3 = version == 3;
            state.setup.put("HELLO", sent);
        }
        return true;
    }

    private byte[] shown(byte[] answer) {
        return HelloReply.ofRegion(answer, gateway.clients().id(session));
    }

    /** The servers know another password, which the upstreams have given them already. */
    private byte[] withoutCredentials(Request request) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < request.count(); i++) {
            if (i > 1 && request.upper(i).equals("AUTH")) {
                i += 2;
            } else {
                words.add(request.text(i));
                if (i > 1) {
                    words.add(request.text(++i));
                }
            }
        }
        ByteBuf encoded = Resp.request(client.alloc(), words.toArray(String[]::new));
        byte[] bytes = new byte[encoded.readableBytes()];
        encoded.readBytes(bytes).release();
        return bytes;
    }

    boolean reset() {
        if (!answers.areUncounted() && upstreams.mustWaitForAnswers()) {
            return false;
        }
        upstreams.release();
        session.reader().forgetUpstreams();
        session.reader().authenticated(false);
        state.reset();
        answers.reset();
        return answers.encoded("+RESET\r\n");
    }
}
