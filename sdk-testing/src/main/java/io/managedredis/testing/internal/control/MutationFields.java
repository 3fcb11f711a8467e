package io.managedredis.testing.internal.control;

import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What can be done. */
final class MutationFields {

    private MutationFields() {}

    static Map<String, DataFetcher<?>> all() {
        Map<String, DataFetcher<?>> fields = new HashMap<>();
        fields.put("createAddOn", mutation(MutationFields::create));
        fields.put("updateAddOn", mutation(MutationFields::update));
        fields.put("deleteAddOn", mutation(MutationFields::delete));
        fields.put("resetAddOnPassword", mutation(MutationFields::resetPassword));
        return fields;
    }

    private static Map<String, Object> create(ApiCall call, Input input) {
        String type = input.text("type");
        if (type == null || !ProviderFields.NAMES.contains(type)) {
            throw Refusal.invalid("Type " + type + " is not offered, upstash_redis is");
        }
        String organization = input.text("organizationId");
        if (organization != null && !organization.equals(call.caller().id())) {
            throw Refusal.notFound("Organization");
        }
        if (input.text("appId") != null) {
            throw Refusal.notFound("App");
        }
        List<String> readRegions = input.texts("readRegions");
        Map<String, Object> options = input.object("options");
        DatabaseRequest request = new DatabaseRequest(
                input.text("name"),
                input.text("primaryRegion"),
                readRegions == null ? List.of() : readRegions,
                input.text("planId"),
                options == null ? Map.of() : options);
        return Map.of("addOn", call.plane().databases().create(call.caller(), request));
    }

    private static Map<String, Object> update(ApiCall call, Input input) {
        DatabaseRecord database =
                QueryFields.database(call, input.text("addOnId"), input.text("name"), input.text("provider"));
        ChangeRequest request = new ChangeRequest(
                input.text("planId"),
                input.texts("readRegions"),
                input.object("options"),
                input.object("metadata"),
                input.flag("prodPack"));
        return Map.of("addOn", call.plane().databases().update(call.caller(), database.id(), request));
    }

    private static Map<String, Object> delete(ApiCall call, Input input) {
        DatabaseRecord database =
                QueryFields.database(call, input.text("addOnId"), input.text("name"), input.text("provider"));
        return Map.of(
                "deletedAddOnName",
                call.plane().databases().delete(call.caller(), database.id()).name());
    }

    private static Map<String, Object> resetPassword(ApiCall call, Input input) {
        DatabaseRecord database = QueryFields.database(call, null, input.text("name"), null);
        return Map.of("addOn", call.plane().databases().resetPassword(call.caller(), database.id()));
    }

    private static DataFetcher<Object> mutation(BiFunction<ApiCall, Input, Map<String, Object>> carryOut) {
        return environment -> {
            Input input = new Input(environment);
            Map<String, @Nullable Object> payload = new HashMap<>(carryOut.apply(ApiCall.of(environment), input));
            payload.put("clientMutationId", input.text("clientMutationId"));
            return payload;
        };
    }

    /**
     * The argument {@code input} of a mutation; its types were checked against the schema before. Clients send empty text
     * for what they leave out.
     */
    private static final class Input {

        private final Map<String, @Nullable Object> values;

        Input(DataFetchingEnvironment environment) {
            this.values = Wiring.required(environment, "input");
        }

        @Nullable
        String text(String field) {
            return Wiring.blankToNull((String) values.get(field));
        }

        @Nullable
        Boolean flag(String field) {
            return (Boolean) values.get(field);
        }

        @Nullable
        List<String> texts(String field) {
            return values.get(field) instanceof List<?> list
                    ? list.stream().map(String.class::cast).toList()
                    : null;
        }

        @Nullable
        Map<String, Object> object(String field) {
            Object value = values.get(field);
            if (value == null) {
                return null;
            }
            if (!(value instanceof Map<?, ?> map)) {
                throw Refusal.invalid(field + " must be an object");
            }
            Map<String, Object> object = new LinkedHashMap<>();
            map.forEach((key, member) -> {
                if (member != null) {
                    object.put((String) key, member);
                }
            });
            return object;
        }
    }
}
