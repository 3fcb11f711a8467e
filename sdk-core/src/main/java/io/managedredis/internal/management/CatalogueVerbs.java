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
    public static Plans plans(Calls calls) {
        return new Plans() {
            @Override
            public List<Plan> list() {
                return Waiting.join(listAsync());
            }

            @Override
            public CompletableFuture<List<Plan>> listAsync() {
                return calls.start("list plans", null, calls.api()::plans);
            }
        };
    }

    /** The regions of a provider. */
    public static Regions regions(Calls calls) {
        return new Regions() {
            @Override
            public List<RegionInfo> list() {
                return Waiting.join(listAsync());
            }

            @Override
            public CompletableFuture<List<RegionInfo>> listAsync() {
                return calls.start("list regions", null, calls.api()::regions);
            }

            @Override
            public Region nearest() {
                return Waiting.join(nearestAsync());
            }

            @Override
            public CompletableFuture<Region> nearestAsync() {
                return calls.start("nearest region", null, calls.api()::nearestRegion);
            }
        };
    }

    /** The organizations of a provider. */
    public static Organizations organizations(Calls calls) {
        return new Organizations() {
            @Override
            public List<Organization> list() {
                return Waiting.join(listAsync());
            }

            @Override
            public CompletableFuture<List<Organization>> listAsync() {
                return calls.start("list organizations", null, calls.api()::organizations);
            }
        };
    }
}
