/** A page for people, on which the service's databases are seen and faults are switched. */
@NullMarked
package io.managedredis.testing.internal.page;

import org.jspecify.annotations.NullMarked;
