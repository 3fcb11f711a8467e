/** Measures the SDK beside its peers. {@link io.managedredis.benchmarks.Benchmarks} runs everything. */
@NullMarked
package io.managedredis.benchmarks;

import org.jspecify.annotations.NullMarked;
