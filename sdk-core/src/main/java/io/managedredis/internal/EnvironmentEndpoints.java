package io.managedredis.internal;

import io.managedredis.Endpoints;
import io.managedredis.RedisUrl;
import io.managedredis.Region;
import io.managedredis.error.ConfigurationException;
import io.managedredis.error.InvalidRequestException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads addresses from variables, be they of the process or of the provider's answer. */
public final class EnvironmentEndpoints {

    private static final String SINGLE = "REDIS_URL";
    private static final String PRIMARY = "REDIS_PRIMARY_URL";
    private static final String PRIMARY_REGION = "PRIMARY_REGION";
    private static final String REPLICA_PREFIX = "REDIS_REPLICA_URL_";

    private EnvironmentEndpoints() {}

    /** The addresses in the variables of a process; see {@link Endpoints#fromEnvironment(Map)}. */
    public static Endpoints read(Map<String, String> variables) {
        if (value(variables, PRIMARY) != null) {
            return byRegion(variables, region(PRIMARY_REGION, value(variables, PRIMARY_REGION)))
                    .orElseThrow();
        }
        String single = value(variables, SINGLE);
        if (single == null) {
            throw new ConfigurationException("no Redis address is known: neither " + SINGLE + " nor " + PRIMARY
                    + " is set. Set " + SINGLE + " where the platform routes, or " + PRIMARY + ", " + PRIMARY_REGION
                    + " and "
                    + REPLICA_PREFIX + "<REGION> where each region has an address");
        }
        return new Endpoints.ByPlatform(url(SINGLE, single));
    }

    /** The addresses of the regions; empty where the variables have none for the primary. */
    public static Optional<Endpoints> byRegion(Map<String, String> variables, Region primaryRegion) {
        String primary = value(variables, PRIMARY);
        if (primary == null) {
            return Optional.empty();
        }
        Map<Region, RedisUrl> replicas = new LinkedHashMap<>();
        // Sorted, for the order of process variables is not defined.
        new TreeMap<>(variables).forEach((name, text) -> {
            if (name.startsWith(REPLICA_PREFIX) && !text.isBlank()) {
                String code = name.substring(REPLICA_PREFIX.length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '-');
                replicas.put(region(name, code), url(name, text));
            }
        });
        return Optional.of(new Endpoints.ByRegion(primaryRegion, url(PRIMARY, primary), replicas));
    }

    private static @Nullable String value(Map<String, String> variables, String name) {
        String text = variables.get(name);
        return text == null || text.isBlank() ? null : text;
    }

    private static RedisUrl url(String variable, String text) {
        try {
            return RedisUrl.parse(text);
        } catch (InvalidRequestException unreadable) {
            throw new ConfigurationException("the variable " + variable + ": " + unreadable.getMessage());
        }
    }

    private static Region region(String variable, @Nullable String code) {
        if (code == null) {
            throw new ConfigurationException("the primary's region is not known: " + variable
                    + " is not set. Set it to the region of " + PRIMARY);
        }
        try {
            return Region.of(code);
        } catch (InvalidRequestException unreadable) {
            throw new ConfigurationException("the variable " + variable + ": " + unreadable.getMessage());
        }
    }
}
