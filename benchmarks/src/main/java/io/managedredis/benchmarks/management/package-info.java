/** The management client: cold start, and long lists in a small heap. */
@NullMarked
package io.managedredis.benchmarks.management;

import org.jspecify.annotations.NullMarked;
