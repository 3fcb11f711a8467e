package io.managedredis.testing.internal.data.gateway;

import io.managedredis.testing.Face;
import io.managedredis.testing.internal.data.command.Command;
import io.managedredis.testing.internal.data.limits.Meter;
import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a client may not do: without a password, on its plan, or at all with the managed service. Used on one event loop. */
final class Admission {

    private static final long BANDWIDTH_CHECK_MILLIS = 50;

    private final Gateway gateway;
    private final Meter meter;
    private final boolean managed;
    private final SessionState state;
    private final Pauses pauses;
    private final EventLoop loop;
    private boolean counted;

    Admission(Gateway gateway, SessionState state, Pauses pauses, EventLoop loop) {
        this.gateway = gateway;
        this.meter = gateway.meter();
        this.managed = gateway.face() == Face.MANAGED;
        this.state = state;
        this.pauses = pauses;
        this.loop = loop;
    }

    /** Why a command of this name is refused, or null; or a pause until its turn. It is counted once. */
    @Nullable
    String refusal(Command command) {
        if (!state.authenticated) {
            return switch (command.name()) {
                case "AUTH", "HELLO", "QUIT", "RESET" -> null;
                default -> Refusals.NOAUTH;
            };
        }
        if (managed && !ManagedFace.offers(command)) {
            return ManagedFace.unavailable(command.name());
        }
        return counted || !command.isCounted() ? null : count();
    }

    private @Nullable String count() {
        counted = true;
        gateway.countCommand();
        String refusal = meter.command();
        long wait = refusal == null ? meter.nanosToTurn() : 0;
        if (wait > 0) {
            pauses.begin(Pause.THROTTLED);
            loop.schedule(() -> pauses.end(Pause.THROTTLED), wait, TimeUnit.NANOSECONDS);
        }
        return refusal;
    }

    /** The request is done with; the next one counts anew. */
    void done() {
        counted = false;
    }

    /** Begins a pause while the plan's bytes are used up. */
    boolean mustWaitForBandwidth() {
        if (!meter.isBandwidthUsedUp()) {
            return false;
        }
        pauses.begin(Pause.BANDWIDTH_USED_UP);
        loop.schedule(() -> pauses.end(Pause.BANDWIDTH_USED_UP), BANDWIDTH_CHECK_MILLIS, TimeUnit.MILLISECONDS);
        return true;
    }

    /** Why a request that is there as a whole is refused for its size or its subcommand, or null. */
    @Nullable
    String refusal(Request request) {
        String tooLarge = tooLarge(request);
        if (tooLarge == null && managed && ManagedFace.dependsOnSubcommand(request.command())) {
            String subcommand = request.upper(1);
            if (!subcommand.isEmpty() && !ManagedFace.offers(request.command(), subcommand)) {
                return ManagedFace.unavailable(request.name() + " " + subcommand);
            }
        }
        return tooLarge;
    }

    /** Why a request that is there as a whole is refused for its size, or null. */
    @Nullable
    String tooLarge(Request request) {
        long bytes = request.bytes();
        if (bytes <= Meter.LARGEST_KEY && bytes <= meter.smallestLimit()) {
            return null;
        }
        if (bytes > meter.largestRequest()) {
            return meter.requestTooLarge(bytes);
        }
        for (int i = 1; i < request.count(); i++) {
            boolean key = request.command().isKey(i, request.count());
            String refusal = meter.argument(request.length(i), key, managed);
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }
}
