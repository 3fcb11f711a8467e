package io.managedredis.lettuce.internal.connection;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.protocol.DefaultEndpoint;
import io.lettuce.core.protocol.RedisCommand;
import io.lettuce.core.resource.ClientResources;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The end of one physical connection. Commands it cannot send now are offered to the routed connection above it. */
final class RegionEndpoint extends DefaultEndpoint {

    private final ClientOptions options;
    private volatile @Nullable StrandedCommands stranded;

    RegionEndpoint(ClientOptions options, ClientResources resources) {
        super(options, resources);
        this.options = options;
    }

    ClientOptions options() {
        return options;
    }

    /** Who takes the commands this end cannot send. Until it is set, they wait for the reconnect. */
    void onStranded(StrandedCommands handler) {
        this.stranded = handler;
    }

    @Nullable
    StrandedCommands stranded() {
        return stranded;
    }

    boolean isConnected() {
        return channel != null && channel.isActive();
    }

    @Override
    public <K, V, T> RedisCommand<K, V, T> write(RedisCommand<K, V, T> command) {
        if (!isConnected()) {
            StrandedCommands handler = stranded;
            if (handler != null && handler.takeUnsent(command)) {
                return command;
            }
        }
        return super.write(command);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <K, V> Collection<RedisCommand<K, V, ?>> write(Collection<? extends RedisCommand<K, V, ?>> commands) {
        if (!isConnected() && stranded != null) {
            for (RedisCommand<K, V, ?> command : commands) {
                write(command);
            }
            return (Collection<RedisCommand<K, V, ?>>) commands;
        }
        return super.write(commands);
    }
}
