/** Databases for a while: deleted when they are no longer needed, and swept when their owner has crashed. */
@NullMarked
package io.managedredis.lease;

import org.jspecify.annotations.NullMarked;
