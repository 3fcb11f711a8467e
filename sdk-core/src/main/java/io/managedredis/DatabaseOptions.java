package io.managedredis;

import io.managedredis.internal.OpenValues;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The options of a database as the provider keeps them. Options that this version does not know are kept as they are, so
 * that an update does not lose them. Immutable.
 *
 * @param values every option by the provider's name for it; a value is a text, a number, a boolean, null, a list or a map of
 *     such
 */
public record DatabaseOptions(Map<String, @Nullable Object> values) {

    /** The provider's name of the eviction option. */
    public static final String EVICTION = "eviction";

    /** The provider's name of the option that moves a full database to the next larger plan. */
    public static final String AUTO_UPGRADE = "auto_upgrade";

    /** The provider's name of the option for the production features that are paid for separately. */
    public static final String PROD_PACK = "prod_pack";

    private static final DatabaseOptions NONE = new DatabaseOptions(Map.of());

    /** Copies the map, lists and maps within it too. */
    public DatabaseOptions {
        values = OpenValues.copy(values);
    }

    /** No options: the provider's defaults. */
    public static DatabaseOptions none() {
        return NONE;
    }

    /** What happens when the data reaches the plan's size; {@link Eviction#DISABLED} where nothing is said. */
    public Eviction eviction() {
        return flag(EVICTION).orElse(false) ? Eviction.ENABLED : Eviction.DISABLED;
    }

    /** Whether a full database moves to the next larger plan; false where nothing is said. */
    public boolean autoUpgrade() {
        return flag(AUTO_UPGRADE).orElse(false);
    }

    /** Whether the production features are on; false where nothing is said. */
    public boolean prodPack() {
        return flag(PROD_PACK).orElse(false);
    }

    /** An option that is on or off; empty where it is not there or is neither. */
    public Optional<Boolean> flag(String name) {
        return values.get(name) instanceof Boolean flag ? Optional.of(flag) : Optional.empty();
    }

    /** The same options with one set. */
    public DatabaseOptions with(String name, boolean on) {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(values);
        changed.put(name, on);
        return new DatabaseOptions(changed);
    }
}
