/** Waiting until a database can be used. */
@NullMarked
package io.managedredis.readiness;

import org.jspecify.annotations.NullMarked;
