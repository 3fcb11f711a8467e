/** The local service: what its gateways let through, and how fast databases are there. */
@NullMarked
package io.managedredis.benchmarks.service;

import org.jspecify.annotations.NullMarked;
