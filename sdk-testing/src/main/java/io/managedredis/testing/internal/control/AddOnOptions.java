package io.managedredis.testing.internal.control;

import io.managedredis.Eviction;
import io.managedredis.testing.internal.catalog.Plan;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The options of a database: eviction, automatic upgrade, and whatever else a client put there. The production package is
 * kept beside them, because replacing the options leaves it as it is.
 *
 * @param values the options as they were given, without the production package; never changed
 * @param prodPack whether the production package is on
 */
record AddOnOptions(Map<String, Object> values, boolean prodPack) {

    private static final String EVICTION = "eviction";
    private static final String AUTO_UPGRADE = "auto_upgrade";
    private static final String PROD_PACK = "prod_pack";

    AddOnOptions {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** The options of a new database. */
    static AddOnOptions create(Map<String, Object> given, Plan plan) {
        return new AddOnOptions(checked(given, plan), flag(given, PROD_PACK));
    }

    /** These options with all but the production package replaced; that changes only where the new ones name it. */
    AddOnOptions replacedBy(Map<String, Object> given, Plan plan) {
        return new AddOnOptions(checked(given, plan), given.containsKey(PROD_PACK) ? flag(given, PROD_PACK) : prodPack);
    }

    AddOnOptions withProdPack(boolean on) {
        return new AddOnOptions(values, on);
    }

    /** These options on another plan: automatic upgrade ends where the plan does not have it. */
    AddOnOptions movedTo(Plan plan) {
        if (plan.kind() == Plan.Kind.FIXED || !flag(values, AUTO_UPGRADE)) {
            return this;
        }
        Map<String, Object> kept = new LinkedHashMap<>(values);
        kept.put(AUTO_UPGRADE, false);
        return new AddOnOptions(kept, prodPack);
    }

    Eviction eviction() {
        return flag(values, EVICTION) ? Eviction.ENABLED : Eviction.DISABLED;
    }

    /** The options as an answer carries them. Eviction is always there, because clients read it without a look. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(EVICTION, false);
        map.putAll(values);
        if (prodPack) {
            map.put(PROD_PACK, true);
        }
        return map;
    }

    private static Map<String, Object> checked(Map<String, Object> given, Plan plan) {
        flag(given, EVICTION);
        flag(given, PROD_PACK);
        if (flag(given, AUTO_UPGRADE) && plan.kind() != Plan.Kind.FIXED) {
            throw Refusal.invalid("Options auto_upgrade is available on fixed plans only, not on " + plan.name());
        }
        Map<String, Object> values = new LinkedHashMap<>(given);
        values.remove(PROD_PACK);
        return values;
    }

    private static boolean flag(Map<String, Object> options, String key) {
        Object value = options.get(key);
        if (value == null) {
            return false;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw Refusal.invalid("Options " + key + " must be true or false");
    }
}
