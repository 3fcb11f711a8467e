package io.managedredis.internal.management;

import io.managedredis.Database;
import io.managedredis.DatabaseSpec;
import io.managedredis.error.InvalidRequestException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The name of a leased database: what the caller named, whose it is, the second at which the lease ends, its length in
 * seconds, something drawn so that two leases differ, and a checksum. Numbers are to the base of 36.
 *
 * @param base what the caller named
 * @param owner whose it is
 * @param expiresAt when the lease ends
 * @param length how long it is
 * @param draw something drawn
 */
record LeaseName(String base, String owner, Instant expiresAt, Duration length, String draw) {

    static final Duration LONGEST = Duration.ofDays(30);

    /** Creating takes a while, and the provider's clocks need not agree; a name that was made up is off by more. */
    private static final Duration CREATION_TOLERANCE = Duration.ofMinutes(10);

    private static final Pattern SHAPE = Pattern.compile(
            "([a-z0-9][a-z0-9-]*)-([a-z0-9]{1,10})-l([0-9a-z]{6,7})-([0-9a-z]{1,5})-([0-9a-z]{4})-([0-9a-z]{6})");
    private static final int RADIX = 36;
    private static final int OWNER_LENGTH = 10;
    private static final int DRAW_LENGTH = 4;
    private static final int CHECKSUM_LENGTH = 6;
    /** What is left of a name for the base when every other part has its full length. */
    private static final int BASE_LENGTH = DatabaseSpec.MAX_NAME_LENGTH - 38;

    /** A name for a lease that begins now. */
    static LeaseName draw(String name, String owner, Instant now, Duration length, RandomGenerator random) {
        if (length.compareTo(Duration.ofSeconds(1)) < 0 || length.compareTo(LONGEST) > 0) {
            throw new InvalidRequestException("length", "the lease is for " + length, "1 second to " + LONGEST);
        }
        StringBuilder draw = new StringBuilder();
        for (int i = 0; i < DRAW_LENGTH; i++) {
            draw.append(Character.forDigit(random.nextInt(RADIX), RADIX));
        }
        Duration seconds = Duration.ofSeconds(length.toSeconds());
        Instant expiresAt = Instant.ofEpochSecond(now.getEpochSecond()).plus(seconds);
        return new LeaseName(cut(name), plain(owner), expiresAt, seconds, draw.toString());
    }

    /** The lease in the name of a database; empty where there is none, or the database is not from its time. */
    static Optional<LeaseName> of(Database database) {
        return parse(database.name()).filter(lease -> {
            Instant begin = lease.expiresAt().minus(lease.length());
            return Duration.between(begin, database.createdAt()).abs().compareTo(CREATION_TOLERANCE) <= 0;
        });
    }

    static Optional<LeaseName> parse(String name) {
        Matcher parts = SHAPE.matcher(name);
        if (!parts.matches() || !checksum(name.substring(0, parts.start(6))).equals(parts.group(6))) {
            return Optional.empty();
        }
        Duration length = Duration.ofSeconds(Long.parseLong(parts.group(4), RADIX));
        if (length.isZero() || length.compareTo(LONGEST) > 0) {
            return Optional.empty();
        }
        try {
            Instant expiresAt = Instant.ofEpochSecond(Long.parseLong(parts.group(3), RADIX));
            return Optional.of(new LeaseName(parts.group(1), parts.group(2), expiresAt, length, parts.group(5)));
        } catch (DateTimeException outOfRange) {
            return Optional.empty();
        }
    }

    /** The whole name. */
    String text() {
        String checked = base + "-" + owner + "-l" + Long.toString(expiresAt.getEpochSecond(), RADIX) + "-"
                + Long.toString(length.toSeconds(), RADIX) + "-" + draw + "-";
        return checked + checksum(checked);
    }

    private static String checksum(String text) {
        CRC32 crc = new CRC32();
        crc.update(("managed-redis-lease:" + text).getBytes(StandardCharsets.UTF_8));
        String digits = Long.toString(crc.getValue(), RADIX);
        String padded = "0".repeat(CHECKSUM_LENGTH) + digits;
        return padded.substring(padded.length() - CHECKSUM_LENGTH);
    }

    private static String cut(String name) {
        String base = name.length() <= BASE_LENGTH ? name : name.substring(0, BASE_LENGTH);
        return base.replaceAll("-+$", "");
    }

    private static String plain(String owner) {
        String plain = owner.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        if (plain.isEmpty()) {
            return "unknown";
        }
        return plain.length() <= OWNER_LENGTH ? plain : plain.substring(0, OWNER_LENGTH);
    }
}
