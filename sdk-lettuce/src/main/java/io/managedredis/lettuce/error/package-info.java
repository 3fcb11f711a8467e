/** What can go wrong with connections and commands. */
@NullMarked
package io.managedredis.lettuce.error;

import org.jspecify.annotations.NullMarked;
