/** What a user's module names, and nothing more. */
module shop {
    requires io.managedredis.lettuce;
    requires io.managedredis.testing;
}
