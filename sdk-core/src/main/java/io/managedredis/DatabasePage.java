package io.managedredis;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Some of the databases that were asked for. Safe for use by several threads. */
public interface DatabasePage {

    /** Those on this page; there may be none although later pages have some. */
    List<Database> databases();

    /** Whether another page follows. */
    boolean hasNext();

    /** The page after this one; empty when this is the last. A page is fetched each time this is called. */
    CompletableFuture<Optional<DatabasePage>> next();
}
