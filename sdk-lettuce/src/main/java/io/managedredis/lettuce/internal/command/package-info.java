/** What each Redis command does: where it may run, which keys it touches, and the hashes of those keys. */
@NullMarked
package io.managedredis.lettuce.internal.command;

import org.jspecify.annotations.NullMarked;
