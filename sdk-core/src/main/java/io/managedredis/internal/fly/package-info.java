/** The provider's GraphQL interface behind the port. */
@NullMarked
package io.managedredis.internal.fly;

import org.jspecify.annotations.NullMarked;
