package io.managedredis.examples.cli;

import io.managedredis.Database;
import io.managedredis.Eviction;
import io.managedredis.Region;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A database in JSON. Names and types stay; more may be added.
 *
 * @param id the provider's identifier
 * @param name its name
 * @param organization the short name of its organization
 * @param plan the name of its plan, or null where the provider does not say
 * @param primaryRegion the code of its primary region
 * @param readRegions the codes of its read regions
 * @param status the provider's word, in lower case
 * @param eviction whether keys are dropped when it is full
 * @param autoUpgrade whether it moves to a larger plan when it is full
 * @param prodPack whether the production features are on
 * @param privateUrl its address, the password redacted unless asked for; null while there is none
 * @param createdAt when it was created, in ISO 8601
 * @param updatedAt when it was changed last, in ISO 8601
 */
record DatabaseJson(
        String id,
        String name,
        String organization,
        @Nullable String plan,
        String primaryRegion,
        List<String> readRegions,
        String status,
        boolean eviction,
        boolean autoUpgrade,
        boolean prodPack,
        @Nullable String privateUrl,
        String createdAt,
        String updatedAt) {

    static DatabaseJson of(Database database, @Nullable String url) {
        return new DatabaseJson(
                database.id().value(),
                database.name(),
                database.organization(),
                database.planName(),
                database.primaryRegion().code(),
                database.readRegions().stream().map(Region::code).toList(),
                database.status().value(),
                database.eviction() == Eviction.ENABLED,
                database.options().autoUpgrade(),
                database.options().prodPack(),
                url,
                database.createdAt().toString(),
                database.updatedAt().toString());
    }
}
