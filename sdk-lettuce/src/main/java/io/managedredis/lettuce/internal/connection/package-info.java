/** The routed connection and the physical ones beneath it. */
@NullMarked
package io.managedredis.lettuce.internal.connection;

import org.jspecify.annotations.NullMarked;
