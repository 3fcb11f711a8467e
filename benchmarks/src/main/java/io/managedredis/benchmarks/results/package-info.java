/** What was measured, as records and as a JSON file. */
@NullMarked
package io.managedredis.benchmarks.results;

import org.jspecify.annotations.NullMarked;
