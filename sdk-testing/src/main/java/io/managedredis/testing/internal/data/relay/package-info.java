/** The replication link between a primary and a replica. */
@NullMarked
package io.managedredis.testing.internal.data.relay;

import org.jspecify.annotations.NullMarked;
