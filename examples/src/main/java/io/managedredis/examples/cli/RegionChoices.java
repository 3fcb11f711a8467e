package io.managedredis.examples.cli;

import io.managedredis.Region;
import io.managedredis.RegionInfo;
import java.util.List;
import java.util.function.Predicate;

/**
 * The regions that can be chosen.
 *
 * @param all every region of the platform
 */
record RegionChoices(List<RegionInfo> all) {

    /** Regions that are open to every new database. */
    List<Choice<Region>> open() {
        return choices(RegionChoices::isOpen);
    }

    /** The other ones, retired ones for example: the provider says whether they will do. */
    List<Choice<Region>> unlisted() {
        return choices(region -> !isOpen(region));
    }

    /** Without one region. */
    RegionChoices without(Region region) {
        return new RegionChoices(
                all.stream().filter(each -> !each.region().equals(region)).toList());
    }

    private List<Choice<Region>> choices(Predicate<RegionInfo> wanted) {
        return all.stream().filter(wanted).map(RegionChoices::choice).toList();
    }

    private static boolean isOpen(RegionInfo region) {
        return !region.deprecated() && !region.excluded() && !region.requiresPaidPlan();
    }

    private static Choice<Region> choice(RegionInfo region) {
        return new Choice<>(region.region(), region.region().code(), region.name() + " (" + region.region() + ")");
    }
}
