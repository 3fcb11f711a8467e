package io.managedredis.testing.internal.control;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A database that a client asks for. Nothing in it has been checked.
 *
 * @param name the name, or null or blank for one that the service picks
 * @param primaryRegion the code of the primary region
 * @param readRegions the codes of the read regions
 * @param planId the plan, or null for the default
 * @param options switches
 */
public record DatabaseRequest(
        @Nullable String name,
        @Nullable String primaryRegion,
        List<String> readRegions,
        @Nullable String planId,
        Map<String, Object> options) {}
