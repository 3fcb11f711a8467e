/** The arithmetic: medians, ratios of paired runs, and how sure they are. */
@NullMarked
package io.managedredis.benchmarks.stats;

import org.jspecify.annotations.NullMarked;
