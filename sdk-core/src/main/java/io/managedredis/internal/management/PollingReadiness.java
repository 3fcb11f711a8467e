package io.managedredis.internal.management;

import io.managedredis.Database;
import io.managedredis.DatabaseId;
import io.managedredis.DatabaseStatus;
import io.managedredis.Endpoints;
import io.managedredis.error.DeadlineExceededException;
import io.managedredis.error.ManagedRedisException;
import io.managedredis.error.NotReadyException;
import io.managedredis.internal.async.Call;
import io.managedredis.internal.async.Waiting;
import io.managedredis.readiness.ProbeResult;
import io.managedredis.readiness.Readiness;
import io.managedredis.readiness.ReadinessProbe;
import io.managedredis.readiness.ReadinessProgress;
import io.managedredis.settings.RetrySettings;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Looks at a database again and again, with growing pauses. */
final class PollingReadiness implements Readiness {

    private static final RetrySettings POLLING =
            new RetrySettings(Integer.MAX_VALUE, Duration.ofMillis(250), Duration.ofSeconds(5), 0.2);

    private final Management management;
    private final DatabaseId id;
    private final RetrySettings polling;
    private final @Nullable ReadinessProbe probe;
    private final @Nullable Consumer<ReadinessProgress> listener;

    PollingReadiness(Management management, DatabaseId id) {
        this(management, id, POLLING, null, null);
    }

    private PollingReadiness(
            Management management,
            DatabaseId id,
            RetrySettings polling,
            @Nullable ReadinessProbe probe,
            @Nullable Consumer<ReadinessProgress> listener) {
        this.management = management;
        this.id = id;
        this.polling = polling;
        this.probe = probe;
        this.listener = listener;
    }

    @Override
    public Readiness probe(ReadinessProbe newProbe) {
        return new PollingReadiness(management, id, polling, Objects.requireNonNull(newProbe, "newProbe"), listener);
    }

    @Override
    public Readiness maxAttempts(int attempts) {
        RetrySettings changed = new RetrySettings(attempts, polling.firstDelay(), polling.maxDelay(), polling.jitter());
        return new PollingReadiness(management, id, changed, probe, listener);
    }

    @Override
    public Readiness backoff(Duration first, Duration longest) {
        RetrySettings changed = new RetrySettings(polling.maxAttempts(), first, longest, polling.jitter());
        return new PollingReadiness(management, id, changed, probe, listener);
    }

    @Override
    public Readiness onProgress(Consumer<ReadinessProgress> newListener) {
        return new PollingReadiness(management, id, polling, probe, Objects.requireNonNull(newListener, "newListener"));
    }

    @Override
    public Database await(Duration timeout) {
        return Waiting.join(awaitAsync(timeout));
    }

    @Override
    public CompletableFuture<Database> awaitAsync(Duration timeout) {
        return management.withTimeout(timeout).start("await readiness", id.value(), call -> new Wait(call).look(1));
    }

    /** What one look found. */
    private record Look(Database database, boolean ready, String detail) {}

    private final class Wait {

        private final Call call;

        Wait(Call call) {
            this.call = call;
        }

        CompletableFuture<Database> look(int attempt) {
            return management
                    .api()
                    .get(call, id)
                    .toCompletableFuture()
                    .thenApply(found -> found.orElseThrow(() -> DatabaseUpdating.notFound(call, id)))
                    .thenCompose(this::judge)
                    .thenCompose(look -> {
                        report(attempt, look.database().status(), look.ready(), look.detail());
                        return look.ready()
                                ? CompletableFuture.completedFuture(look.database())
                                : lookAgain(attempt, look.detail(), null);
                    })
                    .exceptionallyCompose(thrown -> afterFailure(attempt, Call.unwrap(thrown)));
        }

        /** A provider that is away for a moment does not end the wait. */
        private CompletableFuture<Database> afterFailure(int attempt, Throwable failure) {
            if (failure instanceof ManagedRedisException error
                    && error.isRetryable()
                    && !(failure instanceof DeadlineExceededException)) {
                report(attempt, DatabaseStatus.UNKNOWN, false, error.getMessage());
                return lookAgain(attempt, error.getMessage(), error);
            }
            return CompletableFuture.failedFuture(failure);
        }

        private CompletableFuture<Look> judge(Database database) {
            if (database.status().isFailed()) {
                return CompletableFuture.failedFuture(notReady(
                        "the database '" + database.name() + "' is in the state '" + database.status() + "'"
                                + (database.errorMessage() == null ? "" : ": " + database.errorMessage()),
                        null));
            }
            Endpoints endpoints = database.endpoints();
            if (!database.isReady() || endpoints == null) {
                return CompletableFuture.completedFuture(new Look(
                        database,
                        false,
                        "its state is '" + database.status() + "'"
                                + (endpoints == null ? ", and it has no address yet" : "")));
            }
            if (probe == null) {
                return CompletableFuture.completedFuture(new Look(database, true, "it is ready"));
            }
            return probed(database, probe);
        }

        private CompletableFuture<Look> probed(Database database, ReadinessProbe asked) {
            return call.cancelWithCall(asked(asked, database)
                            .toCompletableFuture()
                            .thenApply(result -> result)
                            // A probe that never ends must not outlive the wait.
                            .orTimeout(Math.max(1, call.remaining().toNanos()), TimeUnit.NANOSECONDS))
                    .handle((result, thrown) -> {
                        if (thrown != null) {
                            return new Look(
                                    database,
                                    false,
                                    "the probe failed: "
                                            + Call.unwrap(thrown).getClass().getSimpleName());
                        }
                        if (result instanceof ProbeResult.OutsideNetwork outside) {
                            throw notReady(
                                    "the database '" + database.name() + "' is ready and cannot be reached from here: "
                                            + outside.reason()
                                            + ". Its address works inside its organization's private network only: run"
                                            + " there, or enter it with the provider's VPN or proxy",
                                    null);
                        }
                        return result instanceof ProbeResult.NotYet notYet
                                ? new Look(database, false, "it does not answer yet: " + notYet.reason())
                                : new Look(database, true, "it is ready and answers");
                    });
        }

        private static CompletionStage<ProbeResult> asked(ReadinessProbe probe, Database database) {
            try {
                return probe.probe(database);
            } catch (RuntimeException failure) {
                return CompletableFuture.failedFuture(failure);
            }
        }

        private CompletableFuture<Database> lookAgain(int attempt, String detail, @Nullable Throwable cause) {
            NotReadyException notYet =
                    notReady("the database " + id + " was not ready after " + attempt + " looks: " + detail, cause);
            if (attempt >= polling.maxAttempts()) {
                return CompletableFuture.failedFuture(notYet);
            }
            Duration delay = polling.delayAfter(attempt, management.random().nextDouble());
            return call.pause(delay, notYet).thenCompose(waited -> look(attempt + 1));
        }

        private void report(int attempt, DatabaseStatus status, boolean ready, String detail) {
            if (listener != null) {
                listener.accept(new ReadinessProgress(attempt, call.elapsed(), status, ready, detail));
            }
        }

        private NotReadyException notReady(String message, @Nullable Throwable cause) {
            return new NotReadyException(message, call.details(), cause);
        }
    }
}
