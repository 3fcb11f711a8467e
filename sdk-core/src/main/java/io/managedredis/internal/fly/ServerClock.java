package io.managedredis.internal.fly;

import io.managedredis.internal.async.Timing;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The provider's clock, as the {@code Date} of its last answer tells it to the second. Safe for use by several threads. */
final class ServerClock {

    private final Timing timing;
    private volatile @Nullable Reading last;

    private record Reading(String date, long atNanos) {}

    ServerClock(Timing timing) {
        this.timing = timing;
    }

    /** Keeps the date of an answer. It is read when it is needed, which is seldom. */
    void read(HttpHeaders headers) {
        headers.firstValue("date").ifPresent(date -> last = new Reading(date, timing.nanoTime()));
    }

    Optional<Instant> now() {
        Reading reading = last;
        return reading == null
                ? Optional.empty()
                : parse(reading.date()).map(time -> time.plusNanos(timing.nanoTime() - reading.atNanos()));
    }

    /** The wait that the answer asks for, in seconds or until a date. */
    Optional<Duration> retryAfter(HttpHeaders headers) {
        return headers.firstValue("retry-after")
                .map(String::strip)
                .flatMap(text -> seconds(text)
                        .or(() -> parse(text).map(until -> Duration.between(now().orElseGet(timing::now), until)))
                        .map(wait -> wait.isNegative() ? Duration.ZERO : wait));
    }

    private static Optional<Duration> seconds(String text) {
        // Ten digits are more than any wait, and fit a long.
        return text.matches("[0-9]{1,10}") ? Optional.of(Duration.ofSeconds(Long.parseLong(text))) : Optional.empty();
    }

    private static Optional<Instant> parse(String date) {
        try {
            return Optional.of(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeParseException notADate) {
            return Optional.empty();
        }
    }
}
