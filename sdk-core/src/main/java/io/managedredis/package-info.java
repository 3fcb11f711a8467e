/**
 * The management client for managed Redis databases that have one primary region and read replicas in others. Begin with
 * {@link io.managedredis.ManagedRedisClient} and {@link io.managedredis.DatabaseSpec}.
 *
 * <p>Types in the exported packages are public API; everything under {@code internal} may change at any time and is not
 * exported.
 */
@NullMarked
package io.managedredis;

import org.jspecify.annotations.NullMarked;
