package io.managedredis.lettuce.simulation;

import java.util.ArrayList;
import java.util.List;

/** A Redis: a version for each key, which a write raises. */
class Server {

    final String name;
    final int[] versions;
    final List<Subscription> subscriptions = new ArrayList<>();
    private boolean up = true;

    Server(String name, int keys) {
        this.name = name;
        this.versions = new int[keys];
    }

    boolean isUp() {
        return up;
    }

    void setUp(boolean up) {
        this.up = up;
    }

    void subscribe(Subscription subscription) {
        subscriptions.add(subscription);
    }

    void gone(Wire wire) {
        subscriptions.removeIf(subscription -> subscription.wire == wire);
    }

    void deliver(int process, long number) {
        for (Subscription subscription : subscriptions) {
            if (subscription.process == process) {
                subscription.wire.push(() -> subscription.received.accept(number));
            }
        }
    }

    record Subscription(int process, Wire wire, java.util.function.LongConsumer received) {}
}
