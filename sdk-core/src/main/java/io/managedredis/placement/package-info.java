/**
 * Where to put the primary and the read regions: what a placement does to latency and cost under a workload.
 *
 * <p>Everything here is computed from numbers that the caller has; nothing asks the provider.
 */
@NullMarked
package io.managedredis.placement;

import org.jspecify.annotations.NullMarked;
