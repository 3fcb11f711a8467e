package io.managedredis;

import io.managedredis.error.InvalidRequestException;

/** A limit of a plan: a number, none at all, or not known. An absent value in an answer is never taken for any number. */
public sealed interface Limit permits Limit.Of, Limit.Unlimited, Limit.Unknown {

    /** A limit of this many units; what the unit is, the field that holds the limit says. */
    static Limit of(long value) {
        return new Of(value);
    }

    /** No limit. */
    static Limit unlimited() {
        return Unlimited.INSTANCE;
    }

    /** The provider did not say, or said something that this version cannot read. */
    static Limit unknown() {
        return Unknown.INSTANCE;
    }

    /** Whether a usage is known to be above this limit; never true of an unlimited or unknown one. */
    default boolean isExceededBy(long usage) {
        return this instanceof Of limit && usage > limit.value();
    }

    /**
     * A number.
     *
     * @param value the limit, zero or more
     */
    record Of(long value) implements Limit {

        /**
         * Checks the number.
         *
         * @throws InvalidRequestException when it is negative
         */
        public Of {
            if (value < 0) {
                throw new InvalidRequestException("limit", value + " is negative", "zero or more");
            }
        }

        @Override
        public String toString() {
            return Long.toString(value);
        }
    }

    /** No limit. */
    enum Unlimited implements Limit {
        /** The only value. */
        INSTANCE;

        @Override
        public String toString() {
            return "unlimited";
        }
    }

    /** Not known. */
    enum Unknown implements Limit {
        /** The only value. */
        INSTANCE;

        @Override
        public String toString() {
            return "unknown";
        }
    }
}
