/** What the client needs from a provider, in the SDK's own words. */
@NullMarked
package io.managedredis.internal.port;

import org.jspecify.annotations.NullMarked;
