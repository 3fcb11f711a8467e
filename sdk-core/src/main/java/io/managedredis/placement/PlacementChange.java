package io.managedredis.placement;

import io.managedredis.Region;
import java.util.Objects;

/** One step from a placement to another. */
public sealed interface PlacementChange {

    /** The region that it is about. */
    Region region();

    /** The placement afterwards. */
    Placement applyTo(Placement placement);

    /**
     * One more read region, which needs no downtime.
     *
     * @param region the read region
     */
    record AddReadRegion(Region region) implements PlacementChange {

        /** Checks that nothing is missing. */
        public AddReadRegion {
            Objects.requireNonNull(region, "region");
        }

        @Override
        public Placement applyTo(Placement placement) {
            return placement.adding(region);
        }
    }

    /**
     * One read region less, which needs no downtime.
     *
     * @param region the read region
     */
    record RemoveReadRegion(Region region) implements PlacementChange {

        /** Checks that nothing is missing. */
        public RemoveReadRegion {
            Objects.requireNonNull(region, "region");
        }

        @Override
        public Placement applyTo(Placement placement) {
            return placement.removing(region);
        }
    }

    /**
     * The primary elsewhere; see {@link Placement#movingPrimaryTo(Region)}. A database's primary region never changes, so this
     * takes a new database and a copy of the data.
     *
     * @param region where the primary would be
     */
    record MovePrimary(Region region) implements PlacementChange {

        /** Checks that nothing is missing. */
        public MovePrimary {
            Objects.requireNonNull(region, "region");
        }

        @Override
        public Placement applyTo(Placement placement) {
            return placement.movingPrimaryTo(region);
        }
    }
}
