package io.managedredis.testing.internal.page;

import io.managedredis.testing.internal.catalog.RegionCatalog;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the page needs to know that never changes. */
final class Catalog {

    private final RegionCatalog regions;

    Catalog(RegionCatalog regions) {
        this.regions = regions;
    }

    Map<String, Object> toMap() {
        List<Map<String, Object>> places = regions.all().stream()
                .map(entry -> Map.<String, Object>of(
                        "code", entry.region().code(),
                        "name", entry.name(),
                        "latitude", entry.latitude(),
                        "longitude", entry.longitude()))
                .toList();
        return Map.of(
                "regions",
                places,
                "faultKinds",
                Stream.of(FaultKind.values()).map(FaultKind::toMap).toList());
    }
}
