package io.managedredis;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** The two styles in which every verb can be called. */
enum Style {
    SYNCHRONOUS {
        @Override
        <T> T call(
                Databases databases,
                Function<Databases, T> sync,
                Function<AsyncDatabases, CompletableFuture<T>> async) {
            return sync.apply(databases);
        }
    },
    ASYNCHRONOUS {
        @Override
        <T> T call(
                Databases databases,
                Function<Databases, T> sync,
                Function<AsyncDatabases, CompletableFuture<T>> async) {
            try {
                return async.apply(databases.async()).get(30, TimeUnit.SECONDS);
            } catch (ExecutionException failure) {
                throw (RuntimeException) failure.getCause();
            } catch (InterruptedException | TimeoutException failure) {
                throw new AssertionError(failure);
            }
        }
    };

    abstract <T> T call(
            Databases databases, Function<Databases, T> sync, Function<AsyncDatabases, CompletableFuture<T>> async);
}
