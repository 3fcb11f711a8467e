package io.managedredis.internal.fly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.managedredis.Database;
import io.managedredis.DatabaseId;
import io.managedredis.DatabaseStatistics;
import io.managedredis.Organization;
import io.managedredis.Plan;
import io.managedredis.Region;
import io.managedredis.RegionInfo;
import io.managedredis.error.ManagedRedisException;
import io.managedredis.error.NotFoundException;
import io.managedredis.internal.async.Call;
import io.managedredis.internal.async.Timing;
import io.managedredis.internal.port.DatabaseChange;
import io.managedredis.internal.port.NewDatabase;
import io.managedredis.internal.port.Page;
import io.managedredis.internal.port.ProvisioningApi;
import java.net.http.HttpClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The port over the provider's GraphQL interface. Safe for use by several threads. */
public final class FlyProvisioningApi implements ProvisioningApi {

    /** The provider's name for managed Redis, which other add-ons do not have. */
    static final String PROVIDER = "upstash_redis";

    private static final int CATALOGUE_PAGE = 100;

    private final GraphQlClient client;
    private final DatabaseDecoder databases;
    private final ServerClock clock;

    /**
     * Talks to the provider.
     *
     * @param http sends the requests; not closed here
     * @param settings how
     * @param random chance for the waits
     * @param timing the passing of time
     */
    public FlyProvisioningApi(HttpClient http, FlySettings settings, RandomGenerator random, Timing timing) {
        Redactor redactor = new Redactor(settings.token());
        HttpTransport transport = new HttpTransport(http, settings);
        this.clock = new ServerClock(timing);
        this.databases = new DatabaseDecoder(redactor);
        this.client = new GraphQlClient(
                transport,
                new FailureClassifier(transport.uri(), redactor),
                new RequestRetry(settings.retry(), random),
                new RequestGate(settings.circuitBreaker(), settings.rateLimit(), timing),
                clock);
    }

    @Override
    public CompletionStage<Optional<Database>> get(Call call, DatabaseId id) {
        ObjectNode variables = Json.object().put("id", id.value());
        return absentWhenNotFound(client.execute(call, GraphQlOperation.GET_DATABASE, variables, this::addOn));
    }

    @Override
    public CompletionStage<Optional<Database>> find(Call call, String name) {
        ObjectNode variables = Json.object().put("name", name).put("provider", PROVIDER);
        return absentWhenNotFound(client.execute(call, GraphQlOperation.FIND_DATABASE, variables, this::addOn));
    }

    @Override
    public CompletionStage<Page<Database>> list(
            Call call, @Nullable String organization, int size, @Nullable String cursor) {
        ObjectNode variables = page(size, cursor);
        if (organization == null) {
            return client.execute(
                    call, GraphQlOperation.LIST_DATABASES, variables, data -> databases(data, "addOns", cursor));
        }
        variables.put("slug", organization);
        return client.execute(call, GraphQlOperation.LIST_ORGANIZATION_DATABASES, variables, data -> {
            JsonNode node = data.path("organization");
            if (node.isNull()) {
                throw AttemptFailure.refused(new NotFoundException(
                        "there is no organization '" + organization + "' that the token shows", call.details(), null));
            }
            return databases(node, "addOns", cursor);
        });
    }

    @Override
    public CompletionStage<Database> create(Call call, NewDatabase database) {
        ObjectNode input = Json.object();
        input.put("type", PROVIDER);
        input.put("name", database.name());
        input.put("organizationId", database.organizationId());
        input.put("primaryRegion", database.primaryRegion().code());
        input.set("readRegions", codes(database.readRegions()));
        if (database.planId() != null) {
            input.put("planId", database.planId().value());
        }
        input.set("options", Json.tree(database.options().values()));
        return mutate(call, GraphQlOperation.CREATE_DATABASE, input, data -> changed(data, "createAddOn"));
    }

    @Override
    public CompletionStage<Database> update(Call call, DatabaseChange change) {
        ObjectNode input = Json.object().put("addOnId", change.id().value());
        if (change.planId() != null) {
            input.put("planId", change.planId().value());
        }
        if (change.readRegions() != null) {
            input.set("readRegions", codes(change.readRegions()));
        }
        if (change.options() != null) {
            input.set("options", Json.tree(change.options().values()));
        }
        if (change.prodPack() != null) {
            input.put("prodPack", change.prodPack());
        }
        CompletableFuture<Database> updated =
                mutate(call, GraphQlOperation.UPDATE_DATABASE, input, data -> changed(data, "updateAddOn"));
        return updated.exceptionallyCompose(thrown -> isUnchanged(thrown)
                ? get(call, change.id()).thenApply(found -> found.orElseThrow(() -> gone(call, change.id())))
                : CompletableFuture.failedFuture(thrown));
    }

    @Override
    public CompletionStage<Boolean> delete(Call call, DatabaseId id) {
        ObjectNode input = Json.object().put("addOnId", id.value());
        CompletableFuture<Optional<Boolean>> deleted =
                mutate(call, GraphQlOperation.DELETE_DATABASE, input, data -> Optional.of(data.has("deleteAddOn")));
        return absentWhenNotFound(deleted).thenApply(answer -> answer.orElse(false));
    }

    @Override
    public CompletionStage<Database> resetPassword(Call call, String name) {
        ObjectNode input = Json.object().put("name", name);
        return mutate(call, GraphQlOperation.RESET_PASSWORD, input, data -> changed(data, "resetAddOnPassword"));
    }

    @Override
    public CompletionStage<Optional<DatabaseStatistics>> statistics(Call call, DatabaseId id) {
        ObjectNode variables = Json.object().put("id", id.value());
        return absentWhenNotFound(client.execute(call, GraphQlOperation.GET_STATISTICS, variables, data -> {
            JsonNode addOn = data.path("addOn");
            return addOn.isObject() && DatabaseDecoder.isRedis(addOn)
                    ? Optional.of(new DatabaseStatistics(Json.values(addOn.path("stats"))))
                    : Optional.empty();
        }));
    }

    @Override
    public CompletionStage<List<Plan>> plans(Call call) {
        return all(call, GraphQlOperation.LIST_PLANS, "addOnPlans", CatalogDecoder::plan, new ArrayList<>(), null);
    }

    @Override
    public CompletionStage<List<RegionInfo>> regions(Call call) {
        ObjectNode variables = Json.object().put("provider", PROVIDER);
        return client.execute(call, GraphQlOperation.LIST_REGIONS, variables, CatalogDecoder::regions);
    }

    @Override
    public CompletionStage<Region> nearestRegion(Call call) {
        return client.execute(
                call,
                GraphQlOperation.NEAREST_REGION,
                Json.object(),
                data -> Region.of(Json.text(Json.child(data, "nearestRegion"), "code")));
    }

    @Override
    public CompletionStage<List<Organization>> organizations(Call call) {
        return all(
                call,
                GraphQlOperation.LIST_ORGANIZATIONS,
                "organizations",
                CatalogDecoder::organization,
                new ArrayList<>(),
                null);
    }

    @Override
    public Optional<Instant> serverTime() {
        return clock.now();
    }

    private <T> CompletableFuture<T> mutate(
            Call call, GraphQlOperation operation, ObjectNode input, Function<JsonNode, T> decoder) {
        ObjectNode variables = Json.object();
        variables.set("input", input);
        return client.execute(call, operation, variables, decoder);
    }

    private Database changed(JsonNode data, String field) {
        return databases.decode(Json.child(Json.child(data, field), "addOn"));
    }

    private Optional<Database> addOn(JsonNode data) {
        JsonNode addOn = data.path("addOn");
        return addOn.isObject() && DatabaseDecoder.isRedis(addOn)
                ? Optional.of(databases.decode(addOn))
                : Optional.empty();
    }

    private Page<Database> databases(JsonNode parent, String field, @Nullable String cursor) {
        return connection(parent, field, cursor, databases::decode);
    }

    private <T> CompletableFuture<List<T>> all(
            Call call,
            GraphQlOperation operation,
            String field,
            Function<JsonNode, T> decoder,
            List<T> soFar,
            @Nullable String cursor) {
        return client.execute(
                        call, operation, page(CATALOGUE_PAGE, cursor), data -> connection(data, field, cursor, decoder))
                .thenCompose(page -> {
                    soFar.addAll(page.items());
                    return page.nextCursor() == null
                            ? CompletableFuture.completedFuture(List.copyOf(soFar))
                            : all(call, operation, field, decoder, soFar, page.nextCursor());
                });
    }

    private static <T> Page<T> connection(
            JsonNode parent, String field, @Nullable String cursor, Function<JsonNode, T> decoder) {
        JsonNode connection = Json.child(parent, field);
        List<T> items = new ArrayList<>();
        for (JsonNode node : connection.path("nodes")) {
            if (node.isObject()) {
                items.add(decoder.apply(node));
            }
        }
        JsonNode info = Json.child(connection, "pageInfo");
        if (!Json.flag(info, "hasNextPage")) {
            return new Page<>(items, null);
        }
        String next = Json.text(info, "endCursor");
        if (next.equals(cursor)) {
            throw new Json.ShapeException("'endCursor' does not move on");
        }
        return new Page<>(items, next);
    }

    /** No such object is an answer to a question; a wrong address is not. */
    private static <T> CompletableFuture<Optional<T>> absentWhenNotFound(CompletableFuture<Optional<T>> answer) {
        return answer.exceptionallyCompose(thrown -> {
                    if (Call.unwrap(thrown) instanceof NotFoundException absent
                            && Integer.valueOf(200).equals(absent.details().status())) {
                        return CompletableFuture.completedFuture(Optional.empty());
                    }
                    return CompletableFuture.failedFuture(thrown);
                })
                .toCompletableFuture();
    }

    /** The provider says so where the database is what was asked for already. */
    private static boolean isUnchanged(Throwable thrown) {
        return Call.unwrap(thrown) instanceof ManagedRedisException error
                && "UNCHANGED".equalsIgnoreCase(error.details().code());
    }

    private static NotFoundException gone(Call call, DatabaseId id) {
        return new NotFoundException(
                "the database with the id '" + id + "' is gone since it was changed", call.details(), null);
    }

    private static ObjectNode page(int size, @Nullable String cursor) {
        ObjectNode variables = Json.object().put("first", size);
        if (cursor != null) {
            variables.put("after", cursor);
        }
        return variables;
    }

    private static ArrayNode codes(List<Region> regions) {
        ArrayNode codes = Json.object().arrayNode();
        regions.forEach(region -> codes.add(region.code()));
        return codes;
    }
}
