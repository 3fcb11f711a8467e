package io.managedredis.lettuce.simulation;

import java.util.ArrayList;
import java.util.List;

/** The primary: its log is the order of replication. */
final class Primary extends Server {

    static final int ALL_KEYS = -1;
    private static final int FENCE = -2;

    /** One step of replication: a write of a key or of all, or a fence of a process. */
    record Entry(int key, int process, long number, long at) {}

    final List<Entry> log = new ArrayList<>();
    private final List<List<long[]>> history = new ArrayList<>();
    private final Scheduler scheduler;
    private final List<Runnable> followers = new ArrayList<>();

    Primary(Scheduler scheduler, int keys) {
        super("primary", keys);
        this.scheduler = scheduler;
        for (int key = 0; key < keys; key++) {
            history.add(new ArrayList<>());
        }
    }

    void follow(Runnable onGrowth) {
        followers.add(onGrowth);
    }

    /** The new version of the key, or of the first when all are written. */
    int write(int key) {
        log.add(new Entry(key, 0, 0, scheduler.now()));
        apply(this, key);
        for (int written = 0; written < versions.length; written++) {
            if (key == written || key == ALL_KEYS) {
                history.get(written).add(new long[] {scheduler.now(), versions[written]});
            }
        }
        followers.forEach(Runnable::run);
        return versions[Math.max(key, 0)];
    }

    void publish(int process, long number) {
        log.add(new Entry(FENCE, process, number, scheduler.now()));
        followers.forEach(Runnable::run);
        deliver(process, number);
    }

    static void applyTo(Server server, Entry entry) {
        if (entry.key == FENCE) {
            server.deliver(entry.process, entry.number);
        } else {
            apply(server, entry.key);
        }
    }

    private static void apply(Server server, int key) {
        if (key == ALL_KEYS) {
            for (int each = 0; each < server.versions.length; each++) {
                server.versions[each]++;
            }
        } else {
            server.versions[key]++;
        }
    }

    /** The version that a key had at a time. */
    int versionAt(int key, long time) {
        List<long[]> changes = history.get(key);
        for (int i = changes.size() - 1; i >= 0; i--) {
            if (changes.get(i)[0] <= time) {
                return (int) changes.get(i)[1];
            }
        }
        return 0;
    }
}
