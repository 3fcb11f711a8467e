/** The managed Redis service on one machine: its provisioning API and real Redis behind it, for integration tests. */
@NullMarked
package io.managedredis.testing;

import org.jspecify.annotations.NullMarked;
