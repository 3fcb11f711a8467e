/** Meters of connections, for Micrometer, which is an optional dependency. */
@NullMarked
package io.managedredis.lettuce.metrics;

import org.jspecify.annotations.NullMarked;
