package io.managedredis.testing.internal.data.gateway;

import io.managedredis.testing.Face;
import io.managedredis.testing.internal.data.command.Command;
import io.managedredis.testing.internal.data.command.Route;
import io.managedredis.testing.internal.data.resp.RequestScanner;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * Finds the requests in what a client sends. Runs of plain ones for one server go on as the bytes they are, not even waiting
 * for their end; one that must be looked into is kept until it is whole and goes to its handler. Used on one event loop.
 */
final class RequestReader {

    /** The most bytes of a request about the connection itself. */
    private static final int LARGEST_COLLECTED = 64 << 20;

    private static final int READ_AHEAD = 256 * 1024;
    private static final int LONGEST_NAME = 64;

    private enum Mode {
        PASS,
        COLLECT,
        DISCARD
    }

    private final ClientSession session;
    private final Gateway gateway;
    private final Channel client;
    private final Admission admission;
    private final Upstreams upstreams;
    private final Answers answers;
    private final Pauses pauses;
    private final RequestScanner scanner = new RequestScanner();
    private final Request request = new Request(scanner);
    private final boolean managed;

    private @Nullable ByteBuf input;
    private boolean reading;
    private Mode mode = Mode.PASS;
    private Command command = Command.UNKNOWN;
    private boolean whole;
    private boolean plain;

    /** The error for the request that is being discarded; without one, its size is the matter. */
    private @Nullable String discardAnswer;

    /** The error for the request before, which must wait for its turn. */
    private @Nullable String owedError;

    /** Why what comes is no request. */
    private @Nullable String failure;

    /** Where the bytes from the front of the input on go. */
    private @Nullable Upstream target;

    /** Who will answer the request that is under way. */
    private @Nullable Upstream answering;

    private @Nullable Upstream opaqueTo;

    RequestReader(ClientSession session, Gateway gateway, Channel client) {
        this.session = session;
        this.gateway = gateway;
        this.client = client;
        this.admission = session.admission();
        this.upstreams = session.upstreams();
        this.answers = session.answers();
        this.pauses = session.pauses();
        this.managed = gateway.face() == Face.MANAGED;
    }

    /** Takes over what the client sent. */
    void add(ByteBuf incoming) {
        input = append(input, incoming);
        if (!pauses.any()) {
            read();
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

    /** Lifts or sets the small limits that hold before a client has authenticated. */
    void authenticated(boolean isAuthenticated) {
        scanner.authenticated(isAuthenticated);
    }

    /** What the client sends from now on is no protocol and goes to this server as it is. */
    void becomeOpaque(Upstream to) {
        opaqueTo = to;
    }

    /** The servers are others from now on. */
    void forgetUpstreams() {
        target = null;
    }

    void discard() {
        target = null;
        if (input != null) {
            input.release();
            input = null;
        }
    }

    /** Goes through the requests that are there, up to a pause. */
    void read() {
        if (reading) {
            return;
        }
        reading = true;
        boolean more = true;
        while (more && !pauses.any() && !session.isClosing()) {
            more = advance();
        }
        if (!session.isClosing()) {
            forwardScanned();
        }
        reading = false;
    }

    private boolean advance() {
        if (owedError != null) {
            return answerOwedError(owedError);
        }
        if (failure != null) {
            return answerFailure(failure);
        }
        ByteBuf in = input;
        if (in == null || session.isDraining() || admission.mustWaitForBandwidth()) {
            return false;
        }
        if (opaqueTo != null) {
            opaqueTo.send(in);
            input = null;
            return false;
        }
        if (whole) {
            return look(in);
        }
        return switch (scanner.step(in)) {
            case MORE -> keepOrDiscard();
            case EMPTY -> {
                forward(scanner.start());
                drop(in);
                yield true;
            }
            case NAMED -> {
                command = scanner.nameLength() > LONGEST_NAME
                        ? Command.UNKNOWN
                        : gateway.commands().find(in, in.readerIndex() + scanner.nameStart(), scanner.nameLength());
                yield begin();
            }
            case INLINE -> {
                plain = false;
                command = gateway.commands().find(scanner.text(in, 0));
                whole = true;
                yield true;
            }
            case COMPLETE -> {
                complete(in);
                yield true;
            }
            case FAILED -> {
                fail();
                yield true;
            }
        };
    }

    /** Decides on a request of which only a part is there; true when there is more to do now. */
    private boolean keepOrDiscard() {
        if (mode == Mode.COLLECT && scanner.requestBytes() > gateway.meter().largestRequest()) {
            // Too large to be kept; how large it is shows at its end.
            forward(scanner.start());
            target = null;
            scanner.stopCollecting();
            mode = Mode.DISCARD;
            discardAnswer = null;
            return true;
        }
        if (mode == Mode.COLLECT && !plain && scanner.requestBytes() > LARGEST_COLLECTED) {
            failure = "invalid bulk length";
            return true;
        }
        return false;
    }

    /** Decides on a request of which the name is known; false when that must wait. */
    private boolean begin() {
        String refusal = admission.refusal(command);
        if (refusal != null) {
            forward(scanner.start());
            target = null;
            discardAnswer = refusal;
            scanner.pass();
            mode = Mode.DISCARD;
            return true;
        }
        if (pauses.any()) {
            return false;
        }
        plain = command.route() != Route.CONNECTION && !(managed && ManagedFace.dependsOnSubcommand(command));
        if (!plain
                || managed
                || gateway.meter().limitsSizes()
                || gateway.capacity().isLimited()) {
            scanner.collect();
            mode = Mode.COLLECT;
            return true;
        }
        Upstream selected = upstreams.select(command.route());
        if (selected == null) {
            return false;
        }
        runTo(selected);
        answering = answers.expectFrom(selected) ? selected : null;
        admission.done();
        scanner.pass();
        mode = Mode.PASS;
        return true;
    }

    private void complete(ByteBuf in) {
        Mode done = mode;
        mode = Mode.PASS;
        answering = null;
        if (done == Mode.COLLECT) {
            whole = true;
        } else if (done == Mode.DISCARD) {
            drop(in);
            admission.done();
            owedError = discardAnswer == null ? gateway.meter().requestTooLarge(scanner.requestBytes()) : discardAnswer;
        }
    }

    private void fail() {
        failure = scanner.problem();
        forward(scanner.start());
        if (answering != null) {
            // The request was under way already; its server will not answer half of it.
            answering.expected().cancelLastRelay();
        }
        target = null;
    }

    /** Handles a request that is there as a whole; false when that must wait. */
    private boolean look(ByteBuf in) {
        request.at(in, command);
        if (plain
                && !request.isPrepared()
                && !session.repeatableWrites().areNeeded()
                && !session.growthCheck().isNeeded(command, request)) {
            return passWhole(in);
        }
        forward(scanner.start());
        target = null;
        String refusal = admission.refusal(command);
        if (refusal == null && pauses.any()) {
            return false;
        }
        if (refusal == null) {
            refusal = admission.refusal(request);
        }
        boolean done = true;
        if (refusal != null) {
            owedError = refusal;
        } else {
            done = session.handlers().handle(request);
        }
        if (done && input != null) {
            request.done();
            whole = false;
            plain = false;
            admission.done();
            scanner.inlineDone();
            drop(in);
        }
        return done;
    }

    /** Adds a request that is there as a whole, and needs no look, to the run of those before. */
    private boolean passWhole(ByteBuf in) {
        String refusal = admission.tooLarge(request);
        if (refusal != null) {
            forward(scanner.start());
            target = null;
            drop(in);
            owedError = refusal;
        } else {
            Upstream selected = upstreams.select(command.route());
            if (selected == null) {
                return false;
            }
            runTo(selected);
            answers.expectFrom(selected);
        }
        request.done();
        whole = false;
        plain = false;
        admission.done();
        return true;
    }

    private void runTo(Upstream next) {
        if (target != next) {
            forward(scanner.start());
            target = next;
        }
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
            boolean all = !whole
                    && (scanner.isBetweenRequests() || mode == Mode.PASS && target != null && scanner.isPassing());
            forward(all ? scanner.position() : scanner.start());
        }
        if (input != null && !in.isReadable()) {
            in.release();
            input = null;
        }
    }

    private void forward(int length) {
        ByteBuf in = input;
        if (in == null || length == 0 || target == null) {
            return;
        }
        scanner.discarded(length);
        if (length == in.readableBytes()) {
            input = null;
            target.send(in);
        } else {
            target.send(in.readRetainedSlice(length));
        }
    }

    private void drop(ByteBuf in) {
        int length = scanner.position();
        in.skipBytes(length);
        scanner.discarded(length);
    }

    private boolean answerOwedError(String text) {
        if (upstreams.mustWaitForAnswers()) {
            return false;
        }
        owedError = null;
        session.transaction().poison();
        return answers.error(text);
    }

    private boolean answerFailure(String problem) {
        if (upstreams.mustWaitForAnswers()) {
            return false;
        }
        answers.error("ERR Protocol error: " + problem);
        session.close();
        return false;
    }
}
