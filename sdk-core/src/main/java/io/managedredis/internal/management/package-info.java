/** The verbs, on top of the port. */
@NullMarked
package io.managedredis.internal.management;

import org.jspecify.annotations.NullMarked;
