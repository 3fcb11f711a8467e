package io.managedredis.testing.internal.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.managedredis.DatabaseId;
import io.managedredis.Region;
import io.managedredis.error.InvalidRequestException;
import io.managedredis.testing.internal.catalog.RegionCatalog;
import io.managedredis.testing.internal.control.DatabaseRegistry;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A fault as the page describes it, read field by field; each reader says what is wrong with its field. */
final class FaultForm {

    private final JsonNode fields;
    private final RegionCatalog regions;
    private final DatabaseRegistry databases;

    /**
     * Reads from this.
     *
     * @throws InvalidRequestException when it is no object
     */
    FaultForm(@Nullable JsonNode fields, RegionCatalog regions, DatabaseRegistry databases) {
        if (fields == null || !fields.isObject()) {
            throw new InvalidRequestException("fault", "the body is no JSON object", "an object with the field 'kind'");
        }
        this.fields = fields;
        this.regions = regions;
        this.databases = databases;
    }

    /** Refuses fields other than these: one that is misspelled would otherwise be a wider fault than was meant. */
    void requireOnly(Set<String> names) {
        fields.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                throw new InvalidRequestException(
                        "fault",
                        "there is no field '" + name + "' here",
                        names.stream().sorted().collect(Collectors.joining(", ")));
            }
        });
    }

    /** A region of the catalogue; null for all. */
    @Nullable
    Region region() {
        String code = text("region");
        if (code == null) {
            return null;
        }
        return regions.get(Region.of(code)).region();
    }

    /** A database that there is; null for all. */
    @Nullable
    DatabaseId database() {
        String id = text("database");
        if (id == null) {
            return null;
        }
        return databases.all().stream()
                .map(record -> record.id())
                .filter(known -> known.value().equals(id))
                .findFirst()
                .orElseThrow(() -> new InvalidRequestException(
                        "database", "there is no database with the identifier '" + id + "'", "one that is listed"));
    }

    /** A duration in milliseconds. */
    Duration millis(Parameter parameter) {
        Integer millis = number(parameter);
        return Duration.ofMillis(millis == null ? 0 : millis);
    }

    /** A whole number within the parameter's bounds; null when there is none. */
    @Nullable
    Integer number(Parameter parameter) {
        JsonNode value = fields.path(parameter.name());
        if (isAbsent(value)) {
            return null;
        }
        if (!value.isIntegralNumber()
                || !value.canConvertToInt()
                || value.intValue() < parameter.min()
                || value.intValue() > parameter.max()) {
            throw new InvalidRequestException(
                    parameter.name(),
                    "this is not possible as '" + parameter.name() + "'",
                    "a whole number from " + parameter.min() + " to " + parameter.max());
        }
        return value.intValue();
    }

    /** Some text, not blank; null when there is none. */
    @Nullable
    String text(String name) {
        JsonNode value = fields.path(name);
        if (isAbsent(value) || value.isTextual() && value.textValue().isBlank()) {
            return null;
        }
        if (!value.isTextual() || value.textValue().length() > Parameter.LONGEST_TEXT) {
            throw new InvalidRequestException(
                    name,
                    "this is not possible as '" + name + "'",
                    "text of at most " + Parameter.LONGEST_TEXT + " characters");
        }
        return value.textValue();
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }
}
