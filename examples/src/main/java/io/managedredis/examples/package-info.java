/** Programs to copy from. */
@NullMarked
package io.managedredis.examples;

import org.jspecify.annotations.NullMarked;
