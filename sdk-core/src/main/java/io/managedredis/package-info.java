/**
 * The management client for managed Redis databases that have one primary region and read replicas in others.
 *
 * <p>Types in this package and in {@code io.managedredis.error} are
 * public API; everything under {@code internal} may change at any time and is not exported.
 */
@NullMarked
package io.managedredis;

import org.jspecify.annotations.NullMarked;
