package io.managedredis.lettuce.internal.connection;

import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandType;
import io.managedredis.lettuce.HealthSettings;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at each socket now and then: closes half-open ones, tries idle ones, fails what has waited too long for a socket that does
 * not come, and closes retired ones when they have nothing left to do.
 */
final class SocketWatch {

    private static final Logger LOG = LoggerFactory.getLogger(SocketWatch.class);
    private static final int LOOKS_UNTIL_RETIRED = 5;

    private final int stallPatience;
    private final int idlePatience;
    private final long unsentPatienceNanos;

    SocketWatch(HealthSettings settings, Duration tick, Duration commandTimeout) {
        this.stallPatience = looks(settings.stallTimeout(), tick);
        this.idlePatience = looks(settings.idleInterval(), tick);
        // Before the commands time out, so that their callers learn which endpoints failed and why.
        this.unsentPatienceNanos = commandTimeout.toNanos() / 5 * 4;
    }

    private static int looks(Duration duration, Duration tick) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, duration.toNanos() / tick.toNanos()));
    }

    <K, V> void look(Lane<K, V> lane, Router<K, V> router) {
        PhysicalConnection<K, V> socket = lane.connection();
        if (socket == null) {
            return;
        }
        if (!lane.isConnected()) {
            if (router.now() - lane.disconnectedAt() > unsentPatienceNanos) {
                socket.endpoint().failUnsent(router.unreachable(lane.node().displayName() + " is not reached"));
            }
            return;
        }
        boolean pinned = router.isPinnedTo(lane);
        socket.endpoint().inspect(new SocketInspection() {
            @Override
            public int patience() {
                return stallPatience;
            }

            @Override
            public int idlePatience() {
                return lane.isRetired() ? LOOKS_UNTIL_RETIRED : idlePatience;
            }

            @Override
            public void onIdle() {
                if (pinned) {
                    return;
                }
                if (lane.isRetired()) {
                    lane.close();
                } else {
                    socket.endpoint()
                            .write(new AsyncCommand<>(
                                    new Command<>(CommandType.PING, new StatusOutput<>(StringCodec.UTF8))));
                }
            }

            @Override
            public void onHalfOpen() {
                LOG.warn(
                        "a socket to {} has left commands unanswered, and nothing arrived on it; it is closed and opened again",
                        lane.node().displayName());
            }

            @Override
            public void onLook(boolean waiting, long arrivals) {
                lane.look(waiting, arrivals);
            }
        });
    }

    /** Looks at a retired lane; whether it is done. */
    <K, V> boolean isDone(Lane<K, V> lane, Router<K, V> router) {
        PhysicalConnection<K, V> socket = lane.connection();
        if (lane.isOpening()) {
            return false;
        }
        if (socket == null || socket.isClosed()) {
            return true;
        }
        if (!lane.isConnected()) {
            lane.close();
            return true;
        }
        look(lane, router);
        return false;
    }
}
