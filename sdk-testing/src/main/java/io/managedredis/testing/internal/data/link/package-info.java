/** Distance, made of delayed bytes. */
@NullMarked
package io.managedredis.testing.internal.data.link;

import org.jspecify.annotations.NullMarked;
