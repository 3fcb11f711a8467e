/** The Redis binary, and the processes that run it. */
@NullMarked
package io.managedredis.testing.internal.data.redis;

import org.jspecify.annotations.NullMarked;
