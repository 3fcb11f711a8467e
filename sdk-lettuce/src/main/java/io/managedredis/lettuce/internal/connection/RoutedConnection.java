package io.managedredis.lettuce.internal.connection;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisAsyncCommandsImpl;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisReactiveCommandsImpl;
import io.lettuce.core.StatefulRedisConnectionImpl;
import io.lettuce.core.api.reactive.RedisReactiveCommands;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.output.VoidOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.ProtocolKeyword;
import io.lettuce.core.protocol.RedisCommand;
import io.lettuce.core.resource.ClientResources;
import io.managedredis.lettuce.Consistency;
import io.managedredis.lettuce.RegionalConnection;
import io.managedredis.lettuce.RoutePlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The connection users hold, or a view of one. It inherits Lettuce's command APIs and overrides dispatch; everything else is
 * the router's. Lettuce's pools look at declared interfaces only, so the interface is declared here.
 */
public final class RoutedConnection<K, V> extends StatefulRedisConnectionImpl<K, V>
        implements RegionalConnection<K, V> {

    private final Router<K, V> router;
    private final Consistency consistency;
    private final Settings settings;
    private final @Nullable BudgetGate<K, V> gate;
    private final @Nullable RoutedConnection<K, V> root;
    private final ConcurrentMap<Consistency, RoutedConnection<K, V>> views = new ConcurrentHashMap<>();
    private final OnDemand<RedisCommands<K, V>> sync = new OnDemand<>(super::newRedisSyncCommandsImpl);
    private final OnDemand<RedisReactiveCommands<K, V>> reactive = new OnDemand<>(super::newRedisReactiveCommandsImpl);

    /**
     * What all views of a connection share.
     *
     * @param checkConsistency throws when the topology cannot keep a consistency
     * @param onClose run when the connection is closed, or null
     */
    record Settings(
            ClientResources resources,
            ClientOptions options,
            Duration timeout,
            Consumer<Consistency> checkConsistency,
            @Nullable Runnable onClose) {}

    RoutedConnection(
            Router<K, V> router,
            RedisCodec<K, V> codec,
            Consistency consistency,
            Settings settings,
            @Nullable BudgetGate<K, V> gate) {
        this(router, codec, consistency, settings, gate, null);
    }

    private RoutedConnection(
            Router<K, V> router,
            RedisCodec<K, V> codec,
            Consistency consistency,
            Settings settings,
            @Nullable BudgetGate<K, V> gate,
            @Nullable RoutedConnection<K, V> root) {
        super(
                new RouterChannelWriter<>(router, settings.resources(), consistency),
                router.pushListeners(),
                codec,
                settings.timeout(),
                settings.options().getJsonParser());
        this.router = router;
        this.consistency = consistency;
        this.settings = settings;
        this.gate = gate;
        this.root = root;
        setOptions(settings.options());
        router.promise(consistency);
    }

    /** Called by the super constructor, so the parser is looked up when it is needed. */
    @Override
    protected RedisAsyncCommandsImpl<K, V> newRedisAsyncCommandsImpl() {
        return new RoutedCommands<>(
                this, codec, () -> settings.options().getJsonParser().get());
    }

    /** Made when it is asked for: a proxy of every command is most of what opening a first connection would cost. */
    @Override
    protected @Nullable RedisCommands<K, V> newRedisSyncCommandsImpl() {
        return null;
    }

    @Override
    protected @Nullable RedisReactiveCommandsImpl<K, V> newRedisReactiveCommandsImpl() {
        return null;
    }

    @Override
    public RedisCommands<K, V> sync() {
        return sync.get();
    }

    @Override
    public RedisReactiveCommands<K, V> reactive() {
        return reactive.get();
    }

    @Override
    public Consistency consistency() {
        return consistency;
    }

    @Override
    public RegionalConnection<K, V> reading(Consistency other) {
        RoutedConnection<K, V> of = root == null ? this : root;
        if (other.equals(of.consistency)) {
            return of;
        }
        return of.views.computeIfAbsent(other, wanted -> {
            settings.checkConsistency().accept(wanted);
            return new RoutedConnection<>(router, codec, wanted, settings, gate, of);
        });
    }

    @Override
    public <T> RedisCommand<K, V, T> dispatch(RedisCommand<K, V, T> command) {
        BudgetGate<K, V> through = gate;
        return through == null ? router.dispatch(command, consistency) : through.dispatch(command, consistency);
    }

    @Override
    public Collection<RedisCommand<K, V, ?>> dispatch(Collection<? extends RedisCommand<K, V, ?>> commands) {
        BudgetGate<K, V> through = gate;
        if (through == null) {
            return router.dispatch(commands, consistency);
        }
        List<RedisCommand<K, V, ?>> dispatched = new ArrayList<>(commands.size());
        commands.forEach(command -> dispatched.add(through.dispatch(command, consistency)));
        return dispatched;
    }

    @Override
    public RoutePlan explain(RedisCommand<K, V, ?> command) {
        return router.explain(command, consistency);
    }

    @Override
    public RoutePlan explain(ProtocolKeyword command, K key) {
        RedisCodec<K, V> codec = getCodec();
        return explain(new Command<>(command, new VoidOutput<>(), new CommandArgs<>(codec).addKey(key)));
    }

    @Override
    public String sessionToken() {
        return router.sessionToken();
    }

    @Override
    public void resume(String token) {
        router.resume(token);
    }

    @Override
    public boolean isMulti() {
        return router.isMulti();
    }

    @Override
    public boolean isOpen() {
        return router.isOpen();
    }

    @Override
    public void addListener(RedisConnectionStateListener listener) {
        router.stateListeners().add(listener);
    }

    @Override
    public void removeListener(RedisConnectionStateListener listener) {
        router.stateListeners().remove(listener);
    }

    @Override
    public void setTimeout(Duration timeout) {
        super.setTimeout(timeout);
        // Null while the super constructor runs.
        if (router != null && root == null) {
            router.setTimeout(timeout);
        }
    }

    @Override
    public CompletableFuture<Void> closeAsync() {
        if (root != null) {
            return CompletableFuture.completedFuture(null);
        }
        Runnable ending = settings.onClose();
        if (ending != null && !isClosed()) {
            ending.run();
        }
        return super.closeAsync();
    }
}
