package io.managedredis.testing.internal.control;

import io.managedredis.DatabaseId;
import io.managedredis.Region;
import io.managedredis.Secret;
import io.managedredis.testing.internal.DataPlane;
import io.managedredis.testing.internal.DatabaseDefinition;
import io.managedredis.testing.internal.RunningDatabase;
import io.managedredis.testing.internal.catalog.Plan;
import io.managedredis.testing.internal.catalog.PlanCatalog;
import io.managedredis.testing.internal.catalog.RegionCatalog;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The databases of a service. What belongs to another organization is treated as if it did not exist, except that its name
 * is taken: names are parts of host names. Thread safe.
 */
public final class DatabaseRegistry {

    private static final int NAME_ATTEMPTS = 100;

    private final Map<DatabaseId, Slot> slots = new ConcurrentHashMap<>();
    private final Set<String> takenNames = ConcurrentHashMap.newKeySet();
    private final AtomicLong sequence = new AtomicLong();
    private final DataPlane dataPlane;
    private final Rules rules;
    private final RandomText random;
    private final Clock clock;

    /** A registry without databases. */
    public DatabaseRegistry(DataPlane dataPlane, Set<Region> excluded, RandomText random, Clock clock) {
        this.dataPlane = dataPlane;
        this.rules = new Rules(RegionCatalog.bundled(), PlanCatalog.bundled(), excluded);
        this.random = random;
        this.clock = clock;
    }

    /**
     * Creates a database and returns when it can be used.
     *
     * @throws Refusal when the request breaks a rule or the name is taken
     */
    public DatabaseRecord create(Organization owner, DatabaseRequest request) {
        Plan plan = rules.planForNew(request.planId());
        Region primary = rules.primaryRegion(request.primaryRegion());
        List<Region> reads = rules.readRegions(request.readRegions(), primary);
        AddOnOptions options = AddOnOptions.create(request.options(), plan);
        String name = reserveName(request.name());
        try {
            DatabaseId id = DatabaseId.of(random.identifier());
            Secret password = random.password();
            RunningDatabase running = dataPlane.start(
                    new DatabaseDefinition(id, primary, reads, plan.limits(), options.eviction(), password));
            DatabaseRecord created = new DatabaseRecord(
                    sequence.incrementAndGet(),
                    id,
                    name,
                    owner,
                    primary,
                    reads,
                    plan,
                    options,
                    Map.of(),
                    password,
                    clock.instant(),
                    clock.instant(),
                    running);
            slots.put(id, new Slot(created));
            return created;
        } catch (RuntimeException | Error failed) {
            takenNames.remove(normalized(name));
            throw failed;
        }
    }

    /** The database with this identifier. */
    public Optional<DatabaseRecord> find(Organization caller, String id) {
        return slotOf(caller, id).map(Slot::current);
    }

    /** The database with this name; upper and lower case are alike, as in host names. */
    public Optional<DatabaseRecord> findByName(Organization caller, String name) {
        return slots.values().stream()
                .map(Slot::current)
                .filter(database -> database.organization().equals(caller)
                        && normalized(database.name()).equals(normalized(name)))
                .findFirst();
    }

    /** The databases of an organization, oldest first. */
    public List<DatabaseRecord> list(Organization caller) {
        return all().stream()
                .filter(database -> database.organization().equals(caller))
                .toList();
    }

    /** The databases of all organizations, oldest first. */
    public List<DatabaseRecord> all() {
        return slots.values().stream()
                .map(Slot::current)
                .sorted(Comparator.comparingLong(DatabaseRecord::sequence))
                .toList();
    }

    /**
     * Changes a database and returns when the change is in force. All of the request is checked before any of it is done.
     *
     * @throws Refusal when there is no such database or the request breaks a rule
     */
    public DatabaseRecord update(Organization caller, DatabaseId id, ChangeRequest request) {
        return slot(caller, id).change(current -> {
            Plan plan = rules.planForMove(request.planId(), current.plan());
            List<Region> reads = request.readRegions() == null
                    ? current.readRegions()
                    : rules.readRegions(request.readRegions(), current.primaryRegion());
            AddOnOptions options = request.options() == null
                    ? current.options().movedTo(plan)
                    : current.options().replacedBy(request.options(), plan);
            Boolean prodPack = request.prodPack();
            if (prodPack != null) {
                if (plan.equals(current.plan())) {
                    throw Refusal.invalid("Prod pack can only be changed together with the plan");
                }
                options = options.withProdPack(prodPack);
            }
            // New replicas come first: starting Redis is the one step that can fail, and nothing is changed then.
            List<Region> added = new ArrayList<>(current.readRegions());
            reads.stream().filter(region -> !added.contains(region)).forEach(added::add);
            if (added.size() > current.readRegions().size()) {
                current.running().changeReadRegions(added);
            }
            if (!plan.limits().equals(current.plan().limits())) {
                current.running().changeLimits(plan.limits());
            }
            if (options.eviction() != current.options().eviction()) {
                current.running().changeEviction(options.eviction());
            }
            DatabaseRecord changed = current.changed(
                    reads,
                    plan,
                    options,
                    request.metadata() == null ? current.metadata() : request.metadata(),
                    current.password(),
                    clock.instant());
            // Old replicas go last: nobody is told their addresses while they close.
            return new Changed(changed, () -> {
                if (added.size() > reads.size()) {
                    changed.running().changeReadRegions(reads);
                }
            });
        });
    }

    /**
     * Gives a database a new password; clients with the old one are disconnected.
     *
     * @throws Refusal when there is no such database
     */
    public DatabaseRecord resetPassword(Organization caller, DatabaseId id) {
        return slot(caller, id).change(current -> {
            Secret password = random.password();
            current.running().changePassword(password);
            DatabaseRecord changed = current.changed(
                    current.readRegions(),
                    current.plan(),
                    current.options(),
                    current.metadata(),
                    password,
                    clock.instant());
            return new Changed(changed, () -> {});
        });
    }

    /**
     * Deletes a database and returns when nothing of it is left.
     *
     * @throws Refusal when there is no such database
     */
    public DatabaseRecord delete(Organization caller, DatabaseId id) {
        DatabaseRecord deleted = slot(caller, id).remove();
        slots.remove(id);
        try {
            deleted.running().close();
        } finally {
            takenNames.remove(normalized(deleted.name()));
        }
        return deleted;
    }

    private String reserveName(@Nullable String wanted) {
        if (wanted != null && !wanted.isBlank()) {
            String name = rules.name(wanted.strip());
            if (!takenNames.add(normalized(name))) {
                throw Refusal.nameTaken();
            }
            return name;
        }
        for (int attempt = 0; attempt < NAME_ATTEMPTS; attempt++) {
            String name = random.name();
            if (takenNames.add(normalized(name))) {
                return name;
            }
        }
        throw new IllegalStateException("found no free name in " + NAME_ATTEMPTS + " attempts");
    }

    private static String normalized(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    private Slot slot(Organization caller, DatabaseId id) {
        return slotOf(caller, id.value()).orElseThrow(DatabaseRegistry::noSuchDatabase);
    }

    private Optional<Slot> slotOf(Organization caller, String id) {
        return id.isBlank()
                ? Optional.empty()
                : Optional.ofNullable(slots.get(DatabaseId.of(id)))
                        .filter(slot -> slot.current().organization().equals(caller));
    }

    private static Refusal noSuchDatabase() {
        return Refusal.notFound("AddOn");
    }

    /** Where one database is kept; changes to it happen one after another. */
    private static final class Slot {

        private final ReentrantLock lock = new ReentrantLock();
        private volatile DatabaseRecord record;
        private boolean removed;

        Slot(DatabaseRecord record) {
            this.record = record;
        }

        DatabaseRecord current() {
            return record;
        }

        DatabaseRecord change(Change change) {
            lock.lock();
            try {
                if (removed) {
                    throw noSuchDatabase();
                }
                Changed changed = change.apply(record);
                record = changed.record();
                changed.afterwards().run();
                return changed.record();
            } finally {
                lock.unlock();
            }
        }

        DatabaseRecord remove() {
            lock.lock();
            try {
                if (removed) {
                    throw noSuchDatabase();
                }
                removed = true;
                return record;
            } finally {
                lock.unlock();
            }
        }
    }

    @FunctionalInterface
    private interface Change {
        Changed apply(DatabaseRecord current);
    }

    /** What became of a database, and what is still to be done once others see that. */
    private record Changed(DatabaseRecord record, Runnable afterwards) {}
}
