package io.managedredis.internal.port;

import io.managedredis.Database;
import io.managedredis.DatabaseId;
import io.managedredis.DatabaseStatistics;
import io.managedredis.Organization;
import io.managedredis.Plan;
import io.managedredis.Region;
import io.managedredis.RegionInfo;
import io.managedredis.internal.async.Call;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The provider, as the client needs it. One method is one request, retried where a repetition cannot do harm; failures are
 * the errors of {@code io.managedredis.error}. A change whose answer is lost fails with {@code UnknownOutcomeException}: the
 * caller looks. Safe for use by several threads.
 */
public interface ProvisioningApi {

    /** The database with this identifier. */
    CompletionStage<Optional<Database>> get(Call call, DatabaseId id);

    /** The database with this name. */
    CompletionStage<Optional<Database>> find(Call call, String name);

    /**
     * Some of the databases.
     *
     * @param organization the short name of the organization whose databases are meant, or null for all
     * @param size how many at most; the provider may give fewer
     * @param cursor where the page before ended, or null for the first
     */
    CompletionStage<Page<Database>> list(Call call, @Nullable String organization, int size, @Nullable String cursor);

    /** Creates a database. */
    CompletionStage<Database> create(Call call, NewDatabase database);

    /** Changes a database. */
    CompletionStage<Database> update(Call call, DatabaseChange change);

    /** Deletes a database; false when there is none. */
    CompletionStage<Boolean> delete(Call call, DatabaseId id);

    /** Gives the database a new password; the provider knows databases by name here. */
    CompletionStage<Database> resetPassword(Call call, String name);

    /** What the provider counts of a database. */
    CompletionStage<Optional<DatabaseStatistics>> statistics(Call call, DatabaseId id);

    /** Every plan that the provider shows. */
    CompletionStage<List<Plan>> plans(Call call);

    /** Every region that the provider shows. */
    CompletionStage<List<RegionInfo>> regions(Call call);

    /** The region nearest to this process, by the provider's judgement. */
    CompletionStage<Region> nearestRegion(Call call);

    /** Every organization that the token shows. */
    CompletionStage<List<Organization>> organizations(Call call);

    /** The time by the provider's clock, as its last answer tells it to the second; empty before the first answer. */
    Optional<Instant> serverTime();
}
