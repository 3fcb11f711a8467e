package io.managedredis.testing.internal.control;

import io.managedredis.Database;
import io.managedredis.DatabaseId;
import io.managedredis.DatabaseOptions;
import io.managedredis.DatabaseSpec;
import io.managedredis.DatabaseStatus;
import io.managedredis.Eviction;
import io.managedredis.PlanId;
import io.managedredis.Region;
import io.managedredis.error.ConflictException;
import io.managedredis.error.ErrorDetails;
import io.managedredis.error.InvalidRequestException;
import io.managedredis.error.ManagedRedisException;
import io.managedredis.error.NotFoundException;
import io.managedredis.testing.Vantage;
import io.managedredis.testing.internal.catalog.Plan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the API does, for callers in the same process: in the SDK's own terms, and for all organizations. Thread safe. */
public final class InProcess {

    private final ControlPlane plane;

    /** Calls on this control plane. */
    public InProcess(ControlPlane plane) {
        this.plane = plane;
    }

    /** See the local service. */
    public Database create(DatabaseSpec spec) {
        Organization owner = spec.organization() == null
                ? plane.accounts().usual()
                : plane.accounts().organization(spec.organization());
        DatabaseRequest request = new DatabaseRequest(
                spec.name(),
                spec.primaryRegion().code(),
                spec.readRegions().stream().map(Region::code).toList(),
                spec.plan() == null ? null : plan(spec.plan()).id().value(),
                options(spec));
        try {
            return describe(plane.databases().create(owner, request));
        } catch (Refusal refusal) {
            throw asException("create", spec.name(), refusal);
        }
    }

    /** See the local service. */
    public void delete(DatabaseId id) {
        try {
            plane.databases().delete(record(id).organization(), id);
        } catch (Refusal refusal) {
            throw asException("delete", id.value(), refusal);
        }
    }

    /** The database with this name. */
    public Optional<Database> find(String name) {
        return plane.accounts().organizations().stream()
                .flatMap(owner -> plane.databases().findByName(owner, name).stream())
                .findFirst()
                .map(this::describe);
    }

    /** Every database, oldest first. */
    public List<Database> list() {
        return plane.databases().all().stream().map(this::describe).toList();
    }

    /**
     * Where a database is reached from there.
     *
     * @throws NotFoundException when there is none
     */
    public Addresses addresses(DatabaseId id, Vantage vantage) {
        return new Addresses(record(id), vantage);
    }

    private DatabaseRecord record(DatabaseId id) {
        return plane.databases().all().stream()
                .filter(database -> database.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new NotFoundException(
                        "there is no database " + id + "; it may have been deleted",
                        ErrorDetails.of("find", id.value()),
                        null));
    }

    private Database describe(DatabaseRecord database) {
        return new Database(
                database.id(),
                database.name(),
                database.organization().slug(),
                database.plan().id(),
                database.plan().name(),
                database.primaryRegion(),
                database.readRegions(),
                DatabaseStatus.of(DatabaseRecord.STATUS),
                null,
                new DatabaseOptions(database.options().toMap()),
                new Addresses(database, Vantage.beside()).endpoints(plane.routing()),
                database.createdAt(),
                database.updatedAt());
    }

    private Plan plan(PlanId idOrName) {
        return plane.plans()
                .find(idOrName)
                .or(() -> plane.plans().findByName(idOrName.value()))
                .orElseThrow(() -> new InvalidRequestException(
                        "plan",
                        "there is no plan '" + idOrName + "'",
                        plane.plans().all().stream()
                                .filter(Plan::open)
                                .map(Plan::name)
                                .collect(Collectors.joining(", "))));
    }

    private static Map<String, Object> options(DatabaseSpec spec) {
        Map<String, Object> options = new LinkedHashMap<>();
        if (spec.eviction() != null) {
            options.put(DatabaseOptions.EVICTION, spec.eviction() == Eviction.ENABLED);
        }
        if (spec.autoUpgrade() != null) {
            options.put(DatabaseOptions.AUTO_UPGRADE, spec.autoUpgrade());
        }
        if (spec.prodPack() != null) {
            options.put(DatabaseOptions.PROD_PACK, spec.prodPack());
        }
        return options;
    }

    private static ManagedRedisException asException(String operation, String database, Refusal refusal) {
        ErrorDetails details = ErrorDetails.of(operation, database);
        String message = String.valueOf(refusal.getMessage());
        return switch (refusal.code()) {
            case NOT_FOUND -> new NotFoundException(message, details, refusal);
            case NAME_TAKEN ->
                new ConflictException(message + ": '" + database + "'; choose another name", details, refusal);
            case UNPROCESSABLE ->
                new InvalidRequestException("spec", message, "what the service's catalogue lists", details);
        };
    }
}
