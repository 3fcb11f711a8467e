package io.managedredis.pricing;

import com.fasterxml.jackson.databind.JsonNode;
import io.managedredis.Limit;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Reads a price book from JSON in which every cell of the provider's table is a text. A cell that is not there is unknown;
 * a name that is not expected is an error, so that a misspelt cell is not taken for an unknown one.
 */
final class PriceBookReader {

    private static final Set<String> BOOK = Set.of("asOf", "source", "plans", "unbilledCommands");
    private static final Set<String> PLAN = Set.of(
            "name",
            "aliases",
            "maxDataSize",
            "maxConnections",
            "maxCommandsPerSecond",
            "maxDailyCommands",
            "maxDailyBandwidth",
            "monthlyBandwidth",
            "maxRequestSize",
            "maxRecordSize",
            "pricePerMonth",
            "pricePerReadRegion",
            "pricePerCommands",
            "prodPackPerMonth",
            "autoUpgrade");
    private static final Set<String> COMMANDS = Set.of("commands", "price");

    private PriceBookReader() {}

    static PriceBook read(JsonNode book) {
        requireOnly(BOOK, book);
        PriceBook.Builder builder = PriceBook.dated(LocalDate.parse(text(book, "asOf")));
        book.path("plans").forEach(plan -> builder.plan(plan(plan)));
        builder.unbilledCommands(texts(book, "unbilledCommands").toArray(String[]::new));
        return builder.build();
    }

    private static CatalogPlan plan(JsonNode plan) {
        requireOnly(PLAN, plan);
        CatalogLimits limits = new CatalogLimits(
                limit(plan, "maxDataSize"),
                limit(plan, "maxConnections"),
                limit(plan, "maxCommandsPerSecond"),
                limit(plan, "maxDailyCommands"),
                limit(plan, "maxDailyBandwidth"),
                limit(plan, "monthlyBandwidth"),
                limit(plan, "maxRequestSize"),
                limit(plan, "maxRecordSize"));
        return new CatalogPlan(
                text(plan, "name"),
                texts(plan, "aliases"),
                limits,
                price(plan),
                plan.path("autoUpgrade").asBoolean(false));
    }

    private static PlanPrice price(JsonNode plan) {
        PlanPrice price = PlanPrice.unknown();
        if (plan.has("pricePerCommands")) {
            JsonNode commands = plan.get("pricePerCommands");
            requireOnly(COMMANDS, commands);
            price = PlanPrice.payAsYouGo(
                    new CommandPrice(Money.usd(text(commands, "price")), Long.parseLong(text(commands, "commands"))));
        } else if (plan.has("pricePerMonth")) {
            price = PlanPrice.perMonth(Money.usd(text(plan, "pricePerMonth")));
        }
        if (plan.has("pricePerReadRegion")) {
            price = price.withReadRegion(Money.usd(text(plan, "pricePerReadRegion")));
        }
        if (plan.has("prodPackPerMonth")) {
            price = price.withProdPack(Money.usd(text(plan, "prodPackPerMonth")));
        }
        return price;
    }

    private static Limit limit(JsonNode plan, String cell) {
        return plan.has(cell) ? LimitCell.parse(text(plan, cell)) : Limit.unknown();
    }

    private static String text(JsonNode object, String name) {
        JsonNode value = object.path(name);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("'" + name + "' of a price book is not a text: " + value);
        }
        return value.textValue();
    }

    private static Set<String> texts(JsonNode object, String name) {
        Set<String> texts = new LinkedHashSet<>();
        object.path(name).forEach(each -> texts.add(each.asText()));
        return texts;
    }

    private static void requireOnly(Set<String> expected, JsonNode object) {
        object.fieldNames().forEachRemaining(name -> {
            if (!expected.contains(name)) {
                throw new IllegalArgumentException("a price book has no cell '" + name + "'; it has " + expected);
            }
        });
    }
}
