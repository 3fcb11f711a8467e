package io.managedredis.placement;

import io.managedredis.error.InvalidRequestException;

/**
 * A place on the globe.
 *
 * @param latitude degrees, north is positive, -90 to 90
 * @param longitude degrees, east is positive, -180 to 180
 */
public record Coordinates(double latitude, double longitude) {

    private static final double EARTH_RADIUS_KILOMETRES = 6371.0;

    /**
     * Checks the numbers.
     *
     * @throws InvalidRequestException when one is out of range
     */
    public Coordinates {
        check("latitude", latitude, 90);
        check("longitude", longitude, 180);
    }

    /** The length of the great circle to another place. */
    public double kilometresTo(Coordinates other) {
        double here = Math.toRadians(latitude);
        double there = Math.toRadians(other.latitude);
        double halfLatitude = Math.sin((there - here) / 2);
        double halfLongitude = Math.sin(Math.toRadians(other.longitude - longitude) / 2);
        double haversine =
                halfLatitude * halfLatitude + Math.cos(here) * Math.cos(there) * halfLongitude * halfLongitude;
        return 2 * EARTH_RADIUS_KILOMETRES * Math.asin(Math.min(1, Math.sqrt(haversine)));
    }

    private static void check(String field, double degrees, int most) {
        if (!(Math.abs(degrees) <= most)) {
            throw new InvalidRequestException(
                    field, "there is no " + field + " of " + degrees + " degrees", "-" + most + " to " + most);
        }
    }
}
