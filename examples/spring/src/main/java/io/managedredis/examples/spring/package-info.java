/** A Spring Boot application whose Redis is a managed database with replicas. */
@NullMarked
package io.managedredis.examples.spring;

import org.jspecify.annotations.NullMarked;
