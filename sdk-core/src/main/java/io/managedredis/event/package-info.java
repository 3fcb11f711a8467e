/** What happens inside the management client, for tracing and metrics. No event contains a token or a password. */
@NullMarked
package io.managedredis.event;

import org.jspecify.annotations.NullMarked;
