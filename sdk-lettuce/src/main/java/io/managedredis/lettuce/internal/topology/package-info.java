/** Sources of addresses that change while connections are open. */
@NullMarked
package io.managedredis.lettuce.internal.topology;

import org.jspecify.annotations.NullMarked;
