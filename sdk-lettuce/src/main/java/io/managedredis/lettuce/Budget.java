package io.managedredis.lettuce;

import io.managedredis.Limit;
import io.managedredis.Plan;
import io.managedredis.error.InvalidRequestException;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * What one {@link RegionalRedis} may use of its database, so that it stays below the limits of the plan by itself: what is above is
 * refused with a {@link io.managedredis.lettuce.error.BudgetExceededException} before it is sent. It knows of this client only; where
 * several share a database, give each its {@linkplain #sharedBy share}. Limits that are unlimited or unknown are not kept. AUTH,
 * HELLO, SELECT, COMMAND, CONFIG, INFO, PING, RESET and QUIT are free, as they are at the service.
 *
 * <pre>{@code
 * RegionalRedis.builder().budget(Budget.of(plan).withLongestWait(Duration.ofMillis(500)))
 * }</pre>
 *
 * <p>In a transaction, a command that is refused spoils it: EXEC sends DISCARD and fails with the same error. Immutable.
 *
 * @param commandsPerSecond commands a second; one too many waits for its turn, or is refused
 * @param dailyCommands commands a day, in UTC
 * @param dailyBandwidthBytes bytes sent and received a day, in UTC, counted on the sockets
 * @param requestBytes the size of one request as it is sent
 * @param connections sockets of connections at the same time, with those for blocking commands and pub/sub; the
 *     {@linkplain RegionalRedis#sharedSockets shared} ones count, and are never refused
 * @param longestWait how long a command may wait for its turn; zero, the default, refuses at once. No thread waits: the command is
 *     sent later, in the order of its connection, and its time-out, which a caller of the synchronous API waits for, includes it
 * @param warnAt the share of a limit, above zero and at most one, from which on the listener is told; default 0.8
 * @param listener told of a limit that comes near, once a day for daily limits and once a minute for others; on the thread of the
 *     caller or of I/O, so it returns quickly
 * @param clock tells the day
 */
public record Budget(
        Limit commandsPerSecond,
        Limit dailyCommands,
        Limit dailyBandwidthBytes,
        Limit requestBytes,
        Limit connections,
        Duration longestWait,
        double warnAt,
        Consumer<BudgetWarning> listener,
        Clock clock) {

    private static final double USUAL_WARNING = 0.8;

    /**
     * Checks the values.
     *
     * @throws InvalidRequestException when one is out of range
     */
    public Budget {
        Objects.requireNonNull(dailyCommands, "dailyCommands");
        Objects.requireNonNull(dailyBandwidthBytes, "dailyBandwidthBytes");
        Objects.requireNonNull(requestBytes, "requestBytes");
        Objects.requireNonNull(connections, "connections");
        Objects.requireNonNull(listener, "listener");
        Objects.requireNonNull(clock, "clock");
        if (commandsPerSecond instanceof Limit.Of limit && (limit.value() < 1 || limit.value() > Integer.MAX_VALUE)) {
            throw new InvalidRequestException(
                    "commandsPerSecond", limit.value() + " commands a second", "from 1 to " + Integer.MAX_VALUE);
        }
        if (longestWait.isNegative()) {
            throw new InvalidRequestException("longestWait", longestWait + " is negative", "zero or more");
        }
        if (!(warnAt > 0 && warnAt <= 1)) {
            throw new InvalidRequestException("warnAt", warnAt + " is no share", "above 0, and at most 1");
        }
    }

    /** All that the plan allows. */
    public static Budget of(Plan plan) {
        return new Budget(
                plan.maxCommandsPerSecond(),
                plan.maxDailyCommands(),
                plan.maxDailyBandwidthBytes(),
                plan.maxRequestBytes(),
                plan.maxConnections(),
                Duration.ZERO,
                USUAL_WARNING,
                warning -> {},
                Clock.systemUTC());
    }

    /** No limit at all, to set single ones. */
    public static Budget unlimited() {
        Limit none = Limit.unlimited();
        return new Budget(none, none, none, none, none, Duration.ZERO, USUAL_WARNING, warning -> {}, Clock.systemUTC());
    }

    /**
     * The share of one of so many clients that use the database alike. The size of a request is not shared.
     *
     * @throws InvalidRequestException when there is less than one client, or a share is less than one
     */
    public Budget sharedBy(int clients) {
        if (clients < 1) {
            throw new InvalidRequestException("clients", clients + " is below one", "one or more");
        }
        return new Budget(
                share(commandsPerSecond, clients),
                share(dailyCommands, clients),
                share(dailyBandwidthBytes, clients),
                requestBytes,
                share(connections, clients),
                longestWait,
                warnAt,
                listener,
                clock);
    }

    private static Limit share(Limit limit, int clients) {
        if (!(limit instanceof Limit.Of of)) {
            return limit;
        }
        if (of.value() < clients) {
            throw new InvalidRequestException(
                    "clients", "a limit of " + of + " has no share for each of " + clients, "at most " + of);
        }
        return Limit.of(of.value() / clients);
    }

    /** The same with so many commands a second. */
    public Budget withCommandsPerSecond(long commands) {
        return copy(Limit.of(commands), dailyCommands, dailyBandwidthBytes, requestBytes, connections);
    }

    /** The same with so many commands a day. */
    public Budget withDailyCommands(long commands) {
        return copy(commandsPerSecond, Limit.of(commands), dailyBandwidthBytes, requestBytes, connections);
    }

    /** The same with so many bytes a day, sent and received. */
    public Budget withDailyBandwidthBytes(long bytes) {
        return copy(commandsPerSecond, dailyCommands, Limit.of(bytes), requestBytes, connections);
    }

    /** The same with requests of so many bytes at most. */
    public Budget withRequestBytes(long bytes) {
        return copy(commandsPerSecond, dailyCommands, dailyBandwidthBytes, Limit.of(bytes), connections);
    }

    /** The same with so many sockets at the same time. */
    public Budget withConnections(long sockets) {
        return copy(commandsPerSecond, dailyCommands, dailyBandwidthBytes, requestBytes, Limit.of(sockets));
    }

    private Budget copy(Limit perSecond, Limit commands, Limit bandwidth, Limit request, Limit sockets) {
        return new Budget(perSecond, commands, bandwidth, request, sockets, longestWait, warnAt, listener, clock);
    }

    /** The same with another time that a command may wait for its turn. */
    public Budget withLongestWait(Duration wait) {
        return copy(wait, warnAt, listener, clock);
    }

    /** The same with another share from which on the listener is told. */
    public Budget withWarningAt(double share) {
        return copy(longestWait, share, listener, clock);
    }

    /** The same with a listener that is told of limits that come near. */
    public Budget onWarning(Consumer<BudgetWarning> told) {
        return copy(longestWait, warnAt, told, clock);
    }

    /** The same with another clock to tell the day by. */
    public Budget withClock(Clock source) {
        return copy(longestWait, warnAt, listener, source);
    }

    private Budget copy(Duration wait, double share, Consumer<BudgetWarning> told, Clock source) {
        return new Budget(
                commandsPerSecond,
                dailyCommands,
                dailyBandwidthBytes,
                requestBytes,
                connections,
                wait,
                share,
                told,
                source);
    }
}
