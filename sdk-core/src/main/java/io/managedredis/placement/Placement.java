package io.managedredis.placement;

import io.managedredis.Database;
import io.managedredis.DatabaseSpec;
import io.managedredis.Region;
import io.managedredis.error.InvalidRequestException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Where a database is.
 *
 * @param primary where writes are processed; serves reads too
 * @param readRegions where read replicas are
 */
public record Placement(Region primary, List<Region> readRegions) {

    /**
     * Copies the list.
     *
     * @throws InvalidRequestException when the read regions contain the primary or one region twice
     */
    public Placement {
        Objects.requireNonNull(primary, "primary");
        readRegions = List.copyOf(readRegions);
        Set<Region> all = new LinkedHashSet<>(readRegions);
        if (all.size() != readRegions.size() || !all.add(primary)) {
            throw new InvalidRequestException(
                    "readRegions", "a region is named twice in " + primary + " and " + readRegions, "each region once");
        }
    }

    /** A placement by the codes of its regions. */
    public static Placement of(String primary, String... readRegions) {
        return new Placement(
                Region.of(primary), Arrays.stream(readRegions).map(Region::of).toList());
    }

    /** Where the database is now. */
    public static Placement of(Database database) {
        return new Placement(database.primaryRegion(), database.readRegions());
    }

    /** Where the database is to be. */
    public static Placement of(DatabaseSpec spec) {
        return new Placement(spec.primaryRegion(), spec.readRegions());
    }

    /** Every region, the primary first. */
    public List<Region> regions() {
        List<Region> all = new ArrayList<>();
        all.add(primary);
        all.addAll(readRegions);
        return Collections.unmodifiableList(all);
    }

    /** The same with one more read region. */
    public Placement adding(Region region) {
        List<Region> more = new ArrayList<>(readRegions);
        more.add(region);
        return new Placement(primary, more);
    }

    /** The same without a read region. */
    public Placement removing(Region region) {
        return new Placement(
                primary,
                readRegions.stream().filter(each -> !each.equals(region)).toList());
    }

    /**
     * The same with the primary elsewhere. A read region changes places with the primary; any other region takes the primary's
     * place.
     */
    public Placement movingPrimaryTo(Region region) {
        return new Placement(
                region,
                readRegions.stream()
                        .map(each -> each.equals(region) ? primary : each)
                        .toList());
    }
}
