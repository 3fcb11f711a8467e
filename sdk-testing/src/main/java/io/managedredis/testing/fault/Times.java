package io.managedredis.testing.fault;

import io.managedredis.error.InvalidRequestException;

final class Times {

    private Times() {}

    static void check(int times) {
        if (times < 1) {
            throw new InvalidRequestException("times", "a fault that happens " + times + " times is none", "1 or more");
        }
    }
}
