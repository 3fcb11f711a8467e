/** The way of one command through the connection, without and with a network. */
@NullMarked
package io.managedredis.benchmarks.command;

import org.jspecify.annotations.NullMarked;
