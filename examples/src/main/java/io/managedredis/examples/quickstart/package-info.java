/** The parts of the quickstart that are not about the SDK: options and output. */
@NullMarked
package io.managedredis.examples.quickstart;

import org.jspecify.annotations.NullMarked;
