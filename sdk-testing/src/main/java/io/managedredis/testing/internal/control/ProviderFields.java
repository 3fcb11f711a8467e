package io.managedredis.testing.internal.control;

import static io.managedredis.testing.internal.control.Wiring.constant;

import graphql.schema.DataFetcher;
import io.managedredis.Region;
import io.managedredis.testing.internal.catalog.RegionCatalog;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/** The fields of the one provider there is. */
final class ProviderFields {

    /** Stands for the provider; its fields are the same for everyone. */
    static final Object PROVIDER = "upstash_redis";

    /** The names under which clients ask for it. */
    static final Set<String> NAMES = Set.of("upstash_redis", "redis");

    private ProviderFields() {}

    static Map<String, DataFetcher<?>> all() {
        Map<String, DataFetcher<?>> fields = new HashMap<>();
        fields.put("id", constant("upstash_redis"));
        fields.put("name", constant("upstash_redis"));
        fields.put("displayName", constant("Managed Redis"));
        fields.put("resourceName", constant("Redis database"));
        fields.put("selectName", constant(true));
        fields.put("selectRegion", constant(true));
        fields.put("selectReplicaRegions", constant(true));
        for (String no : List.of("asyncProvisioning", "autoProvision", "beta", "detectPlatform", "internal")) {
            fields.put(no, constant(false));
        }
        for (String nothing : List.of("nameSuffix", "provisioningInstructions", "tosAgreement", "tosUrl")) {
            fields.put(nothing, constant(null));
        }
        fields.put("excludedRegions", regions(Collection::contains));
        fields.put("regions", regions((excluded, region) -> !excluded.contains(region)));
        return fields;
    }

    private static DataFetcher<Object> regions(BiPredicate<Collection<Region>, Region> wanted) {
        return environment -> {
            ControlPlane plane = ApiCall.of(environment).plane();
            List<RegionCatalog.Entry> entries = plane.regions().all().stream()
                    .filter(entry -> wanted.test(plane.excluded(), entry.region()))
                    .toList();
            return entries;
        };
    }
}
