package io.managedredis;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The regions that databases can be in. Safe for use by several threads. */
public interface Regions {

    /** Every region that the platform shows; retired and excluded ones are marked. */
    List<RegionInfo> list();

    /** As {@link #list()}, without waiting. */
    CompletableFuture<List<RegionInfo>> listAsync();

    /** The region nearest to this process, as the provider sees it. */
    Region nearest();

    /** As {@link #nearest()}, without waiting. */
    CompletableFuture<Region> nearestAsync();
}
