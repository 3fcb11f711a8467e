/** How well each endpoint answers: pure decisions on times given by the caller. */
@NullMarked
package io.managedredis.lettuce.internal.health;

import org.jspecify.annotations.NullMarked;
