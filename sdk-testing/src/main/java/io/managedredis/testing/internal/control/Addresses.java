package io.managedredis.testing.internal.control;

import io.managedredis.Endpoints;
import io.managedredis.RedisUrl;
import io.managedredis.Region;
import io.managedredis.Routing;
import io.managedredis.testing.Vantage;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The addresses of one database as they are from one vantage. Immutable. */
public final class Addresses {

    private final DatabaseRecord database;
    private final Vantage vantage;

    /** The addresses of this database from there. */
    public Addresses(DatabaseRecord database, Vantage vantage) {
        this.database = database;
        this.vantage = vantage;
    }

    /** The single address. */
    public RedisUrl single() {
        return database.running().url(vantage);
    }

    /** The addresses in the shape of this routing. */
    public Endpoints endpoints(Routing routing) {
        return switch (routing) {
            case BY_PLATFORM -> new Endpoints.ByPlatform(single());
            case BY_REGION -> new Endpoints.ByRegion(database.primaryRegion(), primary(), replicas());
        };
    }

    /** The addresses as variables of a process, passwords included. */
    public Map<String, String> environment(Routing routing) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("REDIS_URL", text(single()));
        if (routing == Routing.BY_REGION) {
            variables.put("REDIS_PRIMARY_URL", text(primary()));
            replicas()
                    .forEach((region, url) -> variables.put(
                            "REDIS_REPLICA_URL_"
                                    + region.code().toUpperCase(Locale.ROOT).replace('-', '_'),
                            text(url)));
        }
        return variables;
    }

    static String text(RedisUrl url) {
        return url.toUri().toString();
    }

    private RedisUrl primary() {
        return database.running().url(database.primaryRegion(), vantage);
    }

    private Map<Region, RedisUrl> replicas() {
        Map<Region, RedisUrl> urls = new LinkedHashMap<>();
        for (Region region : database.readRegions()) {
            try {
                urls.put(region, database.running().url(region, vantage));
            } catch (IllegalArgumentException removedMeanwhile) {
                continue;
            }
        }
        return urls;
    }
}
