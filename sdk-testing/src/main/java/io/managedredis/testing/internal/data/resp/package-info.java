/** The Redis protocol on the wire: where requests and answers begin and end. */
@NullMarked
package io.managedredis.testing.internal.data.resp;

import org.jspecify.annotations.NullMarked;
