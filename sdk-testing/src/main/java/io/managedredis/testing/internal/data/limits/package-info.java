/** What a plan allows a database, counted and enforced. */
@NullMarked
package io.managedredis.testing.internal.data.limits;

import org.jspecify.annotations.NullMarked;
