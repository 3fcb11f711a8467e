/** Not part of the API. */
@NullMarked
package io.managedredis.internal;

import org.jspecify.annotations.NullMarked;
