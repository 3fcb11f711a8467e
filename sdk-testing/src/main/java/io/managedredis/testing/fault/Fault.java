package io.managedredis.testing.fault;

/**
 * Something that goes wrong in a local service while it is active; see
 * the local service. Faults are values: each can be started any number of times.
 */
public sealed interface Fault permits ApiFault, DataFault {}
