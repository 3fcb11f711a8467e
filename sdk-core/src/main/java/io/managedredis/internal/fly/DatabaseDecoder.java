package io.managedredis.internal.fly;

import com.fasterxml.jackson.databind.JsonNode;
import io.managedredis.Database;
import io.managedredis.DatabaseId;
import io.managedredis.DatabaseOptions;
import io.managedredis.DatabaseStatus;
import io.managedredis.Endpoints;
import io.managedredis.PlanId;
import io.managedredis.RedisUrl;
import io.managedredis.Region;
import io.managedredis.error.ManagedRedisException;
import io.managedredis.internal.EnvironmentEndpoints;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a database of an add-on. */
final class DatabaseDecoder {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseDecoder.class);

    private final Redactor redactor;

    DatabaseDecoder(Redactor redactor) {
        this.redactor = redactor;
    }

    /** Whether the add-on is a Redis of the provider this client manages, and not another product. */
    static boolean isRedis(JsonNode addOn) {
        String provider = Json.textOrNull(addOn.path("addOnProvider"), "name");
        return provider == null || provider.equals(FlyProvisioningApi.PROVIDER);
    }

    Database decode(JsonNode addOn) {
        String name = Json.text(addOn, "name");
        Region primaryRegion = region(Json.text(addOn, "primaryRegion"));
        JsonNode plan = addOn.path("addOnPlan");
        String planId = Json.textOrNull(plan, "id");
        String planName = Json.textOrNull(plan, "displayName");
        String errorMessage = Json.textOrNull(addOn, "errorMessage");
        String status = Json.textOrNull(addOn, "status");
        return new Database(
                DatabaseId.of(Json.text(addOn, "id")),
                name,
                Json.text(Json.child(addOn, "organization"), "slug"),
                planId == null ? null : PlanId.of(planId),
                planName == null ? Json.textOrNull(plan, "name") : planName,
                primaryRegion,
                regions(addOn.path("readRegions")),
                status == null ? DatabaseStatus.UNKNOWN : DatabaseStatus.of(status),
                errorMessage == null || errorMessage.isBlank() ? null : redactor.clean(errorMessage),
                new DatabaseOptions(Json.values(addOn.path("options"))),
                endpoints(name, primaryRegion, addOn),
                time(Json.text(addOn, "createdAt")),
                time(Json.text(addOn, "updatedAt")));
    }

    private static List<Region> regions(JsonNode codes) {
        List<Region> regions = new ArrayList<>();
        codes.forEach(code -> regions.add(region(code.asText())));
        return regions;
    }

    private static Region region(String code) {
        try {
            return Region.of(code);
        } catch (ManagedRedisException malformed) {
            throw new Json.ShapeException("'" + code + "' is not a region");
        }
    }

    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException malformed) {
            throw new Json.ShapeException("'" + text + "' is not a time");
        }
    }

    /** Where the database is reached; null while there is no address that can be read, so that one database does not spoil a list. */
    private static @Nullable Endpoints endpoints(String name, Region primaryRegion, JsonNode addOn) {
        try {
            Endpoints byRegion = EnvironmentEndpoints.byRegion(variables(addOn.path("environment")), primaryRegion)
                    .orElse(null);
            if (byRegion != null) {
                return byRegion;
            }
            String url = Json.textOrNull(addOn, "publicUrl");
            return url == null || url.isBlank() ? null : new Endpoints.ByPlatform(RedisUrl.parse(url));
        } catch (ManagedRedisException unreadable) {
            LOG.warn("The address of database {} cannot be used: {}", name, unreadable.getMessage());
            return null;
        }
    }

    private static Map<String, String> variables(JsonNode environment) {
        Map<String, String> variables = new LinkedHashMap<>();
        environment.properties().forEach(variable -> {
            if (variable.getValue().isTextual()) {
                variables.put(variable.getKey(), variable.getValue().textValue());
            }
        });
        return variables;
    }
}
