/** The page about performance, with its plots, made from results. */
@NullMarked
package io.managedredis.benchmarks.report;

import org.jspecify.annotations.NullMarked;
