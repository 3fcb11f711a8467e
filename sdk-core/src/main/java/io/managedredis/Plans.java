package io.managedredis;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The plans that databases can be on. Safe for use by several threads. */
public interface Plans {

    /** Every plan that the provider shows, those it refuses for new databases included. */
    List<Plan> list();

    /** As {@link #list()}, without waiting. */
    CompletableFuture<List<Plan>> listAsync();
}
