package io.managedredis.testing.internal.page;

import io.managedredis.testing.internal.control.Request;
import io.netty.util.NetUtil;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells requests of the page itself from those that another web site makes a browser send.
 *
 * <p>A site that lets its own name lead to this machine is known by that name: only addresses and {@code localhost} are
 * answered, since no name server decides about those. Any other site is known by what browsers say of the origin.
 */
final class SameOrigin {

    private static final Pattern HOST = Pattern.compile("(\\[[^\\]]+\\]|[^:\\[\\]]+)(?::(\\d{1,5}))?");
    private static final Set<String> OWN_FETCHES = Set.of("same-origin", "none");

    private SameOrigin() {}

    /** Why the request is for someone else; empty when it is for this machine. */
    static Optional<String> whyHostIsForeign(Request request) {
        List<String> hosts = request.all("Host");
        if (hosts.size() == 1) {
            Matcher host = HOST.matcher(hosts.get(0));
            if (host.matches() && isAddress(host.group(1))) {
                return Optional.empty();
            }
        }
        return Optional.of("The page is served to localhost and to IP addresses only, not to other host names");
    }

    /** Why the request is not the page's own; empty when nothing says so. */
    static Optional<String> whyCrossSite(Request request) {
        List<String> origins = request.all("Origin");
        String host = request.header("Host").orElse("").toLowerCase(Locale.ROOT);
        boolean ownOrigin = origins.isEmpty()
                || origins.size() == 1
                        && origins.get(0).toLowerCase(Locale.ROOT).equals("http://" + host);
        boolean ownFetch = OWN_FETCHES.containsAll(request.all("Sec-Fetch-Site"));
        return ownOrigin && ownFetch
                ? Optional.empty()
                : Optional.of("Another web site sent this; only the page itself may");
    }

    private static boolean isAddress(String host) {
        if (host.startsWith("[")) {
            return NetUtil.isValidIpV6Address(host.substring(1, host.length() - 1));
        }
        return host.equalsIgnoreCase("localhost") || NetUtil.isValidIpV4Address(host);
    }
}
