package io.managedredis.lettuce.internal.topology;

import io.managedredis.Endpoints;
import io.managedredis.RedisUrl;
import io.managedredis.Region;
import io.managedredis.error.ConfigurationException;
import io.managedredis.error.InvalidRequestException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Reads the addresses of a database from process variables. */
public final class EnvironmentTopology {

    /** The single address, routed by the platform. */
    public static final String URL = "REDIS_URL";
    /** The address of the primary. */
    public static final String PRIMARY_URL = "REDIS_PRIMARY_URL";
    /** The region of the primary. */
    public static final String PRIMARY_REGION = "REDIS_PRIMARY_REGION";
    /** What the address of a replica begins with; its region follows. */
    public static final String REPLICA_URL_PREFIX = "REDIS_REPLICA_URL_";

    private static final String UNNAMED_PRIMARY = "primary";

    private EnvironmentTopology() {}

    /** The addresses in the variables. */
    public static Endpoints read(Map<String, String> variables) {
        String primary = variables.getOrDefault(PRIMARY_URL, "");
        if (!primary.isBlank()) {
            String region = variables.getOrDefault(PRIMARY_REGION, "");
            return new Endpoints.ByRegion(
                    Region.of(region.isBlank() ? UNNAMED_PRIMARY : region),
                    address(PRIMARY_URL, primary),
                    replicas(variables));
        }
        String single = variables.getOrDefault(URL, "");
        if (!single.isBlank()) {
            return new Endpoints.ByPlatform(address(URL, single));
        }
        throw new ConfigurationException("the address of the database is not known: neither " + URL + " nor "
                + PRIMARY_URL
                + " is set. Set " + URL + " to the single address, or " + PRIMARY_URL + " and " + REPLICA_URL_PREFIX
                + "<REGION> to the addresses by region");
    }

    private static Map<Region, RedisUrl> replicas(Map<String, String> variables) {
        Map<Region, RedisUrl> replicas = new TreeMap<>();
        variables.forEach((name, value) -> {
            if (name.startsWith(REPLICA_URL_PREFIX) && !value.isBlank()) {
                String code = name.substring(REPLICA_URL_PREFIX.length()).toLowerCase(Locale.ROOT);
                replicas.put(Region.of(code.replace('_', '-')), address(name, value));
            }
        });
        return replicas;
    }

    private static RedisUrl address(String name, String value) {
        try {
            return RedisUrl.parse(value);
        } catch (InvalidRequestException unreadable) {
            throw new ConfigurationException("the variable " + name + " cannot be used: " + unreadable.getMessage());
        }
    }
}
