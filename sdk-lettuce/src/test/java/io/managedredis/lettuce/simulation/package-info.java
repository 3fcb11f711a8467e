/**
 * Runs the decisions of the connection against a modelled primary, replicas, networks and faults, on a virtual clock and from one
 * seed. A seed that fails is run again by {@code -Dsimulation.seed=N -Dsimulation.histories=1}, a long run by {@code
 * -Dsimulation.histories=N}.
 */
package io.managedredis.lettuce.simulation;
