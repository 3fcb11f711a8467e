package io.managedredis;

/**
 * What a database does when its data reaches the plan's size.
 *
 * <p>Keys with a time to live expire on time in either case.
 */
public enum Eviction {
    /** Keys are dropped to make room: random keys with a time to live first, and where there are none, random keys. */
    ENABLED,
    /** Writes are refused; reads and deletes go on. The provider's default. */
    DISABLED
}
