package io.managedredis.junit5.internal;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;

/**
 * Gets ready what a first connection needs while the first servers start: half of the time to a first test would be the loading
 * and making of Lettuce's classes. Changes nothing but when that happens.
 */
final class WarmUp implements AutoCloseable {

    private final CountDownLatch loggingIsReady = new CountDownLatch(1);
    private final Thread thread;

    private WarmUp(LettuceRuntime lettuce) {
        thread = new Thread(() -> run(lettuce), "managed-redis-warm-up");
        thread.setDaemon(true);
    }

    /** Begins. */
    static WarmUp start(LettuceRuntime lettuce) {
        WarmUp begun = new WarmUp(lettuce);
        begun.thread.start();
        try {
            // Loggers that another thread asks for meanwhile would be substitutes, with a warning about them.
            InternalLoggerFactory.getDefaultFactory();
        } finally {
            begun.loggingIsReady.countDown();
        }
        return begun;
    }

    private void run(LettuceRuntime lettuce) {
        try {
            // The class is kept by the JVM: Lettuce asks for the same one. Needs no logging.
            Proxy.newProxyInstance(
                    AbstractRedisClient.class.getClassLoader(),
                    new Class<?>[] {RedisCommands.class, RedisClusterCommands.class},
                    (proxy, method, arguments) -> null);
            loggingIsReady.await();
            lettuce.client();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | LinkageError failed) {
            // The test's own thread comes to the same point, where the failure has a meaning.
            return;
        }
    }

    /** Waits for the end, which comes by itself. */
    @Override
    public void close() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
