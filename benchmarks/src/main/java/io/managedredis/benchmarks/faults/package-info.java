/** A local replica that is killed, stopped, cut or black-holed under load. */
@NullMarked
package io.managedredis.benchmarks.faults;

import org.jspecify.annotations.NullMarked;
