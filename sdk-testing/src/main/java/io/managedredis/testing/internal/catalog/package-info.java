/** The regions and plans that the local service offers. */
@NullMarked
package io.managedredis.testing.internal.catalog;

import org.jspecify.annotations.NullMarked;
