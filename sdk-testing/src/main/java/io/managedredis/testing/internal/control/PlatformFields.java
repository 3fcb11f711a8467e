package io.managedredis.testing.internal.control;

import static io.managedredis.testing.internal.control.Wiring.constant;
import static io.managedredis.testing.internal.control.Wiring.from;

import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import io.managedredis.Region;
import io.managedredis.testing.internal.catalog.RegionCatalog;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of the platform and of a region. */
final class PlatformFields {

    /** Stands for the platform; its fields depend on the caller only. */
    static final Object PLATFORM = "platform";

    private PlatformFields() {}

    static Map<String, DataFetcher<?>> platform() {
        return Map.of("regions", PlatformFields::regions, "requestRegion", PlatformFields::requestRegion);
    }

    static Map<String, DataFetcher<?>> region() {
        return Map.of(
                "code", from(RegionCatalog.Entry.class, entry -> entry.region().code()),
                "name", from(RegionCatalog.Entry.class, RegionCatalog.Entry::name),
                "latitude", from(RegionCatalog.Entry.class, RegionCatalog.Entry::latitude),
                "longitude", from(RegionCatalog.Entry.class, RegionCatalog.Entry::longitude),
                "deprecated", from(RegionCatalog.Entry.class, RegionCatalog.Entry::retired),
                "gatewayAvailable", from(RegionCatalog.Entry.class, entry -> !entry.retired()),
                "requiresPaidPlan", constant(false),
                "processGroup", constant(null));
    }

    /** The open region nearest to the caller; the first of the catalogue for a caller that is in none. */
    static RegionCatalog.Entry nearestRegion(ApiCall call) {
        RegionCatalog regions = call.plane().regions();
        List<Region> open = regions.all().stream()
                .filter(entry -> !entry.retired())
                .map(RegionCatalog.Entry::region)
                .toList();
        Region caller = call.vantage().region();
        Region nearest =
                caller == null ? open.get(0) : regions.nearest(caller, open).orElseThrow();
        return regions.get(nearest);
    }

    private static Object regions(DataFetchingEnvironment environment) {
        return ApiCall.of(environment).plane().regions().all();
    }

    static @Nullable Object requestRegion(DataFetchingEnvironment environment) {
        Region region = ApiCall.of(environment).vantage().region();
        return region == null ? null : region.code();
    }
}
