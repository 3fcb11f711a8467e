/** How cost grows with what grows. */
@NullMarked
package io.managedredis.benchmarks.growth;

import org.jspecify.annotations.NullMarked;
