package io.managedredis.lettuce.internal.connection;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.protocol.RedisCommand;
import io.managedredis.lettuce.UnansweredWrites;
import io.managedredis.lettuce.error.AnswerInterruptedException;
import io.managedredis.lettuce.error.CursorLostException;
import io.managedredis.lettuce.error.WriteOutcomeUnknownException;
import io.managedredis.lettuce.internal.command.CommandRule;
import io.managedredis.lettuce.internal.command.CommandTable;
import io.managedredis.lettuce.internal.command.Route;
import io.managedredis.lettuce.internal.health.SilenceWatch;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A routed connection's way to one node: the socket, once there is one, and what becomes of commands when it breaks. */
final class Lane<K, V> implements StrandedCommands, RedisConnectionStateListener {

    private static final CommandTable TABLE = CommandTable.standard();

    private final Router<K, V> router;
    private final RegionNode node;
    private final boolean primary;
    /** Guarded by itself, for the next socket's I/O thread may be another. Null for the primary, which nobody can leave. */
    private final @Nullable SilenceWatch silence;

    private volatile @Nullable PhysicalConnection<K, V> connection;
    private volatile boolean opening;
    private volatile boolean retired;
    private volatile boolean up;
    private volatile long disconnectedAt;
    private volatile long connectedAt;

    Lane(Router<K, V> router, RegionNode node, boolean primary) {
        this.router = router;
        this.node = node;
        this.primary = primary;
        this.silence = primary ? null : new SilenceWatch(router.fleet().health().silenceTimeout());
    }

    RegionNode node() {
        return node;
    }

    /** The socket, or null while none was ever open. */
    @Nullable
    PhysicalConnection<K, V> connection() {
        return connection;
    }

    boolean isConnected() {
        PhysicalConnection<K, V> current = connection;
        return current != null && current.endpoint().isConnected();
    }

    /** When the socket was last connected, by the router's clock. */
    long connectedAt() {
        return connectedAt;
    }

    /** When the socket was lost, by the router's clock; means nothing while it is connected. */
    long disconnectedAt() {
        return disconnectedAt;
    }

    /** Opens the socket if there is none. The result tells whether there is one then. */
    CompletableFuture<PhysicalConnection<K, V>> open() {
        opening = true;
        return router.openSocket(node).whenComplete((opened, failure) -> {
            if (opened == null) {
                node.failed(failure);
                disconnectedAt = router.now();
                opening = false;
                return;
            }
            opened.endpoint().onStranded(this);
            opened.addListener((RedisConnectionStateListener) this);
            connectedAt = router.now();
            up = true;
            router.prepare(opened);
            connection = opened;
            opening = false;
            if (retired || router.isClosed()) {
                opened.closeAsync();
            }
        });
    }

    boolean isOpening() {
        return opening;
    }

    @Override
    public boolean isRetired() {
        return retired;
    }

    /** Another lane has taken this one's place: it finishes what it has, and gets nothing new. */
    void retire() {
        retired = true;
        PhysicalConnection<K, V> current = connection;
        if (current != null && !current.endpoint().isConnected()) {
            // Offers what waits there for a socket.
            current.endpoint().flushCommands();
        }
    }

    CompletableFuture<Void> close() {
        retired = true;
        PhysicalConnection<K, V> current = connection;
        return current == null ? CompletableFuture.completedFuture(null) : current.closeAsync();
    }

    /** What a look at the socket has shown; called on its I/O thread. */
    void look(boolean waiting, long arrivals) {
        SilenceWatch watch = silence;
        if (watch == null || retired) {
            return;
        }
        SilenceWatch.Step step;
        synchronized (watch) {
            boolean matters = waiting && node.health().isUsable();
            step = watch.look(matters, arrivals, node.health(), router.now());
        }
        switch (step) {
            case NONE -> {}
            case ASK -> router.later(() -> router.fleet().ask(node));
            case LEAVE -> router.later(() -> router.fleet().leave(node));
        }
    }

    /** Breaks the socket, so that what waits on it is drained; it reconnects by itself. */
    void evacuate() {
        PhysicalConnection<K, V> current = connection;
        if (current != null) {
            current.endpoint().disconnect();
        }
    }

    @Override
    public boolean takeUnsent(RedisCommand<?, ?, ?> command) {
        if (router.isClosed() || primary && !retired) {
            return false;
        }
        CommandRule rule = TABLE.rule(command);
        if (rule.route() == Route.EVERYWHERE) {
            return false;
        }
        if (!primary && rule.cursor() && router.cursors().continues(command)) {
            router.later(() -> command.completeExceptionally(new CursorLostException(rule.name(), node.displayName())));
            return true;
        }
        router.redirect(command, this);
        return true;
    }

    @Override
    public Collection<RedisCommand<?, ?, ?>> takeUnanswered(
            Collection<RedisCommand<?, ?, ?>> commands, boolean partial) {
        if (router.isClosed()) {
            return commands;
        }
        List<RedisCommand<?, ?, ?>> kept = new ArrayList<>();
        boolean cut = partial;
        for (RedisCommand<?, ?, ?> command : commands) {
            PinnedCommand<?, ?, ?> pinned = PinnedCommand.in(command);
            if (pinned != null) {
                pinned.transaction().interrupted(pinned, node.displayName());
            } else if (!command.isDone()) {
                Throwable failure = failureOf(command, cut);
                if (failure != null) {
                    router.later(() -> command.completeExceptionally(failure));
                } else if (primary && !retired || TABLE.rule(command).route() == Route.EVERYWHERE) {
                    kept.add(command);
                } else {
                    router.later(() -> router.redirect(command, this));
                }
            }
            cut = false;
        }
        return kept;
    }

    /** Why a command that was not answered cannot be sent again; null when it can. */
    private @Nullable Throwable failureOf(RedisCommand<?, ?, ?> command, boolean cut) {
        CommandRule rule = TABLE.rule(command);
        if (cut && !Outputs.renew(command, router.codec())) {
            return new AnswerInterruptedException(rule.name(), node.displayName());
        }
        return switch (rule.route()) {
            case READ ->
                !primary && rule.cursor() && router.cursors().continues(command)
                        ? new CursorLostException(rule.name(), node.displayName())
                        : null;
            case WRITE, PRIMARY ->
                router.unansweredWrites() == UnansweredWrites.REPLAY || isHarmless(rule)
                        ? null
                        : new WriteOutcomeUnknownException(rule.name(), node.displayName());
            default -> null;
        };
    }

    private static boolean isHarmless(CommandRule rule) {
        return rule.name().equals("PING")
                || rule.name().equals("ECHO")
                || rule.name().equals("TIME");
    }

    @Override
    public boolean takeFailed(RedisCommand<?, ?, ?> command, String error) {
        return router.errors().take(this, command, error);
    }

    @Override
    public void answered(RedisCommand<?, ?, ?> command) {
        router.answered(this, command);
    }

    boolean isPrimary() {
        return primary;
    }

    @Override
    public void onRedisConnected(RedisChannelHandler<?, ?> physical, SocketAddress address) {
        connectedAt = router.now();
        up = true;
        router.connected(this, address);
    }

    @Override
    public void onRedisDisconnected(RedisChannelHandler<?, ?> physical) {
        // Also told when an attempt to connect again ends early: the socket was lost before.
        if (up) {
            up = false;
            disconnectedAt = router.now();
        }
        router.disconnected(this);
    }

    @Override
    public void onRedisExceptionCaught(RedisChannelHandler<?, ?> physical, Throwable cause) {
        node.failed(cause);
        router.exceptionCaught(cause);
    }
}
