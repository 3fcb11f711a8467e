/** A JUnit Jupiter extension that gives tests ephemeral managed Redis databases. */
@NullMarked
package io.managedredis.junit5;

import org.jspecify.annotations.NullMarked;
