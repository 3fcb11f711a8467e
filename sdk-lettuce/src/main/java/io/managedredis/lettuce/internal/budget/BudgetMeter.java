package io.managedredis.lettuce.internal.budget;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.lettuce.core.protocol.RedisCommand;
import io.managedredis.Limit;
import io.managedredis.lettuce.Budget;
import io.managedredis.lettuce.BudgetWarning;
import io.managedredis.lettuce.error.BudgetExceededException;
import io.managedredis.lettuce.error.ServiceLimit;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what one client uses of its budget, and refuses what is above. Waits for nothing, and does no I/O. Thread safe. */
public final class BudgetMeter {

    private static final Logger LOG = LoggerFactory.getLogger(BudgetMeter.class);
    private static final Set<String> FREE =
            Set.of("AUTH", "HELLO", "SELECT", "COMMAND", "CONFIG", "INFO", "PING", "RESET", "QUIT");
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** Turns are given out this often a second, so that a burst at the turn of a second is no second burst. */
    private static final int PERIODS = 20;

    private final Budget budget;
    private final @Nullable RateLimiter turns;
    private final @Nullable Usage second;
    private final @Nullable Usage dailyCommands;
    private final @Nullable Usage dailyBytes;
    private final @Nullable Usage sockets;
    private final @Nullable Usage request;

    /**
     * A meter.
     *
     * @param nanoClock what turns are counted by, in nanoseconds from any origin
     */
    public BudgetMeter(Budget budget, LongSupplier nanoClock) {
        this.budget = budget;
        LongSupplier millis = budget.clock()::millis;
        LongSupplier nanoMillis = () -> nanoClock.getAsLong() / 1_000_000;
        this.turns = budget.commandsPerSecond() instanceof Limit.Of limit ? turns(limit.value(), nanoClock) : null;
        this.second = usage(ServiceLimit.COMMANDS_PER_SECOND, budget.commandsPerSecond(), 1_000, nanoMillis);
        this.dailyCommands = usage(ServiceLimit.DAILY_COMMANDS, budget.dailyCommands(), Usage.DAY, millis);
        this.dailyBytes = usage(ServiceLimit.DAILY_BANDWIDTH, budget.dailyBandwidthBytes(), Usage.DAY, millis);
        this.sockets = usage(ServiceLimit.CONNECTIONS, budget.connections(), Usage.FOR_EVER, nanoMillis);
        this.request = usage(ServiceLimit.REQUEST_SIZE, budget.requestBytes(), Usage.FOR_EVER, nanoMillis);
    }

    private RateLimiter turns(long perSecond, LongSupplier nanoClock) {
        int atOnce = (int) Math.max(1, perSecond / PERIODS);
        RateLimiterConfig config = RateLimiterConfig.custom()
                .limitForPeriod(atOnce)
                .limitRefreshPeriod(SECOND.multipliedBy(atOnce).dividedBy(perSecond))
                .timeoutDuration(budget.longestWait())
                .build();
        return RateLimiter.of("redis-commands", config, nanoClock::getAsLong);
    }

    private @Nullable Usage usage(ServiceLimit limit, Limit value, long periodMillis, LongSupplier millis) {
        return value instanceof Limit.Of of
                ? new Usage(limit, of.value(), budget.warnAt(), periodMillis, millis, this::warn)
                : null;
    }

    private void warn(BudgetWarning warning) {
        try {
            budget.listener().accept(warning);
        } catch (RuntimeException broken) {
            LOG.warn("a listener to the budget failed", broken);
        }
    }

    /**
     * Counts a command.
     *
     * @return how many nanoseconds it has to wait for its turn
     * @throws BudgetExceededException when it must not be sent
     */
    public long admit(RedisCommand<?, ?, ?> command) {
        String name = command.getType().toString();
        if (FREE.contains(name)) {
            return 0;
        }
        if (dailyBytes != null) {
            dailyBytes.require(name, 1);
        }
        if (request != null) {
            long size = size(command);
            request.require(name, size);
            request.warnOf(size);
        }
        if (dailyCommands != null) {
            dailyCommands.require(name, 1);
        }
        long wait = turn(name);
        if (dailyCommands != null) {
            dailyCommands.take(name, 1);
        }
        return wait;
    }

    private long turn(String name) {
        if (turns == null || second == null) {
            return 0;
        }
        second.count(1);
        long wait = turns.reservePermission();
        if (wait < 0) {
            throw new BudgetExceededException(
                    name, ServiceLimit.COMMANDS_PER_SECOND, second.allowed(), second.allowed() + 1);
        }
        return wait;
    }

    private static long size(RedisCommand<?, ?, ?> command) {
        ByteBuf encoded = ByteBufAllocator.DEFAULT.buffer();
        try {
            command.encode(encoded);
            return encoded.readableBytes();
        } finally {
            encoded.release();
        }
    }

    /** Counts a command that must be sent in any case, such as the next one of a transaction, or one of this SDK's own. */
    public void count(RedisCommand<?, ?, ?> command) {
        if (!FREE.contains(command.getType().toString())) {
            countOne();
        }
    }

    /** Counts one command that is sent in any case. */
    public void countOne() {
        if (second != null) {
            second.count(1);
        }
        if (dailyCommands != null) {
            dailyCommands.count(1);
        }
    }

    /** Whether bytes are to be counted. */
    public boolean countsBytes() {
        return dailyBytes != null;
    }

    /** Counts bytes sent or received. */
    public void transferred(long bytes) {
        if (dailyBytes != null) {
            dailyBytes.count(bytes);
        }
    }

    /**
     * Counts sockets that are about to be opened.
     *
     * @param besides how many more there are, which nobody asked for
     * @throws BudgetExceededException when they are too many
     */
    public void opening(int count, int besides) {
        if (sockets != null) {
            sockets.require("a connection", count + besides);
            sockets.take("a connection", count);
            sockets.warnOf(sockets.used() + besides);
        }
    }

    /** Sockets that were counted are closed, or were never opened. */
    public void closed(int count) {
        if (sockets != null) {
            sockets.count(-count);
        }
    }

    /** What is used of one limit in one period. */
    private static final class Usage {

        static final long DAY = 86_400_000;
        static final long FOR_EVER = Long.MAX_VALUE;
        private static final long MINUTE = 60_000;

        private final ServiceLimit limit;
        private final long allowed;
        private final long warnFrom;
        private final long periodMillis;
        private final LongSupplier millis;
        private final Consumer<BudgetWarning> listener;
        private final AtomicLong warnedIn = new AtomicLong(Long.MIN_VALUE);
        private volatile Period period;

        private record Period(long number, AtomicLong used) {}

        Usage(
                ServiceLimit limit,
                long allowed,
                double warnAt,
                long periodMillis,
                LongSupplier millis,
                Consumer<BudgetWarning> listener) {
            this.limit = limit;
            this.allowed = allowed;
            this.warnFrom = (long) Math.ceil(allowed * warnAt);
            this.periodMillis = periodMillis;
            this.millis = millis;
            this.listener = listener;
            this.period = new Period(Math.floorDiv(millis.getAsLong(), periodMillis), new AtomicLong());
        }

        long allowed() {
            return allowed;
        }

        long used() {
            return now().used().get();
        }

        /** Fails when so much more is too much. */
        void require(String what, long more) {
            long would = used() + more;
            if (would > allowed) {
                throw new BudgetExceededException(what, limit, allowed, would);
            }
        }

        /** Counts so much more, unless it is too much. */
        void take(String what, long more) {
            AtomicLong used = now().used();
            long after = used.addAndGet(more);
            if (after > allowed) {
                used.addAndGet(-more);
                throw new BudgetExceededException(what, limit, allowed, after);
            }
            warnOf(after);
        }

        /** Counts so much more in any case. */
        void count(long more) {
            warnOf(now().used().addAndGet(more));
        }

        /** Tells the listener when so much is near the limit, unless it was told lately. */
        void warnOf(long usage) {
            if (usage >= warnFrom) {
                long told = Math.floorDiv(millis.getAsLong(), periodMillis == DAY ? DAY : MINUTE);
                long before = warnedIn.get();
                if (before != told && warnedIn.compareAndSet(before, told)) {
                    listener.accept(new BudgetWarning(limit, allowed, usage));
                }
            }
        }

        private Period now() {
            long number = Math.floorDiv(millis.getAsLong(), periodMillis);
            Period current = period;
            if (current.number() == number) {
                return current;
            }
            synchronized (this) {
                if (period.number() != number) {
                    period = new Period(number, new AtomicLong());
                }
                return period;
            }
        }
    }
}
