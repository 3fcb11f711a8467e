/** Where the regions of a database are reached, and how that changes. */
@NullMarked
package io.managedredis.lettuce.internal.topology;

import org.jspecify.annotations.NullMarked;
