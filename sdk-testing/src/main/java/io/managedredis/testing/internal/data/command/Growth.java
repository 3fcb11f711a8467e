package io.managedredis.testing.internal.data.command;

/** How much a command may add to the data. */
public enum Growth {
    /** Nothing: it is allowed however large the data is. */
    NONE,
    /** About what its arguments take. */
    BY_ARGUMENTS,
    /** More than its arguments tell. */
    UNKNOWN
}
