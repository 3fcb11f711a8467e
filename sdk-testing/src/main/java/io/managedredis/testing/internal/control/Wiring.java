package io.managedredis.testing.internal.control;

import graphql.TypeResolutionEnvironment;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLObjectType;
import graphql.schema.idl.RuntimeWiring;
import io.managedredis.testing.internal.catalog.Plan;
import io.managedredis.testing.internal.control.Connections.Edge;
import io.managedredis.testing.internal.control.Connections.Page;
import io.managedredis.testing.internal.control.Connections.Window;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Says where each field of the schema comes from. Written out field by field: nothing is found by reflection. */
final class Wiring {

    private Wiring() {}

    static void addTo(RuntimeWiring.Builder wiring) {
        Map<String, Map<String, DataFetcher<?>>> types = new LinkedHashMap<>();
        types.put("Queries", QueryFields.all());
        types.put("Mutations", MutationFields.all());
        types.put("AddOn", AddOnFields.all());
        types.put("AddOnPlan", PlanFields.all());
        types.put("AddOnProvider", ProviderFields.all());
        types.put("FlyPlatform", PlatformFields.platform());
        types.put("Region", PlatformFields.region());
        types.put("Organization", OrganizationFields.organization());
        types.put("User", OrganizationFields.user());
        types.put("PageInfo", pageInfo());
        for (String node : List.of("AddOn", "AddOnPlan", "App", "Organization", "LimitedAccessToken")) {
            types.put(node + "Connection", connection());
            types.put(node + "Edge", edge());
        }
        types.forEach((type, fields) -> wiring.type(type, builder -> {
            fields.forEach((field, fetcher) -> builder.dataFetcher(field, fetcher));
            return builder;
        }));
        wiring.type("Node", builder -> builder.typeResolver(Wiring::typeOfNode));
        wiring.type("Principal", builder -> builder.typeResolver(environment -> type(environment, "User")));
    }

    /** The fetcher of a field that can be read off its object alone. */
    static <S> DataFetcher<Object> from(Class<S> type, Function<S, @Nullable Object> read) {
        return environment -> read.apply(type.cast(source(environment)));
    }

    /** The object that a field is read off. */
    static <S> S source(DataFetchingEnvironment environment) {
        return Objects.requireNonNull(environment.<S>getSource(), "source");
    }

    /** A text argument; null when it is left out or, as some clients do in its place, empty. */
    static @Nullable String text(DataFetchingEnvironment environment, String argument) {
        return blankToNull(environment.getArgument(argument));
    }

    static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    /** An argument that the schema does not allow to be left out. */
    static <A> A required(DataFetchingEnvironment environment, String argument) {
        return Objects.requireNonNull(environment.<A>getArgument(argument), argument);
    }

    static DataFetcher<Object> constant(@Nullable Object value) {
        return environment -> value;
    }

    static Window window(DataFetchingEnvironment environment) {
        return new Window(
                environment.getArgument("first"),
                environment.getArgument("last"),
                text(environment, "after"),
                text(environment, "before"));
    }

    /** The fetcher of a connection in which there is never anything. */
    static DataFetcher<Object> emptyConnection() {
        return environment ->
                ApiCall.of(environment).plane().connections().page(List.of(), item -> 0, window(environment));
    }

    private static Map<String, DataFetcher<?>> connection() {
        return Map.of(
                "edges", ofPage(Page::edges),
                "nodes", ofPage(Page::nodes),
                "pageInfo", ofPage(page -> page),
                "totalCount", ofPage(Page::total));
    }

    private static Map<String, DataFetcher<?>> edge() {
        return Map.of("cursor", ofEdge(Edge::cursor), "node", ofEdge(Edge::node));
    }

    private static Map<String, DataFetcher<?>> pageInfo() {
        return Map.of(
                "startCursor", ofPage(Page::startCursor),
                "endCursor", ofPage(Page::endCursor),
                "hasNextPage", ofPage(Page::hasNext),
                "hasPreviousPage", ofPage(Page::hasPrevious));
    }

    private static DataFetcher<Object> ofPage(Function<Page<?>, @Nullable Object> read) {
        return environment -> read.apply(source(environment));
    }

    private static DataFetcher<Object> ofEdge(Function<Edge<?>, @Nullable Object> read) {
        return environment -> read.apply(source(environment));
    }

    private static GraphQLObjectType typeOfNode(TypeResolutionEnvironment environment) {
        Object node = environment.getObject();
        if (node instanceof DatabaseRecord) {
            return type(environment, "AddOn");
        } else if (node instanceof Plan) {
            return type(environment, "AddOnPlan");
        }
        return type(environment, "Organization");
    }

    private static GraphQLObjectType type(TypeResolutionEnvironment environment, String name) {
        return environment.getSchema().getObjectType(name);
    }
}
