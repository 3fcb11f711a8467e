package io.managedredis.testing.internal.control;

import io.managedredis.Region;
import io.managedredis.Routing;
import io.managedredis.testing.internal.catalog.PlanCatalog;
import io.managedredis.testing.internal.catalog.RegionCatalog;
import java.time.Clock;
import java.util.Set;

/**
 * Everything that answers of the provisioning API are made of.
 *
 * @param accounts who may ask
 * @param databases what they ask about
 * @param regions the regions of the platform
 * @param plans the plans there are
 * @param excluded regions in which no database can be
 * @param routing which addresses answers publish
 * @param connections cuts lists into pages
 * @param faults what goes wrong on purpose
 * @param clock what time it is, also in the headers of answers
 */
public record ControlPlane(
        Accounts accounts,
        DatabaseRegistry databases,
        RegionCatalog regions,
        PlanCatalog plans,
        Set<Region> excluded,
        Routing routing,
        Connections connections,
        ApiFaults faults,
        Clock clock) {

    /** Copies the set. */
    public ControlPlane {
        excluded = Set.copyOf(excluded);
    }

    /** A control plane over the bundled catalogues. */
    public static ControlPlane of(
            Accounts accounts,
            DatabaseRegistry databases,
            Set<Region> excluded,
            Routing routing,
            int maxPageSize,
            Clock clock) {
        return new ControlPlane(
                accounts,
                databases,
                RegionCatalog.bundled(),
                PlanCatalog.bundled(),
                excluded,
                routing,
                new Connections(maxPageSize),
                new ApiFaults(),
                clock);
    }
}
