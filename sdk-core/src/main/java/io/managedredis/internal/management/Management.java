package io.managedredis.internal.management;

import io.managedredis.error.InvalidRequestException;
import io.managedredis.internal.async.Call;
import io.managedredis.internal.async.CallRunner;
import io.managedredis.internal.port.ProvisioningApi;
import io.managedredis.pricing.PriceBook;
import io.managedredis.settings.RetrySettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What the verbs work with.
 *
 * @param api the provider
 * @param calls runs them
 * @param timeout how long one may take
 * @param retry how often to look and ask again where an answer was lost
 * @param random chance for the waits
 * @param priceBook where prices are looked up, or null for the newest published book that knows a plan
 */
public record Management(
        ProvisioningApi api,
        CallRunner calls,
        Duration timeout,
        RetrySettings retry,
        RandomGenerator random,
        @Nullable PriceBook priceBook) {

    /**
     * Checks the timeout.
     *
     * @throws InvalidRequestException when it is zero or less
     */
    public Management {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new InvalidRequestException("timeout", "the timeout is " + timeout, "more than zero");
        }
    }

    Management withTimeout(Duration newTimeout) {
        return new Management(api, calls, newTimeout, retry, random, priceBook);
    }

    <T> CompletableFuture<T> start(
            String operation, @Nullable String database, Function<Call, ? extends CompletionStage<T>> body) {
        return calls.start(operation, database, timeout, body);
    }

    /** Where prices are looked up, in this order. */
    List<PriceBook> priceBooks() {
        if (priceBook != null) {
            return List.of(priceBook);
        }
        List<PriceBook> newestFirst = new ArrayList<>(PriceBook.published());
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    /** Waits before asking again what was asked so many times without an answer. */
    CompletableFuture<Void> pauseAfter(Call call, int times, Throwable cause) {
        return call.pause(retry.delayAfter(times, random.nextDouble()), cause);
    }
}
