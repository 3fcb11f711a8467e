/** The data plane of the local service: real Redis processes and the gateways in front of them. */
@NullMarked
package io.managedredis.testing.internal.data;

import org.jspecify.annotations.NullMarked;
