package io.managedredis.internal.management;

import io.managedredis.error.InvalidRequestException;
import io.managedredis.internal.async.Call;
import io.managedredis.internal.async.Timing;
import io.managedredis.internal.port.ProvisioningApi;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What every verb needs.
 *
 * @param api the provider
 * @param timing the passing of time
 * @param timeout how long one call may take
 */
public record Calls(ProvisioningApi api, Timing timing, Duration timeout) {

    /**
     * Checks the timeout.
     *
     * @throws InvalidRequestException when it is zero or less
     */
    public Calls {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new InvalidRequestException("timeout", "the timeout is " + timeout, "more than zero");
        }
    }

    Calls withTimeout(Duration newTimeout) {
        return new Calls(api, timing, newTimeout);
    }

    <T> CompletableFuture<T> start(
            String operation, @Nullable String database, Function<Call, ? extends CompletionStage<T>> body) {
        return Call.start(operation, database, timeout, timing, body);
    }
}
