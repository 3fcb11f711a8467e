/** What has been written and not yet been proven to have arrived at a replica: pure decisions, no clock, no input or output. */
@NullMarked
package io.managedredis.lettuce.internal.consistency;

import org.jspecify.annotations.NullMarked;
