package io.managedredis.internal.management;

import io.managedredis.Database;
import io.managedredis.Region;
import io.managedredis.RegionalCacheSpec;
import io.managedredis.RegionalCaches;
import io.managedredis.internal.async.Call;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Makes sure of a database in each region of a cache. What is there when another region fails stays, and is found again. */
final class CacheEnsuring {

    private CacheEnsuring() {}

    static CompletableFuture<RegionalCaches> run(Management management, Call call, RegionalCacheSpec spec) {
        Map<Region, CompletableFuture<Database>> databases = new LinkedHashMap<>();
        for (Region region : spec.regions()) {
            databases.put(
                    region,
                    DatabaseEnsuring.run(management, call, spec.databaseIn(region))
                            .thenApply(result -> result.database()));
        }
        return CompletableFuture.allOf(databases.values().toArray(CompletableFuture[]::new))
                .thenApply(done -> {
                    Map<Region, Database> made = new LinkedHashMap<>();
                    databases.forEach((region, database) -> made.put(region, database.join()));
                    return new RegionalCaches(made);
                });
    }
}
