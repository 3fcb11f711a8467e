/** What several benchmarks need: child processes, servers, JMH runs. */
@NullMarked
package io.managedredis.benchmarks.support;

import org.jspecify.annotations.NullMarked;
