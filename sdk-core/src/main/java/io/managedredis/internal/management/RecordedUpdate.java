package io.managedredis.internal.management;

import io.managedredis.DatabaseOptions;
import io.managedredis.DatabaseSpec;
import io.managedredis.DatabaseUpdate;
import io.managedredis.Eviction;
import io.managedredis.PlanId;
import io.managedredis.Region;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Keeps what an update asks for, to be applied to whatever the database turns out to be. */
final class RecordedUpdate implements DatabaseUpdate {

    private final List<UnaryOperator<Set<Region>>> regionSteps = new ArrayList<>();
    private final Set<Region> wantedRegions = new LinkedHashSet<>();
    private final Map<String, Boolean> options = new LinkedHashMap<>();
    private @Nullable PlanId plan;
    private @Nullable Boolean prodPack;

    /** What it takes to make a database what the specification says. */
    static RecordedUpdate of(DatabaseSpec spec) {
        RecordedUpdate update = new RecordedUpdate();
        update.readRegions(spec.readRegions());
        if (spec.plan() != null) {
            update.plan(spec.plan());
        }
        if (spec.eviction() != null) {
            update.eviction(spec.eviction());
        }
        if (spec.autoUpgrade() != null) {
            update.autoUpgrade(spec.autoUpgrade());
        }
        if (spec.prodPack() != null) {
            update.prodPack(spec.prodPack());
        }
        return update;
    }

    @Override
    public DatabaseUpdate addReadRegions(Collection<Region> regions) {
        List<Region> added = List.copyOf(regions);
        wantedRegions.addAll(added);
        regionSteps.add(current -> {
            current.addAll(added);
            return current;
        });
        return this;
    }

    @Override
    public DatabaseUpdate removeReadRegions(Collection<Region> regions) {
        List<Region> removed = List.copyOf(regions);
        regionSteps.add(current -> {
            removed.forEach(current::remove);
            return current;
        });
        return this;
    }

    @Override
    public DatabaseUpdate readRegions(Collection<Region> regions) {
        List<Region> all = List.copyOf(regions);
        wantedRegions.addAll(all);
        regionSteps.add(current -> new LinkedHashSet<>(all));
        return this;
    }

    @Override
    public DatabaseUpdate plan(PlanId idOrName) {
        plan = Objects.requireNonNull(idOrName, "idOrName");
        return this;
    }

    @Override
    public DatabaseUpdate eviction(Eviction value) {
        options.put(DatabaseOptions.EVICTION, value == Eviction.ENABLED);
        return this;
    }

    @Override
    public DatabaseUpdate autoUpgrade(boolean value) {
        options.put(DatabaseOptions.AUTO_UPGRADE, value);
        return this;
    }

    @Override
    public DatabaseUpdate prodPack(boolean value) {
        prodPack = value;
        return this;
    }

    /** The read regions of a database that has these now. */
    List<Region> applyTo(List<Region> current) {
        Set<Region> regions = new LinkedHashSet<>(current);
        for (UnaryOperator<Set<Region>> step : regionSteps) {
            regions = step.apply(regions);
        }
        return List.copyOf(regions);
    }

    /** The options of a database that has these now; those that are not mentioned stay, known or not. */
    DatabaseOptions applyTo(DatabaseOptions current) {
        DatabaseOptions changed = current;
        for (Map.Entry<String, Boolean> option : options.entrySet()) {
            if (current.flag(option.getKey()).orElse(false) != (boolean) option.getValue()) {
                changed = changed.with(option.getKey(), option.getValue());
            }
        }
        return changed;
    }

    /** The regions that are mentioned as ones to have. */
    Set<Region> wantedRegions() {
        return wantedRegions;
    }

    @Nullable
    PlanId plan() {
        return plan;
    }

    @Nullable
    Boolean prodPack() {
        return prodPack;
    }
}
