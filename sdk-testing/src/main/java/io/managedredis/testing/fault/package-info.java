/** What can go wrong in a local service, by name: a closed set, each started and ended from code. */
@NullMarked
package io.managedredis.testing.fault;

import org.jspecify.annotations.NullMarked;
