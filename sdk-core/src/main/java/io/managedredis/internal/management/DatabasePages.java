package io.managedredis.internal.management;

import io.managedredis.Database;
import io.managedredis.DatabaseFilter;
import io.managedredis.DatabasePage;
import io.managedredis.internal.async.Waiting;
import io.managedredis.internal.port.Page;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Fetches databases a page at a time, as far as they are wanted. */
final class DatabasePages {

    private final Management management;
    private final DatabaseFilter filter;

    DatabasePages(Management management, DatabaseFilter filter) {
        this.management = management;
        this.filter = filter;
    }

    CompletableFuture<DatabasePage> first() {
        return fetch(null, page -> page);
    }

    Stream<Database> stream() {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(
                        new Fetching(), Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE),
                false);
    }

    private <T> CompletableFuture<T> fetch(@Nullable String cursor, Function<DatabasePage, T> result) {
        return management.start(
                "list",
                null,
                call -> management
                        .api()
                        .list(call, filter.organization(), filter.pageSize(), cursor)
                        .thenApply(page -> result.apply(new Fetched(wanted(page), page.nextCursor()))));
    }

    private List<Database> wanted(Page<Database> page) {
        return page.items().stream().filter(filter::matches).toList();
    }

    private final class Fetched implements DatabasePage {

        private final List<Database> databases;
        private final @Nullable String nextCursor;

        Fetched(List<Database> databases, @Nullable String nextCursor) {
            this.databases = databases;
            this.nextCursor = nextCursor;
        }

        @Override
        public List<Database> databases() {
            return databases;
        }

        @Override
        public boolean hasNext() {
            return nextCursor != null;
        }

        @Override
        public CompletableFuture<Optional<DatabasePage>> next() {
            return nextCursor == null
                    ? CompletableFuture.completedFuture(Optional.empty())
                    : fetch(nextCursor, Optional::of);
        }
    }

    /** Holds one page at a time, so that a long list needs no more memory than a short one. */
    private final class Fetching implements Iterator<Database> {

        private @Nullable DatabasePage page;
        private Iterator<Database> rest = List.<Database>of().iterator();

        @Override
        public boolean hasNext() {
            while (!rest.hasNext()) {
                if (page == null) {
                    page = Waiting.join(first());
                } else {
                    Optional<DatabasePage> next = Waiting.join(page.next());
                    if (next.isEmpty()) {
                        return false;
                    }
                    page = next.get();
                }
                rest = page.databases().iterator();
            }
            return true;
        }

        @Override
        public Database next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return rest.next();
        }
    }
}
