package io.managedredis.testing.internal.control;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants changed; null leaves a thing as it is. Nothing in it has been checked.
 *
 * @param planId the plan
 * @param readRegions replaces the codes of the read regions
 * @param options replaces the options
 * @param metadata replaces the metadata
 * @param prodPack switches the production package
 */
public record ChangeRequest(
        @Nullable String planId,
        @Nullable List<String> readRegions,
        @Nullable Map<String, Object> options,
        @Nullable Map<String, Object> metadata,
        @Nullable Boolean prodPack) {}
