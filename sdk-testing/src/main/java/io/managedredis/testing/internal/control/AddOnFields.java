package io.managedredis.testing.internal.control;

import static io.managedredis.testing.internal.control.Wiring.constant;
import static io.managedredis.testing.internal.control.Wiring.emptyConnection;
import static io.managedredis.testing.internal.control.Wiring.from;

import graphql.schema.DataFetcher;
import io.managedredis.Region;
import io.managedredis.testing.RedisUnavailableException;
import io.managedredis.testing.internal.Usage;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The fields of a database. */
final class AddOnFields {

    private AddOnFields() {}

    static Map<String, DataFetcher<?>> all() {
        Map<String, DataFetcher<?>> fields = new HashMap<>();
        fields.put("id", from(DatabaseRecord.class, database -> database.id().value()));
        fields.put("name", from(DatabaseRecord.class, DatabaseRecord::name));
        fields.put("organization", from(DatabaseRecord.class, DatabaseRecord::organization));
        fields.put(
                "primaryRegion",
                from(DatabaseRecord.class, database -> database.primaryRegion().code()));
        fields.put(
                "readRegions",
                from(
                        DatabaseRecord.class,
                        database -> database.readRegions().stream()
                                .map(Region::code)
                                .toList()));
        fields.put("addOnPlan", from(DatabaseRecord.class, DatabaseRecord::plan));
        fields.put(
                "addOnPlanName",
                from(DatabaseRecord.class, database -> database.plan().name()));
        fields.put("addOnProvider", from(DatabaseRecord.class, database -> ProviderFields.PROVIDER));
        fields.put(
                "options",
                from(DatabaseRecord.class, database -> database.options().toMap()));
        fields.put("metadata", from(DatabaseRecord.class, DatabaseRecord::metadata));
        fields.put(
                "password",
                from(DatabaseRecord.class, database -> database.password().reveal()));
        fields.put(
                "createdAt",
                from(DatabaseRecord.class, database -> database.createdAt().toString()));
        fields.put(
                "updatedAt",
                from(DatabaseRecord.class, database -> database.updatedAt().toString()));
        fields.put("status", constant(DatabaseRecord.STATUS));
        fields.put("errorMessage", constant(null));
        fields.put("publicUrl", seen((addresses, call) -> Addresses.text(addresses.single())));
        fields.put("hostname", seen((addresses, call) -> addresses.single().host()));
        fields.put("privateIp", seen((addresses, call) -> addresses.single().host()));
        fields.put(
                "environment",
                seen((addresses, call) -> addresses.environment(call.plane().routing())));
        fields.put("stats", from(DatabaseRecord.class, AddOnFields::stats));
        fields.put("ssoLink", constant(null));
        fields.put("app", constant(null));
        fields.put("apps", emptyConnection());
        return fields;
    }

    /** A field that depends on where the caller stands. */
    private static DataFetcher<Object> seen(BiFunction<Addresses, ApiCall, Object> read) {
        return environment -> {
            DatabaseRecord database = Wiring.source(environment);
            ApiCall call = ApiCall.of(environment);
            try {
                return read.apply(new Addresses(database, call.vantage()), call);
            } catch (IllegalStateException deletedMeanwhile) {
                return null;
            }
        };
    }

    private static @Nullable Object stats(DatabaseRecord database) {
        Optional<Usage> now;
        try {
            now = database.running().usage();
        } catch (IllegalStateException | RedisUnavailableException deletedMeanwhile) {
            return null;
        }
        return now.<Object>map(usage -> Map.of(
                        "data_size_bytes", usage.dataBytes(),
                        "keys", usage.keys(),
                        "connections", usage.connections(),
                        "daily_commands", usage.commandsToday(),
                        "daily_bandwidth_bytes", usage.bandwidthBytesToday()))
                .orElse(null);
    }
}
