/** What the control plane and the data plane of the local service agree on. */
@NullMarked
package io.managedredis.testing.internal;

import org.jspecify.annotations.NullMarked;
