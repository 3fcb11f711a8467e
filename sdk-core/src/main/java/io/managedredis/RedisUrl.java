package io.managedredis;

import io.managedredis.error.InvalidRequestException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The address of a Redis server together with the credentials for it.
 *
 * <p>{@link #toString()} leaves the password out; {@link #toUri()} contains it. The private address of a managed database
 * speaks plain TCP ({@code redis}), public ones speak TLS ({@code rediss}); one in the place of the other fails at the
 * first connect.
 *
 * @param tls whether the connection is encrypted, scheme {@code rediss}
 * @param username the user, {@code default} where the address names none
 * @param password the password, or null where the server asks for none
 * @param host a host name or an address; an IPv6 address stands without brackets
 * @param port the port, 1 to 65535
 */
public record RedisUrl(
        boolean tls, String username, @Nullable Secret password, String host, int port) {

    /** The port where an address names none. */
    public static final int DEFAULT_PORT = 6379;

    /** The user where an address names none. */
    public static final String DEFAULT_USERNAME = "default";

    /**
     * Checks host and port.
     *
     * @throws InvalidRequestException when the host is blank or the port is out of range
     */
    public RedisUrl {
        Objects.requireNonNull(username, "username");
        Objects.requireNonNull(host, "host");
        if (host.isBlank()) {
            throw invalid("it names no host");
        }
        if (port < 1 || port > 65_535) {
            throw invalid("its port " + port + " is not between 1 and 65535");
        }
    }

    /**
     * Reads {@code redis://user:password@host:port}. The older shape {@code redis://password@host}, which puts the password
     * in the user's place, is understood as well. A path or a query is not used.
     *
     * @throws InvalidRequestException when the text is no such address; the message never contains the text, for it may hold
     *     a password
     */
    public static RedisUrl parse(String text) {
        String rest = text.strip();
        int schemeEnd = rest.indexOf("://");
        if (schemeEnd < 0) {
            throw invalid("it has no scheme");
        }
        boolean tls = switch (rest.substring(0, schemeEnd).toLowerCase(Locale.ROOT)) {
            case "redis" -> false;
            case "rediss" -> true;
            default -> throw invalid("its scheme is neither redis nor rediss");
        };
        rest = rest.substring(schemeEnd + 3);
        int at = rest.lastIndexOf('@');
        String userInfo = at < 0 ? "" : rest.substring(0, at);
        String hostAndPort = rest.substring(at + 1);
        int end = firstOf(hostAndPort, "/?#");
        hostAndPort = end < 0 ? hostAndPort : hostAndPort.substring(0, end);

        int colon = userInfo.indexOf(':');
        String username = colon < 0 ? "" : decode(userInfo.substring(0, colon));
        String password = decode(userInfo.substring(colon + 1));
        return new RedisUrl(
                tls,
                username.isEmpty() ? DEFAULT_USERNAME : username,
                password.isEmpty() ? null : Secret.of(password),
                hostOf(hostAndPort),
                portOf(hostAndPort));
    }

    /** The address as a URI, password included: for handing to other clients, not for printing. */
    public URI toUri() {
        String userInfo = password == null ? "" : encode(username) + ":" + encode(password.reveal()) + "@";
        return URI.create(scheme() + "://" + userInfo + authority());
    }

    /** The same address with another password. */
    public RedisUrl withPassword(Secret newPassword) {
        return new RedisUrl(tls, username, newPassword, host, port);
    }

    /** The address with the password redacted. */
    @Override
    public String toString() {
        String userInfo = password == null ? "" : username + ":" + password + "@";
        return scheme() + "://" + userInfo + authority();
    }

    private String scheme() {
        return tls ? "rediss" : "redis";
    }

    private String authority() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    private static String hostOf(String hostAndPort) {
        if (hostAndPort.startsWith("[")) {
            int close = hostAndPort.indexOf(']');
            if (close < 0) {
                throw invalid("its IPv6 address is not closed by a bracket");
            }
            return hostAndPort.substring(1, close);
        }
        int colon = hostAndPort.indexOf(':');
        return colon < 0 ? hostAndPort : hostAndPort.substring(0, colon);
    }

    private static int portOf(String hostAndPort) {
        int colon = hostAndPort.startsWith("[")
                ? hostAndPort.indexOf(':', hostAndPort.indexOf(']'))
                : hostAndPort.indexOf(':');
        if (colon < 0) {
            return DEFAULT_PORT;
        }
        try {
            return Integer.parseInt(hostAndPort.substring(colon + 1));
        } catch (NumberFormatException notANumber) {
            throw invalid("its port is not a number");
        }
    }

    private static int firstOf(String text, String characters) {
        for (int i = 0; i < text.length(); i++) {
            if (characters.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw invalid("its user or password has a malformed percent escape");
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static InvalidRequestException invalid(String why) {
        return new InvalidRequestException(
                "url", "the Redis address cannot be read: " + why, "redis://user:password@host:port");
    }
}
