/** Latency and throughput from several regions, with the distances between them. */
@NullMarked
package io.managedredis.benchmarks.geography;

import org.jspecify.annotations.NullMarked;
