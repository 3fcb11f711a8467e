/** Reaches into Lettuce's package, to put its replica routing in front of connections that have no network. */
@NullMarked
package io.lettuce.core.masterreplica;

import org.jspecify.annotations.NullMarked;
