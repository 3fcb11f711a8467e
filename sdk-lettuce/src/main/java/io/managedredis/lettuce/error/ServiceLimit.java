package io.managedredis.lettuce.error;

/** A limit of the service that a command can meet. */
public enum ServiceLimit {
    /** Commands a day; ends with the day or a larger plan. */
    DAILY_COMMANDS(false, "wait for the next day, or choose a larger plan"),
    /** Requests a month; ends with the month or a larger plan. */
    MONTHLY_COMMANDS(false, "wait for the next month, or choose a larger plan"),
    /** The size of all data. Reads and deletes go on. */
    DATA_SIZE(false, "delete data, switch eviction on, or choose a larger plan"),
    /** The size of one request or answer. */
    REQUEST_SIZE(false, "ask for less at once, or choose a larger plan"),
    /** The size of one record. */
    RECORD_SIZE(false, "store smaller values, or choose a larger plan"),
    /** The size of a key. */
    KEY_SIZE(false, "use shorter keys"),
    /** Commands a second. The service lets what is above wait; a client's own budget may refuse it. */
    COMMANDS_PER_SECOND(true, "send less at once, let commands wait, or choose a larger plan"),
    /** Bytes in and out a day. The service has no text for it; a client's own budget refuses. */
    DAILY_BANDWIDTH(false, "wait for the next day, or choose a larger plan"),
    /** Concurrent connections. */
    CONNECTIONS(true, "close connections that are not needed, or choose a larger plan"),
    /** The budget set for the database; it is suspended. */
    BUDGET(false, "raise the budget of the database"),
    /** Writes are refused while the server is upgraded. */
    SERVER_UPGRADE(true, "try again shortly");

    private final boolean isTransient;
    private final String remedy;

    ServiceLimit(boolean isTransient, String remedy) {
        this.isTransient = isTransient;
        this.remedy = remedy;
    }

    /** Whether the same command can succeed shortly, without anybody doing anything. */
    public boolean isTransient() {
        return isTransient;
    }

    /** What to do about it. */
    public String remedy() {
        return remedy;
    }
}
