/** Calls in flight: their deadline, their cancellation, and the passing of time. */
@NullMarked
package io.managedredis.internal.async;

import org.jspecify.annotations.NullMarked;
