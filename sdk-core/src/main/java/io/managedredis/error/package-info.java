/** What can go wrong: one unchecked root, {@link io.managedredis.error.ManagedRedisException}, and a class for each kind. */
@NullMarked
package io.managedredis.error;

import org.jspecify.annotations.NullMarked;
