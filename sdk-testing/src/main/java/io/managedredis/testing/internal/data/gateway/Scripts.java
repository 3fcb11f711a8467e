package io.managedredis.testing.internal.data.gateway;

import io.managedredis.testing.internal.data.command.Route;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * {@code SCRIPT} and {@code FUNCTION}. Scripts run on the primary, read-only functions on the local server as well: what
 * concerns the one that runs goes to both servers of a replica's gateway. Used on one event loop.
 */
final class Scripts {

    private static final String NOT_BUSY = "-NOTBUSY";
    private static final String NOTHING_RUNS = "running_script\r\n";

    private final ClientSession session;
    private final Upstreams upstreams;
    private final boolean replica;

    Scripts(ClientSession session, boolean replica) {
        this.session = session;
        this.upstreams = session.upstreams();
        this.replica = replica;
    }

    boolean script(Request request) {
        boolean concernsRunning = request.upper(1).equals("KILL")
                || request.name().equals("FUNCTION") && request.upper(1).equals("STATS");
        if (!replica || !concernsRunning || !session.answers().areRegular()) {
            return session.relay(request, Route.PRIMARY);
        }
        if (upstreams.mustWaitForAnswers()) {
            return false;
        }
        Upstream local = upstreams.readyLocal();
        Upstream primary = local == null ? null : upstreams.readyPrimary();
        if (local == null || primary == null) {
            return false;
        }
        Both both = new Both();
        local.expected().take(answer -> both.add(answer, null));
        primary.expected().take(answer -> both.add(null, answer));
        local.send(request.slice());
        primary.send(request.slice());
        session.pauses().begin(Pause.ANSWERS_DUE);
        return true;
    }

    /** Waits for the answers of both servers and gives the client the one that tells of a script. */
    private final class Both {

        private byte @Nullable [] ofLocal;
        private byte @Nullable [] ofPrimary;

        void add(byte @Nullable [] local, byte @Nullable [] primary) {
            ofLocal = local == null ? ofLocal : local;
            ofPrimary = primary == null ? ofPrimary : primary;
            if (ofLocal != null && ofPrimary != null) {
                session.answers().encoded(choose(text(ofLocal), text(ofPrimary)));
            }
        }

        private static String text(byte[] answer) {
            return new String(answer, StandardCharsets.ISO_8859_1);
        }

        private static String choose(String local, String primary) {
            if (local.startsWith("+") || primary.startsWith(NOT_BUSY)) {
                return local;
            }
            int runs = local.indexOf(NOTHING_RUNS);
            boolean runsHere = runs >= 0 && local.startsWith("*", runs + NOTHING_RUNS.length())
                    || runs >= 0 && local.startsWith("%", runs + NOTHING_RUNS.length());
            return runsHere && !local.startsWith("*-1", runs + NOTHING_RUNS.length()) ? local : primary;
        }
    }
}
