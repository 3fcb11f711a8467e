/** The provisioning API: organizations, their databases, and the GraphQL over HTTP that leads to them. */
@NullMarked
package io.managedredis.testing.internal.control;

import org.jspecify.annotations.NullMarked;
