/** What the extension keeps for the tests. */
@NullMarked
package io.managedredis.junit5.internal;

import org.jspecify.annotations.NullMarked;
