package io.managedredis;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The organizations that own databases. Safe for use by several threads. */
public interface Organizations {

    /** Every organization that the token shows. */
    List<Organization> list();

    /** As {@link #list()}, without waiting. */
    CompletableFuture<List<Organization>> listAsync();
}
