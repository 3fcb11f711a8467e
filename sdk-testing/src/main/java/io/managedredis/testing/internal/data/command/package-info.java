/** What the gateway knows of each command. */
@NullMarked
package io.managedredis.testing.internal.data.command;

import org.jspecify.annotations.NullMarked;
