/**
 * What clients connect to: it authenticates, routes and meters, and relays the rest as it is.
 *
 * <p>With the face of plain Redis a client finds plain Redis behind it. What still differs, and why:
 *
 * <ul>
 *   <li>A script runs on the primary, a read-only function where it was called. The other server of a replica's gateway is not
 *       busy meanwhile and goes on answering {@code PING} and reads, where one server would answer {@code BUSY}.
 *   <li>Paused writes do not hold back {@code PFCOUNT} at a replica's gateway: it reads there, and writes nothing.
 *   <li>The slow log, latency statistics and command statistics are the primary's. What a replica has read is not in them; what
 *       the service asks for its own sake is, except in the slow log. That leaves room for the service's own entries; when it
 *       logs every command and is busy, those drive out clients' entries all the same.
 *   <li>A read at a replica finds an expired key gone without deleting it: the primary counts it as expired when it deletes it
 *       by itself.
 *   <li>The replicas of the database are there for the primary: {@code min-replicas-to-write} is fulfilled by them.
 *   <li>What is published while a client that has subscribed goes over to the primary for good, as it does for tracking, may be
 *       missed.
 *   <li>What two clients send without waiting for each other's answers may arrive in either order.
 *   <li>Where Redis tells a client's address other than in the list of clients, as to a monitor, it is that of the gateway's own
 *       connection. Inside of a transaction, the list of clients is that of the server.
 * </ul>
 */
@NullMarked
package io.managedredis.testing.internal.data.gateway;

import org.jspecify.annotations.NullMarked;
