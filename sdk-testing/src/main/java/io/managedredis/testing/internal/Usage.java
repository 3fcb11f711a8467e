package io.managedredis.testing.internal;

/**
 * What a database uses at one moment.
 *
 * @param dataBytes the size of all data, as the plan's limit counts it
 * @param keys how many keys the primary has
 * @param connections how many clients are connected, in all regions
 * @param commandsToday how many commands were counted since the day began
 * @param bandwidthBytesToday how many bytes went in and out since the day began
 */
public record Usage(long dataBytes, long keys, int connections, long commandsToday, long bandwidthBytesToday) {}
