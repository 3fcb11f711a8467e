package io.managedredis.benchmarks.geography;

import io.managedredis.Endpoints;
import io.managedredis.RedisUrl;
import io.managedredis.Region;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A region to measure from, with the addresses that lead over the distance from there.
 *
 * @param region where the client stands
 * @param single the database's single address from there
 * @param endpoints its address for each region from there
 */
record Standpoint(Region region, RedisUrl single, Endpoints.ByRegion endpoints) {

    /** The address of the nearest copy. */
    RedisUrl local() {
        return endpoints.urlFor(region).orElseThrow();
    }

    /** As one word, passwords included. */
    String toWord() {
        return String.join(
                "|",
                region.code(),
                single.toUri().toString(),
                endpoints.primaryRegion().code(),
                endpoints.primaryUrl().toUri().toString(),
                endpoints.replicas().entrySet().stream()
                        .map(replica -> replica.getKey().code() + "="
                                + replica.getValue().toUri())
                        .collect(Collectors.joining(",")));
    }

    static Standpoint ofWord(String word) {
        String[] parts = word.split("\\|");
        Map<Region, RedisUrl> replicas =
                new TreeMap<>((one, other) -> one.code().compareTo(other.code()));
        for (String replica : parts[4].split(",")) {
            int equals = replica.indexOf('=');
            replicas.put(Region.of(replica.substring(0, equals)), RedisUrl.parse(replica.substring(equals + 1)));
        }
        return new Standpoint(
                Region.of(parts[0]),
                RedisUrl.parse(parts[1]),
                new Endpoints.ByRegion(Region.of(parts[2]), RedisUrl.parse(parts[3]), replicas));
    }
}
