package io.managedredis.internal.fly;

import com.fasterxml.jackson.databind.JsonNode;
import io.managedredis.Limit;
import io.managedredis.Organization;
import io.managedredis.Plan;
import io.managedredis.PlanId;
import io.managedredis.Region;
import io.managedredis.RegionInfo;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes plans, regions and organizations of what the provider shows. */
final class CatalogDecoder {

    private static final Pattern SIZE = Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,6})?)\\s*([KMGTP]?)I?B?");

    private CatalogDecoder() {}

    static Plan plan(JsonNode node) {
        String id = Json.text(node, "id");
        String shown = Json.textOrNull(node, "displayName");
        String name = Json.textOrNull(node, "name");
        JsonNode price = node.path("pricePerMonth");
        return new Plan(
                PlanId.of(id),
                shown != null ? shown : name != null ? name : id,
                Json.textOrNull(node, "description"),
                limit(node, "maxDataSize"),
                limit(node, "maxConcurrentConnections"),
                limit(node, "maxCommandsPerSec"),
                limit(node, "maxDailyCommands"),
                limit(node, "maxDailyBandwidth"),
                limit(node, "maxRequestSize"),
                price.canConvertToInt() ? price.intValue() : null);
    }

    static List<RegionInfo> regions(JsonNode data) {
        Set<String> excluded = new HashSet<>();
        data.path("addOnProvider")
                .path("excludedRegions")
                .forEach(region -> excluded.add(Json.text(region, "code").toLowerCase(Locale.ROOT)));
        List<RegionInfo> regions = new ArrayList<>();
        Json.child(Json.child(data, "platform"), "regions").forEach(node -> {
            Region region = Region.of(Json.text(node, "code"));
            regions.add(new RegionInfo(
                    region,
                    Json.text(node, "name"),
                    Json.numberOrNull(node, "latitude"),
                    Json.numberOrNull(node, "longitude"),
                    Json.flag(node, "deprecated"),
                    Json.flag(node, "requiresPaidPlan"),
                    excluded.contains(region.code()),
                    Json.flag(node, "gatewayAvailable")));
        });
        return regions;
    }

    static Organization organization(JsonNode node) {
        Organization.Kind kind = switch (String.valueOf(Json.textOrNull(node, "type"))) {
            case "PERSONAL" -> Organization.Kind.PERSONAL;
            case "SHARED" -> Organization.Kind.SHARED;
            default -> Organization.Kind.OTHER;
        };
        return new Organization(
                Json.text(node, "id"),
                Json.text(node, "slug"),
                Json.text(node, "name"),
                kind,
                Json.flag(node, "paidPlan"));
    }

    private static Limit limit(JsonNode plan, String field) {
        return limit(Json.textOrNull(plan, field));
    }

    /** A number, a size such as {@code 100 MB}, the word for no limit, or what cannot be read. */
    static Limit limit(@Nullable String text) {
        if (text == null) {
            return Limit.unknown();
        }
        String upper = text.strip().toUpperCase(Locale.ROOT);
        if (upper.equals("UNLIMITED") || upper.equals("-1")) {
            return Limit.unlimited();
        }
        Matcher size = SIZE.matcher(upper);
        if (!size.matches()) {
            return Limit.unknown();
        }
        int power = " KMGTP".indexOf(size.group(2).isEmpty() ? " " : size.group(2));
        BigDecimal bytes = new BigDecimal(size.group(1)).multiply(BigDecimal.valueOf(1L << (10 * power)));
        try {
            return Limit.of(bytes.longValueExact());
        } catch (ArithmeticException fractionOrTooLarge) {
            return Limit.unknown();
        }
    }
}
