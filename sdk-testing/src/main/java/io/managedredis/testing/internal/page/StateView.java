package io.managedredis.testing.internal.page;

import io.managedredis.Limit;
import io.managedredis.Region;
import io.managedredis.testing.Vantage;
import io.managedredis.testing.internal.Observation;
import io.managedredis.testing.internal.PlanLimits;
import io.managedredis.testing.internal.Usage;
import io.managedredis.testing.internal.control.Addresses;
import io.managedredis.testing.internal.control.DatabaseRecord;
import io.managedredis.testing.internal.control.DatabaseRegistry;
import io.managedredis.testing.internal.control.FaultBoard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Databases and faults as they are now, without secrets. Servers are asked by one request at a time; others are given what
 * was seen last. Thread safe.
 */
final class StateView {

    private static final Logger log = LoggerFactory.getLogger(StateView.class);

    private final DatabaseRegistry databases;
    private final FaultBoard board;
    private final boolean limitsEnforced;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile @Nullable Seen seen;

    private record Seen(long atNanos, List<Map<String, Object>> databases) {}

    StateView(DatabaseRegistry databases, FaultBoard board, boolean limitsEnforced) {
        this.databases = databases;
        this.board = board;
        this.limitsEnforced = limitsEnforced;
    }

    Map<String, Object> toMap() {
        Seen now = look();
        Map<String, Object> state = new LinkedHashMap<>();
        // Only differences of this mean anything: what was counted between two looks, divided by it, is a rate.
        state.put("monotonicMillis", TimeUnit.NANOSECONDS.toMillis(now.atNanos()));
        state.put("limitsEnforced", limitsEnforced);
        state.put("databases", now.databases());
        state.put("faults", board.on().stream().map(StateView::fault).toList());
        return state;
    }

    private Seen look() {
        Seen last = seen;
        if (last == null) {
            looking.lock();
        } else if (!looking.tryLock()) {
            return last;
        }
        try {
            List<DatabaseRecord> all = databases.all();
            Seen now = new Seen(
                    System.nanoTime(), all.stream().map(StateView::database).toList());
            seen = now;
            return now;
        } finally {
            looking.unlock();
        }
    }

    private static Map<String, Object> fault(FaultBoard.Entry entry) {
        Map<String, Object> fault = new LinkedHashMap<>();
        fault.put("number", entry.number());
        fault.put("starter", entry.starter() == FaultBoard.Starter.PAGE ? "page" : "code");
        fault.putAll(FaultKind.write(entry.active().fault()));
        return fault;
    }

    private static Map<String, Object> database(DatabaseRecord record) {
        Optional<Observation> observation = Optional.empty();
        Optional<Usage> usage = Optional.empty();
        String address = "";
        boolean answers = true;
        try {
            observation = record.running().observe();
            usage = record.running().usage();
            address = new Addresses(record, Vantage.beside()).single().toString();
        } catch (RuntimeException deletedOrDead) {
            log.debug("database {} does not answer", record.id(), deletedOrDead);
            answers = false;
        }
        Map<String, Object> database = new LinkedHashMap<>();
        database.put("id", record.id().value());
        database.put("name", record.name());
        database.put("organization", record.organization().slug());
        database.put("state", answers ? DatabaseRecord.STATUS : "not answering");
        database.put("plan", record.plan().name());
        database.put("evicts", record.evicts());
        database.put("address", address);
        database.put("keys", usage.<Object>map(Usage::keys).orElse(""));
        database.put("regions", regions(record, observation));
        database.put(
                "callers",
                observation
                        .map(seen ->
                                seen.callers().stream().map(StateView::caller).toList())
                        .orElse(List.of()));
        database.put("limits", limits(record.plan().limits(), usage));
        return database;
    }

    private static List<Map<String, Object>> regions(DatabaseRecord record, Optional<Observation> observation) {
        List<Map<String, Object>> regions = new ArrayList<>();
        if (observation.isPresent()) {
            observation.get().regions().forEach(member -> {
                Map<String, Object> region = region(record, member.region());
                region.put("commands", member.commands());
                region.put("connections", member.connections());
                region.put("down", member.down());
                region.put("silent", member.silent());
                region.put("paused", member.replication().paused());
                region.put("delayMillis", millis(member.replication().delay()));
                member.replication().behindBytes().ifPresent(bytes -> region.put("behindBytes", bytes));
                regions.add(region);
            });
        } else {
            regions.add(region(record, record.primaryRegion()));
            record.readRegions().forEach(region -> regions.add(region(record, region)));
        }
        return regions;
    }

    private static Map<String, Object> region(DatabaseRecord record, Region code) {
        Map<String, Object> region = new LinkedHashMap<>();
        region.put("code", code.code());
        region.put("role", code.equals(record.primaryRegion()) ? "primary" : "replica");
        return region;
    }

    private static Map<String, Object> caller(Observation.Caller seen) {
        Map<String, Object> roundTrips = new LinkedHashMap<>();
        seen.roundTrips().forEach((region, time) -> roundTrips.put(region.code(), millis(time)));
        Map<String, Object> caller = new LinkedHashMap<>();
        Region from = seen.vantage().region();
        if (from != null) {
            caller.put("region", from.code());
        }
        caller.put("leadsTo", seen.leadsTo().code());
        caller.put("roundTripMillis", roundTrips);
        return caller;
    }

    /** What is used of each limit; commands a second are for the page to find, from what the regions counted. */
    private static List<Map<String, Object>> limits(PlanLimits limits, Optional<Usage> usage) {
        return List.of(
                limit("data", limits.dataBytes(), usage.map(Usage::dataBytes)),
                limit(
                        "connections",
                        limits.connections(),
                        usage.map(Usage::connections).map(Integer::longValue)),
                limit("commandsPerSecond", limits.commandsPerSecond(), Optional.empty()),
                limit("dailyCommands", limits.dailyCommands(), usage.map(Usage::commandsToday)),
                limit("dailyBandwidth", limits.dailyBandwidthBytes(), usage.map(Usage::bandwidthBytesToday)));
    }

    private static Map<String, Object> limit(String name, Limit allowed, Optional<Long> used) {
        Map<String, Object> limit = new LinkedHashMap<>();
        limit.put("name", name);
        limit.put("allowed", allowed instanceof Limit.Of of ? of.value() : allowed.toString());
        used.ifPresent(value -> limit.put("used", value));
        return limit;
    }

    private static double millis(Duration time) {
        return time.toNanos() / 1_000_000.0;
    }
}
