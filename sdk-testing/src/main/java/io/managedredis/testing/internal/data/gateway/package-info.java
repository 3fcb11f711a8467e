/** What clients connect to: it authenticates, routes and meters, and relays the rest as it is. */
@NullMarked
package io.managedredis.testing.internal.data.gateway;

import org.jspecify.annotations.NullMarked;
