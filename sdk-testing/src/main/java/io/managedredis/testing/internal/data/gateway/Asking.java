package io.managedredis.testing.internal.data.gateway;

import io.netty.channel.EventLoop;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway asks on its own connections before a request can be answered. Meanwhile the client's next requests wait.
 * Used on one event loop.
 */
final class Asking {

    private final Pauses pauses;
    private final EventLoop loop;
    private @Nullable Object answer;

    Asking(Pauses pauses, EventLoop loop) {
        this.pauses = pauses;
        this.loop = loop;
    }

    /** Begins a pause until this completes; the request at hand is brought again then. */
    void ask(CompletableFuture<?> question) {
        answer = null;
        pauses.begin(Pause.ASKING);
        question.whenComplete((result, failed) -> loop.execute(() -> {
            answer = result;
            pauses.end(Pause.ASKING);
        }));
    }

    /** What was answered; empty when the question failed. */
    @SuppressWarnings("unchecked")
    <T> Optional<T> answer() {
        return Optional.ofNullable((T) answer);
    }
}
