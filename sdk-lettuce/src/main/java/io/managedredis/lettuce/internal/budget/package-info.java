/** What one client uses of what its plan allows. */
@NullMarked
package io.managedredis.lettuce.internal.budget;

import org.jspecify.annotations.NullMarked;
