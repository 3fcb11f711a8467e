/** Region-aware Lettuce connections: writes go to the primary, reads to the replica in the local region. */
@NullMarked
package io.managedredis.lettuce;

import org.jspecify.annotations.NullMarked;
