package io.managedredis.lettuce.simulation;

import java.util.PriorityQueue;
import java.util.random.RandomGenerator;

/** Virtual time. What is due at one instant runs in an order drawn from the seed. */
final class Scheduler {

    static final long MILLIS = 1_000_000;

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final RandomGenerator random;
    private long now;

    Scheduler(RandomGenerator random) {
        this.random = random;
    }

    long now() {
        return now;
    }

    void after(long delay, Runnable action) {
        events.add(new Event(now + delay, random.nextInt(), action));
    }

    void runUntil(long end) {
        while (!events.isEmpty() && events.peek().at <= end) {
            Event event = events.remove();
            now = event.at;
            event.action.run();
        }
        now = end;
    }

    private record Event(long at, int order, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Integer.compare(order, other.order);
        }
    }
}
