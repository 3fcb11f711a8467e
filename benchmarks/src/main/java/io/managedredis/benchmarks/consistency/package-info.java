/** How old the answers are while replication is late. */
@NullMarked
package io.managedredis.benchmarks.consistency;

import org.jspecify.annotations.NullMarked;
