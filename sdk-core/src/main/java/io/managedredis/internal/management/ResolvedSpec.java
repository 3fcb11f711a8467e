package io.managedredis.internal.management;

import io.managedredis.Organization;
import io.managedredis.Plan;
import io.managedredis.internal.port.NewDatabase;
import org.jspecify.annotations.Nullable;

/**
 * A specification in the provider's terms.
 *
 * @param request what to send to create the database
 * @param organization who will own it
 * @param plan its plan, or null for the provider's default
 */
record ResolvedSpec(
        NewDatabase request,
        Organization organization,
        @Nullable Plan plan) {}
