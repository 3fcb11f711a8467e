/** Whole clients on real Redis servers on this machine. */
@NullMarked
package io.managedredis.benchmarks.endtoend;

import org.jspecify.annotations.NullMarked;
