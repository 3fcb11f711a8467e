package io.managedredis.testing.internal.data.gateway;

import io.managedredis.testing.Face;
import io.managedredis.testing.internal.data.command.Command;
import io.managedredis.testing.internal.data.command.Route;
import io.managedredis.testing.internal.data.limits.Capacity;
import io.managedredis.testing.internal.data.limits.Meter;
import io.managedredis.testing.internal.data.resp.RequestScanner;
import io.managedredis.testing.internal.data.resp.Resp;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection. Requests go on as the bytes they are, to the local server or to the primary; only what concerns
 * the connection itself is looked into. The order of answers follows from one rule: while one upstream owes answers,
 * nothing is sent to the other. Runs on one event loop.
 */
final class ClientSession extends ChannelInboundHandlerAdapter implements Upstream.Owner {

    /** Why no requests are taken on at the moment. */
    private static final int CONNECTING = 1;

    private static final int ANSWERS_DUE = 2;
    private static final int REPLICA_BEHIND = 4;
    private static final int UPSTREAM_FULL = 8;
    private static final int CONFIGURING = 16;
    private static final int THROTTLED = 32;
    private static final int BANDWIDTH_USED_UP = 64;
    private static final int MAKING_ROOM = 128;

    private static final long BANDWIDTH_CHECK_MILLIS = 50;

    /** The most bytes of one request that are kept to look into it. */
    private static final int LARGEST_COLLECTED = 1 << 20;

    private static final int READ_AHEAD = 256 * 1024;
    private static final long LONGEST_HOLD_MILLIS = 2_000;
    private static final long DRAIN_MILLIS = 1_000;
    private static final int DATABASES = 16;

    private enum Mode {
        PASS,
        COLLECT,
        DISCARD
    }

    private enum Replies {
        ON,
        SKIP_NEXT,
        OFF
    }

    private final Gateway gateway;
    private final Channel client;
    private final RequestScanner scanner = new RequestScanner();
    private final Queue<ByteBuf> deferred = new ArrayDeque<>();
    private final Map<String, byte[]> connectionState = new LinkedHashMap<>();

    private @Nullable ByteBuf input;
    private int pauses;
    private boolean processing;
    private Mode mode = Mode.PASS;
    private Command command = Command.UNKNOWN;
    private boolean looking;
    private boolean prepared;
    private @Nullable String discardAnswer;
    private @Nullable String failure;
    private @Nullable String owedError;
    private boolean admitted;
    private boolean plain;
    private @Nullable ByteBuf repeatable;
    private boolean overflowing;
    private boolean roomInTransaction;

    private @Nullable Upstream local;
    private @Nullable Upstream primary;
    private @Nullable Upstream runTarget;
    private @Nullable Upstream midAnswer;
    private @Nullable Upstream owing;

    private boolean authenticated;
    private boolean resp3;
    private int database;
    private int databaseAfterExec = -1;
    private boolean inTransaction;
    private boolean watching;
    private boolean pinned;
    private boolean otherUser;
    private boolean uncounted;
    private boolean opaque;
    private Replies replies = Replies.ON;
    private long seenTicket;
    private long writtenTicket;
    private boolean wrote;
    private boolean heldTooLong;
    private boolean unflushed;
    private boolean draining;
    private boolean closing;

    ClientSession(Gateway gateway, Channel client) {
        this.gateway = gateway;
        this.client = client;
    }

    // Input

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf incoming = (ByteBuf) message;
        if (closing) {
            incoming.release();
            return;
        }
        gateway.meter().transferred(incoming.readableBytes());
        input = append(input, incoming);
        if (pauses == 0) {
            process();
        } else if (input.readableBytes() > READ_AHEAD) {
            client.config().setAutoRead(false);
        }
    }

    private ByteBuf append(@Nullable ByteBuf before, ByteBuf incoming) {
        if (before == null) {
            return incoming;
        }
        int needed = before.readableBytes() + incoming.readableBytes();
        ByteBuf both = before;
        if (before.refCnt() > 1 || before.writableBytes() < incoming.readableBytes()) {
            // Twice what is needed, so that a long request is not copied once a read.
            both = client.alloc().buffer(needed + Math.min(needed, 1 << 22));
            both.writeBytes(before);
            before.release();
        }
        both.writeBytes(incoming);
        incoming.release();
        return both;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        flush();
    }

    private void process() {
        if (processing) {
            return;
        }
        processing = true;
        boolean more = true;
        while (more && pauses == 0 && !closing && input != null) {
            more = advance(input);
        }
        if (!closing) {
            forwardScanned();
        }
        processing = false;
    }

    private boolean advance(ByteBuf in) {
        if (opaque) {
            sendOpaque(in);
            return false;
        }
        if (draining) {
            return false;
        }
        if (gateway.meter().isBandwidthUsedUp()) {
            return waitForBandwidth();
        }
        if (owedError != null) {
            return answerOwedError(owedError);
        }
        if (failure != null) {
            return answerFailure(failure);
        }
        if (looking) {
            return look(in);
        }
        return switch (scanner.step(in)) {
            case MORE -> {
                if (mode == Mode.COLLECT
                        && scanner.requestBytes() > gateway.meter().largestRequest()) {
                    // Too large to be kept; how large it is shows at its end.
                    forward(scanner.start());
                    runTarget = null;
                    scanner.stopCollecting();
                    mode = Mode.DISCARD;
                    discardAnswer = null;
                    yield true;
                }
                if (mode == Mode.COLLECT && !plain && scanner.requestBytes() > LARGEST_COLLECTED) {
                    failure = "invalid bulk length";
                    yield true;
                }
                yield false;
            }
            case EMPTY -> {
                forward(scanner.start());
                drop(in);
                yield true;
            }
            case NAMED -> {
                command = scanner.nameLength() > 64
                        ? Command.UNKNOWN
                        : gateway.commands().find(in, in.readerIndex() + scanner.nameStart(), scanner.nameLength());
                yield begin();
            }
            case INLINE -> {
                plain = false;
                command = gateway.commands().find(scanner.text(in, 0));
                looking = true;
                yield true;
            }
            case COMPLETE -> {
                Mode done = mode;
                mode = Mode.PASS;
                owing = null;
                if (done == Mode.COLLECT) {
                    looking = true;
                } else if (done == Mode.DISCARD) {
                    drop(in);
                    admitted = false;
                    owedError = discardAnswer == null
                            ? gateway.meter().requestTooLarge(scanner.requestBytes())
                            : discardAnswer;
                }
                yield true;
            }
            case FAILED -> {
                failure = scanner.problem();
                forward(scanner.start());
                if (owing != null) {
                    // The request was under way already; its server will not answer half of it.
                    owing.expected().cancelLastRelay();
                }
                runTarget = null;
                yield true;
            }
        };
    }

    /** Decides on a request of which the name is known; false when that must wait. */
    private boolean begin() {
        String refusal = refusal();
        if (refusal == null) {
            refusal = admit();
            if (pauses != 0) {
                return false;
            }
        }
        if (refusal != null) {
            return discard(refusal);
        }
        plain = command.route() != Route.CONNECTION && !(isManaged() && ManagedFace.dependsOnSubcommand(command));
        if (!plain
                || isManaged()
                || gateway.meter().limitsSizes()
                || gateway.capacity().mayOverflow()) {
            scanner.collect();
            mode = Mode.COLLECT;
            return true;
        }
        Upstream target = select(command.route());
        if (target == null) {
            return false;
        }
        runTo(target);
        owing = expectAnswer(target) ? target : null;
        admitted = false;
        scanner.pass();
        mode = Mode.PASS;
        return true;
    }

    /** Counts a command once; the error when the plan does not allow it, or a pause until its turn. */
    private @Nullable String admit() {
        if (admitted || !authenticated || Meter.isUncounted(command.name())) {
            return null;
        }
        admitted = true;
        Meter meter = gateway.meter();
        gateway.countCommand();
        String refusal = meter.command();
        long wait = refusal == null ? meter.nanosToTurn() : 0;
        if (wait > 0) {
            pause(THROTTLED);
            client.eventLoop().schedule(() -> resume(THROTTLED), wait, TimeUnit.NANOSECONDS);
        }
        return refusal;
    }

    private boolean waitForBandwidth() {
        pause(BANDWIDTH_USED_UP);
        client.eventLoop().schedule(() -> resume(BANDWIDTH_USED_UP), BANDWIDTH_CHECK_MILLIS, TimeUnit.MILLISECONDS);
        return false;
    }

    private boolean answerOwedError(String text) {
        if (mustWaitForAnswers()) {
            return false;
        }
        owedError = null;
        poisonTransaction();
        return error(text);
    }

    private @Nullable String refusal() {
        if (!authenticated) {
            return switch (command.name()) {
                case "AUTH", "HELLO", "QUIT", "RESET" -> null;
                default -> Refusals.NOAUTH;
            };
        }
        return isManaged() && !ManagedFace.offers(command) ? ManagedFace.unavailable(command.name()) : null;
    }

    private boolean discard(String answer) {
        forward(scanner.start());
        runTarget = null;
        discardAnswer = answer;
        scanner.pass();
        mode = Mode.DISCARD;
        return true;
    }

    /** A request that never reaches Redis must fail the transaction it is part of, as one does that Redis refuses. */
    private void poisonTransaction() {
        if (inTransaction && primary != null) {
            primary.expected().swallow();
            primary.send(Resp.request(client.alloc(), "refused-by-the-gateway"));
        }
    }

    private void runTo(Upstream target) {
        if (runTarget != target) {
            forward(scanner.start());
            runTarget = target;
        }
    }

    private boolean expectAnswer(Upstream target) {
        if (uncounted || replies == Replies.OFF) {
            return false;
        }
        if (replies == Replies.SKIP_NEXT) {
            replies = Replies.ON;
            return false;
        }
        target.expected().relay(1);
        return true;
    }

    /** Sends on what was scanned and may go. */
    private void forwardScanned() {
        ByteBuf in = input;
        if (in == null) {
            return;
        }
        if (mode == Mode.DISCARD) {
            drop(in);
        } else if (failure == null) {
            boolean all = !looking
                    && (scanner.isBetweenRequests() || mode == Mode.PASS && runTarget != null && scanner.isPassing());
            forward(all ? scanner.position() : scanner.start());
        }
        if (!in.isReadable()) {
            in.release();
            input = null;
        }
    }

    private void forward(int length) {
        ByteBuf in = input;
        if (in != null && length > 0 && runTarget != null) {
            runTarget.send(in.readRetainedSlice(length));
            scanner.discarded(length);
        }
    }

    private void drop(ByteBuf in) {
        int length = scanner.position();
        in.skipBytes(length);
        scanner.discarded(length);
    }

    private void sendOpaque(ByteBuf in) {
        if (primary != null) {
            primary.send(in);
        } else {
            in.release();
        }
        input = null;
    }

    private boolean answerFailure(String problem) {
        if (mustWaitForAnswers()) {
            return false;
        }
        error("ERR Protocol error: " + problem);
        closeClient();
        return false;
    }

    // Requests that are looked into

    /** Handles a request that is there as a whole; false when that must wait. */
    private boolean look(ByteBuf in) {
        if (plain && repeatable == null && !gateway.capacity().mayOverflow()) {
            return passWhole(in);
        }
        forward(scanner.start());
        runTarget = null;
        String refusal = refusal();
        if (refusal == null) {
            refusal = admit();
            if (pauses != 0) {
                return false;
            }
        }
        if (refusal == null) {
            refusal = tooLarge();
        }
        if (refusal == null && isManaged() && ManagedFace.dependsOnSubcommand(command)) {
            String subcommand = upper(in, 1);
            if (!subcommand.isEmpty() && !ManagedFace.offers(command, subcommand)) {
                refusal = ManagedFace.unavailable(command.name() + " " + subcommand);
            }
        }
        boolean done;
        if (refusal != null) {
            owedError = refusal;
            done = true;
        } else if (inTransaction && !LEAVES_TRANSACTION.contains(command.name())) {
            done = queueInTransaction(in);
        } else {
            done = handle(in);
        }
        if (done && input != null) {
            looking = false;
            prepared = false;
            plain = false;
            admitted = false;
            scanner.inlineDone();
            drop(in);
        }
        return done;
    }

    /** Adds a request that is there as a whole, and needs no look, to the run of those before. */
    private boolean passWhole(ByteBuf in) {
        String refusal = tooLarge();
        if (refusal != null) {
            forward(scanner.start());
            runTarget = null;
            drop(in);
            owedError = refusal;
        } else {
            Upstream target = select(command.route());
            if (target == null) {
                return false;
            }
            runTo(target);
            expectAnswer(target);
        }
        looking = false;
        plain = false;
        admitted = false;
        return true;
    }

    private @Nullable String tooLarge() {
        Meter meter = gateway.meter();
        if (scanner.requestBytes() <= Meter.LARGEST_KEY && !meter.limitsSizes()) {
            return null;
        }
        if (scanner.requestBytes() > meter.largestRequest()) {
            return meter.requestTooLarge(scanner.requestBytes());
        }
        int count = scanner.argumentCount();
        int lastKey = command.lastKey() < 0 ? count + command.lastKey() : command.lastKey();
        for (int i = 1; i < count; i++) {
            boolean key = command.firstKey() > 0
                    && i >= command.firstKey()
                    && i <= lastKey
                    && (i - command.firstKey()) % Math.max(1, command.keyStep()) == 0;
            String refusal = meter.argument(scanner.argumentLength(i), key, isManaged());
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }

    private static final Set<String> LEAVES_TRANSACTION = Set.of("EXEC", "DISCARD", "MULTI", "WATCH", "RESET", "QUIT");

    private boolean queueInTransaction(ByteBuf in) {
        if (command.name().equals("SELECT") && scanner.argumentCount() == 2) {
            databaseAfterExec = databaseNumber(in);
        }
        return relayTo(in, Route.PRIMARY);
    }

    private boolean handle(ByteBuf in) {
        return switch (command.name()) {
            case "AUTH" -> authenticate(in);
            case "HELLO" -> hello(in);
            case "RESET" -> reset();
            case "QUIT" -> quit();
            case "SELECT" -> selectDatabase(in);
            case "CLIENT" -> client(in);
            case "MULTI" -> beginTransaction(in);
            case "EXEC", "DISCARD" -> endTransaction(in);
            case "WATCH" -> {
                boolean sent = relayTo(in, Route.PRIMARY);
                watching |= sent && !inTransaction;
                yield sent;
            }
            case "UNWATCH" -> {
                boolean sent = relayTo(in, Route.PRIMARY);
                watching &= !sent;
                yield sent;
            }
            case "SUBSCRIBE", "PSUBSCRIBE", "SSUBSCRIBE" -> subscribe(in, scanner.argumentCount() - 1);
            case "UNSUBSCRIBE", "PUNSUBSCRIBE", "SUNSUBSCRIBE" -> {
                yield subscribe(in, scanner.argumentCount() == 1 ? -1 : scanner.argumentCount() - 1);
            }
            case "MONITOR" -> {
                pinned = true;
                boolean sent = relayTo(in, Route.PRIMARY);
                uncounted |= sent;
                if (sent && primary != null) {
                    primary.monitor();
                }
                yield sent;
            }
            case "SYNC", "PSYNC" -> synchronise(in);
            case "CONFIG" -> config(in);
            case "INFO" -> isManaged() ? managedInfo(in) : relayTo(in, Route.PRIMARY);
            case "COMMAND" -> isManaged() ? answer("*0\r\n") : relayTo(in, Route.ANYWHERE);
            default -> relayTo(in, command.route() == Route.CONNECTION ? Route.PRIMARY : command.route());
        };
    }

    private boolean authenticate(ByteBuf in) {
        if (mustWaitForAnswers()) {
            return false;
        }
        int count = scanner.argumentCount();
        if (count < 2) {
            return error("ERR wrong number of arguments for 'auth' command");
        }
        if (count > 3) {
            return error("ERR syntax error");
        }
        byte[] user = count == 3 ? scanner.argument(in, 1) : bytes(Credentials.USERNAME);
        boolean right = gateway.accepts(user, scanner.argument(in, count - 1));
        if (!right && authenticated && !isManaged() && !isDefaultUser(user)) {
            // Users that clients defined are known to the primary alone.
            pinned = true;
            otherUser = true;
            return relayTo(in, Route.PRIMARY);
        }
        if (!right) {
            return error(Refusals.WRONGPASS);
        }
        authenticated();
        becomeDefaultUser();
        return answer("+OK\r\n");
    }

    private void becomeDefaultUser() {
        if (otherUser && primary != null) {
            primary.expected().swallow();
            primary.send(Resp.request(
                    client.alloc(), "AUTH", gateway.serverPassword().reveal()));
        }
        otherUser = false;
    }

    private void authenticated() {
        authenticated = true;
        scanner.authenticated(true);
    }

    private boolean hello(ByteBuf in) {
        if (mustWaitForAnswers()) {
            return false;
        }
        int count = scanner.argumentCount();
        int version = 0;
        if (count >= 2) {
            String text = scanner.text(in, 1);
            if (!text.matches("-?(0|[1-9][0-9]{0,17})")) {
                return error("ERR Protocol version is not an integer or out of range");
            }
            if (!text.equals("2") && !text.equals("3")) {
                return error("NOPROTO unsupported protocol version");
            }
            version = Integer.parseInt(text);
        }
        boolean loggedIn = authenticated;
        boolean other = false;
        for (int i = 2; i < count; i++) {
            String option = upper(in, i);
            if (option.equals("AUTH") && i + 2 < count) {
                byte[] user = scanner.argument(in, i + 1);
                boolean right = gateway.accepts(user, scanner.argument(in, i + 2));
                other |= !right && authenticated && !isManaged() && !isDefaultUser(user);
                if (!right && !other) {
                    return error(Refusals.WRONGPASS);
                }
                loggedIn = true;
                i += 2;
            } else if (option.equals("SETNAME") && i + 1 < count) {
                i++;
            } else {
                return error("ERR Syntax error in HELLO option '" + scanner.text(in, i) + "'");
            }
        }
        if (!loggedIn) {
            return error(Refusals.NOAUTH_HELLO);
        }
        authenticated();
        otherUser |= other;
        pinned |= other;
        byte[] request = other ? raw(in) : helloWithoutCredentials(in);
        if (!everywhere(request, HelloReply::asPrimary)) {
            return false;
        }
        resp3 = version == 0 ? resp3 : version == 3;
        if (version != 0) {
            connectionState.put("HELLO", request);
        }
        return true;
    }

    /** The servers know another password, which the upstreams have given them already. */
    private byte[] helloWithoutCredentials(ByteBuf in) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < scanner.argumentCount(); i++) {
            if (i > 1 && upper(in, i).equals("AUTH")) {
                i += 2;
            } else {
                words.add(scanner.text(in, i));
                if (i > 1) {
                    words.add(scanner.text(in, ++i));
                }
            }
        }
        ByteBuf request = Resp.request(client.alloc(), words.toArray(String[]::new));
        byte[] bytes = new byte[request.readableBytes()];
        request.readBytes(bytes).release();
        return bytes;
    }

    private boolean reset() {
        if (!uncounted && mustWaitForAnswers()) {
            return false;
        }
        releaseUpstreams();
        authenticated = false;
        scanner.authenticated(false);
        resp3 = false;
        database = 0;
        inTransaction = false;
        watching = false;
        pinned = false;
        otherUser = false;
        uncounted = false;
        replies = Replies.ON;
        connectionState.clear();
        return answer("+RESET\r\n");
    }

    private boolean quit() {
        if (!uncounted && mustWaitForAnswers()) {
            return false;
        }
        answer("+OK\r\n");
        closeClient();
        return true;
    }

    private boolean selectDatabase(ByteBuf in) {
        if (!everywhere(raw(in), null)) {
            return false;
        }
        int number = databaseNumber(in);
        database = number >= 0 ? number : database;
        return true;
    }

    private int databaseNumber(ByteBuf in) {
        String text = scanner.argumentCount() == 2 ? scanner.text(in, 1) : "";
        boolean valid = text.matches("[0-9]{1,2}") && Integer.parseInt(text) < (isManaged() ? 1 : DATABASES);
        return valid ? Integer.parseInt(text) : -1;
    }

    private boolean client(ByteBuf in) {
        String subcommand = upper(in, 1);
        switch (subcommand) {
            case "SETNAME", "SETINFO", "NO-EVICT", "NO-TOUCH" -> {
                if (!everywhere(raw(in), null)) {
                    return false;
                }
                String kind = subcommand.equals("SETINFO") ? subcommand + upper(in, 2) : subcommand;
                connectionState.put(kind, raw(in));
                return true;
            }
            case "REPLY" -> {
                return clientReply(in);
            }
            case "TRACKING", "CACHING" -> {
                pinned = true;
                return relayTo(in, Route.PRIMARY);
            }
            default -> {
                return relayTo(in, Route.PRIMARY);
            }
        }
    }

    private boolean clientReply(ByteBuf in) {
        pinned = true;
        Upstream target = select(Route.PRIMARY);
        if (target == null) {
            return false;
        }
        String how = upper(in, 2);
        if (scanner.argumentCount() == 3 && how.equals("OFF")) {
            replies = Replies.OFF;
        } else if (scanner.argumentCount() == 3 && how.equals("SKIP")) {
            replies = replies == Replies.ON ? Replies.SKIP_NEXT : replies;
        } else {
            if (scanner.argumentCount() == 3 && how.equals("ON")) {
                replies = Replies.ON;
            }
            expectAnswer(target);
        }
        target.send(rawSlice(in));
        return true;
    }

    private boolean beginTransaction(ByteBuf in) {
        if (!inTransaction
                && !roomInTransaction
                && !prepared
                && gateway.capacity().mayOverflow()) {
            // What Redis refuses inside of a transaction fails it as a whole: room is made before.
            prepared = true;
            pause(MAKING_ROOM);
            gateway.capacity()
                    .overflowIfNothingExpires()
                    .whenComplete((made, failed) -> client.eventLoop().execute(() -> {
                        roomInTransaction = failed == null && made;
                        if (closing) {
                            transactionAnswered();
                        }
                        resume(MAKING_ROOM);
                    }));
            return false;
        }
        boolean sent = relayTo(in, Route.PRIMARY);
        inTransaction |= sent;
        return sent;
    }

    private void transactionAnswered() {
        if (roomInTransaction && !inTransaction) {
            roomInTransaction = false;
            gateway.capacity().overflowDone();
        }
    }

    private boolean endTransaction(ByteBuf in) {
        Upstream target = select(Route.PRIMARY);
        if (target == null) {
            return false;
        }
        int next = command.name().equals("EXEC") ? databaseAfterExec : -1;
        if (next >= 0 && inTransaction) {
            target.expected().edit(answer -> {
                if (answer[0] == '*' && answer[1] != '-') {
                    movedTo(next);
                }
                return answer;
            });
        } else {
            expectAnswer(target);
        }
        target.send(rawSlice(in));
        databaseAfterExec = -1;
        inTransaction = false;
        watching = false;
        wrote = true;
        return true;
    }

    /** A transaction moved the primary's connection to another database: the local one follows. */
    private void movedTo(int number) {
        database = number;
        if (local != null && local != primary) {
            local.expected().swallow();
            local.send(Resp.request(client.alloc(), "SELECT", Integer.toString(number)));
            local.flush();
        }
    }

    /**
     * Messages come from the local server, in the order of replication. The primary gets the same subscription, so that it
     * counts the client as a receiver, and before: a message published after the confirmation is not missed.
     */
    private boolean subscribe(ByteBuf in, int confirmations) {
        if (confirmations == 0) {
            return relayTo(in, Route.ANYWHERE);
        }
        if (!gateway.isReplica() || pinned) {
            Upstream target = select(Route.PRIMARY);
            if (target == null) {
                return false;
            }
            target.expected().confirmations(confirmations, false);
            target.send(rawSlice(in));
            return true;
        }
        if (mustWaitForAnswers()) {
            return false;
        }
        if (!prepared) {
            Upstream counting = ready(primary, true);
            if (counting == null) {
                return false;
            }
            counting.shadowSubscriptions();
            counting.expected().confirmations(confirmations, true);
            counting.send(rawSlice(in));
            counting.flush();
            prepared = true;
            pause(ANSWERS_DUE);
            return false;
        }
        Upstream serving = ready(local, false);
        if (serving == null) {
            return false;
        }
        serving.expected().confirmations(confirmations, false);
        serving.send(rawSlice(in));
        return true;
    }

    private boolean synchronise(ByteBuf in) {
        if (mustWaitForAnswers()) {
            return false;
        }
        pinned = true;
        Upstream target = select(Route.PRIMARY);
        if (target == null) {
            return false;
        }
        target.becomeOpaque();
        target.send(rawSlice(in));
        opaque = true;
        return true;
    }

    private boolean config(ByteBuf in) {
        int count = scanner.argumentCount();
        String subcommand = upper(in, 1);
        if (isManaged() && subcommand.equals("GET") && count > 2) {
            return managedConfigGet(in);
        }
        if (!subcommand.equals("SET") || count < 4 || count % 2 != 0) {
            return relayTo(in, Route.PRIMARY);
        }
        List<String> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            words.add(new String(scanner.argument(in, i), StandardCharsets.UTF_8));
        }
        for (int i = 2; isManaged() && i < count; i += 2) {
            if (!words.get(i).equalsIgnoreCase(ManagedFace.SETTING)) {
                return answerError("ERR Unknown option or number of arguments for CONFIG SET - '" + words.get(i) + "'");
            }
        }
        if (!prepared) {
            prepared = true;
            pause(CONFIGURING);
            gateway.configureReplicas(words)
                    .whenComplete((done, failed) -> client.eventLoop().execute(() -> resume(CONFIGURING)));
            return false;
        }
        return relayTo(in, Route.PRIMARY);
    }

    private boolean managedConfigGet(ByteBuf in) {
        for (int i = 2; i < scanner.argumentCount(); i++) {
            if (Glob.matches(scanner.text(in, i), ManagedFace.SETTING)) {
                Upstream target = select(Route.PRIMARY);
                if (target == null) {
                    return false;
                }
                expectAnswer(target);
                target.send(Resp.request(client.alloc(), "CONFIG", "GET", ManagedFace.SETTING));
                return true;
            }
        }
        return answer(resp3 ? "%0\r\n" : "*0\r\n");
    }

    private boolean managedInfo(ByteBuf in) {
        Upstream target = select(Route.PRIMARY);
        if (target == null) {
            return false;
        }
        List<String> asked = new ArrayList<>();
        for (int i = 1; i < scanner.argumentCount(); i++) {
            asked.add(scanner.text(in, i));
        }
        List<String> sections = ManagedFace.infoSections(asked);
        target.expected().edit(answer -> ManagedFace.cutInfo(answer, sections));
        target.send(Resp.request(client.alloc(), "INFO"));
        return true;
    }

    /** Sends a request that changes the connection to both servers; the local one answers. */
    private boolean everywhere(byte[] request, @Nullable UnaryOperator<byte[]> edit) {
        if (mustWaitForAnswers()) {
            return false;
        }
        Upstream answering = select(pinned ? Route.PRIMARY : Route.ANYWHERE);
        if (answering == null) {
            return false;
        }
        if (edit != null && gateway.isReplica()) {
            answering.expected().edit(edit);
        } else {
            expectAnswer(answering);
        }
        answering.send(Unpooled.wrappedBuffer(request));
        Upstream other = answering == local ? primary : local;
        if (other != null && other != answering && other.isConnected()) {
            other.expected().swallow();
            other.send(Unpooled.wrappedBuffer(request));
        }
        return true;
    }

    private boolean relayTo(ByteBuf in, Route route) {
        boolean repeat = route != Route.READ
                && !inTransaction
                && replies == Replies.ON
                && !uncounted
                && gateway.capacity().mayOverflow();
        if (repeat && mustWaitForAnswers()) {
            return false;
        }
        Upstream target = select(route);
        if (target == null) {
            return false;
        }
        if (repeat) {
            // On its own, so that it can be sent once more before anything that comes after it.
            repeatable = Unpooled.copiedBuffer(in.slice(in.readerIndex(), scanner.position()));
        }
        expectAnswer(target);
        target.send(rawSlice(in));
        if (repeat) {
            pause(ANSWERS_DUE);
        }
        return true;
    }

    @Override
    public byte @Nullable [] errorFromUpstream(Upstream upstream, byte[] answer) {
        ByteBuf request = repeatable;
        if (request == null || overflowing || !Capacity.isRefusal(answer)) {
            return gateway.capacity().translate(answer);
        }
        overflowing = true;
        pause(MAKING_ROOM);
        gateway.capacity()
                .overflow()
                .whenComplete((reply, failed) -> client.eventLoop().execute(() -> repeat(upstream, request)));
        return null;
    }

    private void repeat(Upstream upstream, ByteBuf request) {
        if (closing) {
            gateway.capacity().overflowDone();
            overflowing = false;
            return;
        }
        upstream.expected().relay(1);
        upstream.send(request.retainedDuplicate());
        upstream.flush();
        pause(ANSWERS_DUE);
        resume(MAKING_ROOM);
    }

    private void repeatableAnswered() {
        if (repeatable != null && (pauses & MAKING_ROOM) == 0) {
            repeatable.release();
            repeatable = null;
            if (overflowing) {
                overflowing = false;
                gateway.capacity().overflowDone();
            }
        }
    }

    private ByteBuf rawSlice(ByteBuf in) {
        return in.retainedSlice(in.readerIndex(), scanner.position());
    }

    private byte[] raw(ByteBuf in) {
        byte[] bytes = new byte[scanner.position()];
        in.getBytes(in.readerIndex(), bytes);
        return bytes;
    }

    private String upper(ByteBuf in, int argument) {
        return argument < scanner.argumentCount() ? scanner.text(in, argument).toUpperCase(Locale.ROOT) : "";
    }

    private boolean isManaged() {
        return gateway.face() == Face.MANAGED;
    }

    private static boolean isDefaultUser(byte[] user) {
        return new String(user, StandardCharsets.UTF_8).equals(Credentials.USERNAME);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    // Answers of our own

    private boolean answerError(String text) {
        if (mustWaitForAnswers()) {
            return false;
        }
        poisonTransaction();
        return error(text);
    }

    private boolean error(String text) {
        return write(Resp.line(client.alloc(), '-', text));
    }

    private boolean answer(String encoded) {
        if (mustWaitForAnswers()) {
            return false;
        }
        return write(Unpooled.copiedBuffer(encoded, StandardCharsets.ISO_8859_1));
    }

    private boolean write(ByteBuf bytes) {
        if (replies == Replies.ON) {
            client.write(bytes, client.voidPromise());
            unflushed = true;
        } else {
            bytes.release();
            replies = replies == Replies.SKIP_NEXT ? Replies.ON : replies;
        }
        return true;
    }

    // Where requests go

    private boolean isBusy() {
        return primary != null && primary.isBusy() || local != null && local.isBusy();
    }

    private boolean mustWaitForAnswers() {
        if (isBusy()) {
            pause(ANSWERS_DUE);
            return true;
        }
        return false;
    }

    /** The upstream for a request on this route, or null when that must wait. */
    private @Nullable Upstream select(Route route) {
        if (!gateway.isReplica()) {
            return ready(primary, true);
        }
        if (leadsToPrimary(route)) {
            if (pauses != 0) {
                return null;
            }
            if (local != null && local.isBusy()) {
                pause(ANSWERS_DUE);
                return null;
            }
            Upstream target = ready(primary, true);
            if (target != null) {
                heldTooLong = false;
                wrote |= route != Route.READ && route != Route.ANYWHERE && route != Route.CURSOR;
            }
            return target;
        }
        return pauses != 0 ? null : ready(local, false);
    }

    private boolean leadsToPrimary(Route route) {
        if (pinned || inTransaction || watching) {
            return true;
        }
        if (local != null && local.isSubscribed() && !resp3) {
            return false;
        }
        boolean primaryBusy = primary != null && primary.isBusy();
        return switch (route) {
            case PRIMARY, CONNECTION -> true;
            case ANYWHERE -> primaryBusy;
            case READ -> primaryBusy || !isUpToDate(route);
            case CURSOR -> {
                if (primaryBusy) {
                    pause(ANSWERS_DUE);
                    yield false;
                }
                yield !isUpToDate(route);
            }
        };
    }

    /**
     * Whether the local server has all that this connection has seen. When it lacks only what others wrote, or cannot be
     * replaced, it is waited for.
     */
    private boolean isUpToDate(Route route) {
        ReplicaProgress progress = gateway.progress().orElseThrow();
        if (progress.isRedeemed(seenTicket)) {
            return true;
        }
        if (heldTooLong) {
            return false;
        }
        if (route == Route.CURSOR || progress.isRedeemed(writtenTicket)) {
            hold(progress);
            return true;
        }
        return false;
    }

    private void hold(ReplicaProgress progress) {
        pause(REPLICA_BEHIND);
        var timeout = client.eventLoop()
                .schedule(
                        () -> {
                            heldTooLong = true;
                            resume(REPLICA_BEHIND);
                        },
                        LONGEST_HOLD_MILLIS,
                        TimeUnit.MILLISECONDS);
        progress.whenRedeemed(
                seenTicket,
                () -> client.eventLoop().execute(() -> {
                    if (timeout.cancel(false)) {
                        resume(REPLICA_BEHIND);
                    }
                }));
    }

    private @Nullable Upstream ready(@Nullable Upstream upstream, boolean toPrimary) {
        if (upstream == null) {
            if (toPrimary && gateway.isPrimaryUnreachable()) {
                pause(CONNECTING);
                client.close();
                return null;
            }
            pause(CONNECTING);
            if (toPrimary) {
                primary = gateway.openPrimary(this, client.eventLoop());
            } else {
                local = gateway.openLocal(this, client.eventLoop());
            }
            return null;
        }
        if (!upstream.isConnected()) {
            pause(CONNECTING);
            return null;
        }
        if (!upstream.isWritable()) {
            pause(UPSTREAM_FULL);
            return null;
        }
        return upstream;
    }

    // What upstreams report

    @Override
    public void upstreamConnected(Upstream upstream, boolean success) {
        if (!success) {
            closeClient();
            return;
        }
        ByteBuf greeting = client.alloc().buffer();
        Resp.append(greeting, "AUTH", gateway.serverPassword().reveal());
        if (gateway.capacity().isLimited()) {
            upstream.inspectErrors();
        }
        upstream.limitAnswers(gateway.meter());
        upstream.expected().swallow();
        connectionState.values().forEach(request -> {
            greeting.writeBytes(request);
            upstream.expected().swallow();
        });
        if (database != 0) {
            Resp.append(greeting, "SELECT", Integer.toString(database));
            upstream.expected().swallow();
        }
        upstream.send(greeting);
        upstream.flush();
        resume(CONNECTING);
    }

    @Override
    public void fromUpstream(Upstream upstream, ByteBuf bytes, boolean whole) {
        if (midAnswer != null && midAnswer != upstream) {
            deferred.add(bytes);
            return;
        }
        gateway.meter().transferred(bytes.readableBytes());
        client.write(bytes, client.voidPromise());
        unflushed = true;
        midAnswer = whole ? null : upstream;
        while (whole && !deferred.isEmpty()) {
            client.write(deferred.remove(), client.voidPromise());
        }
    }

    @Override
    public void upstreamRead(Upstream upstream, boolean answered) {
        if (answered && upstream.isPrimary() && gateway.isReplica()) {
            takeTickets();
        }
        if (!isBusy()) {
            repeatableAnswered();
            transactionAnswered();
            if (draining && (pauses & MAKING_ROOM) == 0) {
                closeClient();
            }
            resume(ANSWERS_DUE);
        }
        flush();
    }

    private void takeTickets() {
        seenTicket = gateway.progress().orElseThrow().takeTicket();
        if (wrote) {
            writtenTicket = seenTicket;
            wrote = primary != null && primary.isBusy();
        }
    }

    @Override
    public void upstreamWritable(Upstream upstream, boolean writable) {
        if (writable) {
            resume(UPSTREAM_FULL);
        } else {
            pause(UPSTREAM_FULL);
        }
    }

    @Override
    public void upstreamClosed(Upstream upstream) {
        closeClient();
    }

    // The life of the connection

    private void pause(int reason) {
        pauses |= reason;
    }

    private void resume(int reason) {
        if ((pauses & reason) == 0) {
            return;
        }
        pauses &= ~reason;
        if (pauses == 0 && !closing) {
            process();
            flush();
            if (pauses == 0 && !client.config().isAutoRead()) {
                client.config().setAutoRead(true);
            }
        }
    }

    private void flush() {
        if (primary != null) {
            gateway.capacity().touched();
            primary.flush();
        }
        if (local != null) {
            local.flush();
        }
        if (unflushed) {
            unflushed = false;
            client.flush();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        boolean writable = client.isWritable();
        if (primary != null) {
            primary.reading(writable);
        }
        if (local != null) {
            local.reading(writable);
        }
    }

    /** Takes no more requests, and closes the connection when those before are answered. Called from any thread. */
    void closeAfterAnswers() {
        client.eventLoop().execute(() -> {
            draining = true;
            if (isBusy()) {
                // A blocked request may never be answered.
                client.eventLoop().schedule(this::closeClient, DRAIN_MILLIS, TimeUnit.MILLISECONDS);
            } else {
                closeClient();
            }
        });
    }

    /** Answers with an error and closes the connection. Called on the event loop. */
    void refuse(String text) {
        client.write(Resp.line(client.alloc(), '-', text), client.voidPromise());
        closeClient();
    }

    /** The primary cannot be reached any more. Called from any thread. */
    void primaryLost() {
        client.eventLoop().execute(() -> {
            if (primary != null) {
                client.close();
            }
        });
    }

    /** Closes the connection. Called from any thread. */
    void closeNow() {
        client.close();
    }

    private void closeClient() {
        if (!closing) {
            closing = true;
            client.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        flush();
        closing = true;
        releaseUpstreams();
        if (input != null) {
            input.release();
            input = null;
        }
        inTransaction = false;
        if ((pauses & MAKING_ROOM) == 0) {
            repeatableAnswered();
            transactionAnswered();
        }
    }

    private void releaseUpstreams() {
        if (primary != null) {
            primary.release();
        }
        if (local != null) {
            local.release();
        }
        primary = null;
        local = null;
        runTarget = null;
        midAnswer = null;
        while (!deferred.isEmpty()) {
            deferred.remove().release();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
