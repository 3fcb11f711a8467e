/**
 * What databases cost: dated price books and estimates from them.
 *
 * <p>The provider's interface tells no price for a read region, so prices come from {@link io.managedredis.pricing.PriceBook}.
 * A cost that cannot be known is an empty {@link java.util.Optional}, never zero.
 */
@NullMarked
package io.managedredis.pricing;

import org.jspecify.annotations.NullMarked;
