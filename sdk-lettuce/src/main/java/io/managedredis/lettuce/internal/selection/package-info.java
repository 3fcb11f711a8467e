/** Which endpoint reads go to: a chain of small steps over the candidates, run when something changes and never for a command. */
@NullMarked
package io.managedredis.lettuce.internal.selection;

import org.jspecify.annotations.NullMarked;
