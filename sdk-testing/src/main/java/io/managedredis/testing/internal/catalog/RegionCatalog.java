package io.managedredis.testing.internal.catalog;

import io.managedredis.Region;
import io.managedredis.error.InvalidRequestException;
import io.managedredis.placement.Coordinates;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** The regions of the platform, in the order of their codes. Immutable. */
public final class RegionCatalog {

    private static final String RESOURCE = "regions.tsv";

    private final Map<Region, Entry> entries;

    private RegionCatalog(Map<Region, Entry> entries) {
        this.entries = Collections.unmodifiableMap(entries);
    }

    /** The catalogue that comes with the service. */
    public static RegionCatalog bundled() {
        return Bundled.CATALOG;
    }

    /** Every region, retired ones included. */
    public Collection<Entry> all() {
        return entries.values();
    }

    /** The region's entry; empty when there is no such region. */
    public Optional<Entry> find(Region region) {
        return Optional.ofNullable(entries.get(region));
    }

    /**
     * The region's entry.
     *
     * @throws InvalidRequestException when there is no such region
     */
    public Entry get(Region region) {
        return find(region)
                .orElseThrow(() -> new InvalidRequestException(
                        "region",
                        "there is no region '" + region + "'",
                        entries.keySet().stream().map(Region::code).collect(Collectors.joining(", "))));
    }

    /** The region among these that is the fewest kilometres from the given one; the first of them on a tie. */
    public Optional<Region> nearest(Region from, Collection<Region> candidates) {
        return candidates.stream().min(Comparator.comparingDouble(candidate -> kilometres(from, candidate)));
    }

    /**
     * The length of the great circle between two regions.
     *
     * @throws InvalidRequestException when there is no such region
     */
    public double kilometres(Region from, Region to) {
        return get(from).coordinates().kilometresTo(get(to).coordinates());
    }

    /**
     * One region.
     *
     * @param region the region
     * @param name city and country, for people
     * @param latitude degrees, north is positive
     * @param longitude degrees, east is positive
     * @param retired whether the platform has closed it; databases in it still exist
     */
    public record Entry(Region region, String name, double latitude, double longitude, boolean retired) {

        /** Checks that nothing is missing. */
        public Entry {
            Objects.requireNonNull(region, "region");
            Objects.requireNonNull(name, "name");
        }

        /** Where it is. */
        public Coordinates coordinates() {
            return new Coordinates(latitude, longitude);
        }
    }

    private static final class Bundled {

        static final RegionCatalog CATALOG = load();

        private static RegionCatalog load() {
            Map<Region, Entry> entries = new LinkedHashMap<>();
            text().lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(Bundled::parse)
                    .forEach(entry -> {
                        if (entries.put(entry.region(), entry) != null) {
                            throw new IllegalStateException(entry.region() + " is listed twice in " + RESOURCE);
                        }
                    });
            return new RegionCatalog(entries);
        }

        private static Entry parse(String line) {
            String[] fields = line.split("\t", -1);
            return new Entry(
                    Region.of(fields[0]),
                    fields[1],
                    Double.parseDouble(fields[2]),
                    Double.parseDouble(fields[3]),
                    fields[4].equals("retired"));
        }

        private static String text() {
            try (InputStream in = RegionCatalog.class.getResourceAsStream(RESOURCE)) {
                return new String(Objects.requireNonNull(in, RESOURCE).readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException unreadable) {
                throw new UncheckedIOException("cannot read " + RESOURCE, unreadable);
            }
        }
    }
}
