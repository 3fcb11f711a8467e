/**
 * A command line for managed databases, on the management client. {@link io.managedredis.examples.cli.ManagedRedisCli} says how
 * to run it.
 */
@NullMarked
package io.managedredis.examples.cli;

import org.jspecify.annotations.NullMarked;
