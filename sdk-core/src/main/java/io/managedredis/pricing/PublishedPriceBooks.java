package io.managedredis.pricing;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The price books in this jar, read once when first asked for. */
final class PublishedPriceBooks {

    private static final List<String> OLDEST_FIRST = List.of("2022-10-01", "2026-11-01");

    private PublishedPriceBooks() {}

    static List<PriceBook> all() {
        return Holder.BOOKS;
    }

    private static PriceBook read(String day) {
        String resource = "price-book-" + day + ".json";
        try (InputStream in = PublishedPriceBooks.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the price book " + resource + " is missing from the jar");
            }
            PriceBook book = PriceBookReader.read(new ObjectMapper().readTree(in));
            if (!book.asOf().toString().equals(day)) {
                throw new IllegalStateException(resource + " says that it is of " + book.asOf());
            }
            return book;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read the price book " + resource, unreadable);
        }
    }

    private static final class Holder {
        static final List<PriceBook> BOOKS =
                OLDEST_FIRST.stream().map(PublishedPriceBooks::read).toList();
    }
}
