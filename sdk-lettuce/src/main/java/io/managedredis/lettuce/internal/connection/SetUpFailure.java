package io.managedredis.lettuce.internal.connection;

import io.lettuce.core.protocol.RedisHandshakeHandler;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Why the first channel of a connection could not be set up, as the channel itself saw it. Thread safe. */
final class SetUpFailure {

    private static final AttributeKey<SetUpFailure> KEY = AttributeKey.valueOf(SetUpFailure.class, "of");

    private volatile @Nullable Throwable cause;

    private SetUpFailure() {}

    /** Learns why the next channel that this opens cannot be set up. */
    static SetUpFailure of(Bootstrap bootstrap) {
        SetUpFailure failure = new SetUpFailure();
        bootstrap.attr(KEY, failure);
        return failure;
    }

    /** Watches a channel whose handlers are in place. */
    static void watch(Channel channel) {
        SetUpFailure failure = channel.attr(KEY).get();
        RedisHandshakeHandler handshake = channel.pipeline().get(RedisHandshakeHandler.class);
        if (failure != null && handshake != null) {
            handshake.channelInitialized().whenComplete((done, refused) -> failure.cause = refused);
        }
    }

    /** The failure that is known, or else the other; to be thrown. */
    CompletionException orElse(Throwable other) {
        Throwable known = cause;
        Throwable thrown = known == null ? other : known;
        return thrown instanceof CompletionException wrapped ? wrapped : new CompletionException(thrown);
    }
}
