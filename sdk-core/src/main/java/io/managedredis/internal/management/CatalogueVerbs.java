package io.managedredis.internal.management;

import io.managedredis.Organization;
import io.managedredis.Organizations;
import io.managedredis.Plan;
import io.managedredis.Plans;
import io.managedredis.Region;
import io.managedredis.RegionInfo;
import io.managedredis.Regions;
import io.managedredis.internal.async.Waiting;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What the provider offers, asked for anew each time, because it drifts. */
public final class CatalogueVerbs {

    private CatalogueVerbs() {}

    /** The plans of a provider. */
    public static Plans plans(Management management) {
        return new Plans() {
            @Override
            public List<Plan> list() {
                return Waiting.join(listAsync());
            }

            @Override
            public CompletableFuture<List<Plan>> listAsync() {
                return management.start("list plans", null, management.api()::plans);
            }
        };
    }

    /** The regions of a provider. */
    public static Regions regions(Management management) {
        return new Regions() {
            @Override
            public List<RegionInfo> list() {
                return Waiting.join(listAsync());
            }

            @Override
            public CompletableFuture<List<RegionInfo>> listAsync() {
                return management.start("list regions", null, management.api()::regions);
            }

            @Override
            public Region nearest() {
                return Waiting.join(nearestAsync());
            }

            @Override
            public CompletableFuture<Region> nearestAsync() {
                return management.start("nearest region", null, management.api()::nearestRegion);
            }
        };
    }

    /** The organizations of a provider. */
    public static Organizations organizations(Management management) {
        return new Organizations() {
            @Override
            public List<Organization> list() {
                return Waiting.join(listAsync());
            }

            @Override
            public CompletableFuture<List<Organization>> listAsync() {
                return management.start("list organizations", null, management.api()::organizations);
            }
        };
    }
}
