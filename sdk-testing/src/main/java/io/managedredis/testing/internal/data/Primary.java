package io.managedredis.testing.internal.data;

import io.managedredis.testing.internal.data.link.Conditions;
import io.managedredis.testing.internal.data.redis.RedisProcess;

/**
 * The server that takes the writes of a database.
 *
 * @param process the server
 * @param conditions the network at its region
 * @param access the network between its region and clients
 */
record Primary(RedisProcess process, Conditions conditions, Conditions access) {}
