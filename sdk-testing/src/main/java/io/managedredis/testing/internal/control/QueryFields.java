package io.managedredis.testing.internal.control;

import static io.managedredis.testing.internal.control.Wiring.constant;
import static io.managedredis.testing.internal.control.Wiring.text;
import static io.managedredis.testing.internal.control.Wiring.window;

import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import io.managedredis.PlanId;
import io.managedredis.testing.internal.catalog.Plan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What can be asked. */
final class QueryFields {

    private QueryFields() {}

    static Map<String, DataFetcher<?>> all() {
        Map<String, DataFetcher<?>> fields = new HashMap<>();
        fields.put("addOn", QueryFields::addOn);
        fields.put(
                "addOns",
                environment -> OrganizationFields.addOns(
                        environment, ApiCall.of(environment).caller()));
        fields.put("addOnPlans", QueryFields::plans);
        fields.put("addOnProvider", QueryFields::provider);
        fields.put("app", environment -> {
            throw Refusal.notFound("App");
        });
        fields.put("currentUser", environment -> ApiCall.of(environment).caller());
        fields.put("viewer", environment -> ApiCall.of(environment).caller());
        fields.put("userOnlyToken", constant(false));
        fields.put("nearestRegion", environment -> PlatformFields.nearestRegion(ApiCall.of(environment)));
        fields.put("platform", constant(PlatformFields.PLATFORM));
        fields.put("organization", QueryFields::organization);
        fields.put("organizations", OrganizationFields::organizations);
        fields.put(
                "personalOrganization", environment -> ApiCall.of(environment).caller());
        fields.put("node", environment -> node(ApiCall.of(environment), Wiring.required(environment, "id")));
        fields.put("nodes", QueryFields::nodes);
        return fields;
    }

    /**
     * The database that a client means: by identifier, or by name. People give an identifier where a name is asked for, and
     * clients pass it on, so that is looked for last.
     */
    static DatabaseRecord database(
            ApiCall call, @Nullable String id, @Nullable String name, @Nullable String provider) {
        if (provider != null && !ProviderFields.NAMES.contains(provider)) {
            throw Refusal.notFound("AddOn");
        }
        DatabaseRegistry databases = call.plane().databases();
        Optional<DatabaseRecord> found;
        if (id != null) {
            found = databases.find(call.caller(), id);
        } else if (name != null) {
            found = databases.findByName(call.caller(), name).or(() -> databases.find(call.caller(), name));
        } else {
            throw Refusal.invalid("Either an id or a name must be given");
        }
        return found.orElseThrow(() -> Refusal.notFound("AddOn"));
    }

    private static Object addOn(DataFetchingEnvironment environment) {
        return database(
                ApiCall.of(environment),
                text(environment, "id"),
                text(environment, "name"),
                text(environment, "provider"));
    }

    private static Object plans(DataFetchingEnvironment environment) {
        ControlPlane plane = ApiCall.of(environment).plane();
        String type = environment.getArgument("type");
        List<Plan> plans = type == null || ProviderFields.NAMES.contains(type)
                ? plane.plans().all()
                : List.of();
        return plane.connections().page(plans, plan -> plane.plans().all().indexOf(plan), window(environment));
    }

    private static Object provider(DataFetchingEnvironment environment) {
        if (!ProviderFields.NAMES.contains(environment.<String>getArgument("name"))) {
            throw Refusal.notFound("AddOnProvider");
        }
        return ProviderFields.PROVIDER;
    }

    private static Object organization(DataFetchingEnvironment environment) {
        Organization caller = ApiCall.of(environment).caller();
        String id = text(environment, "id");
        String slug = text(environment, "slug");
        String name = text(environment, "name");
        boolean meant = id != null
                ? id.equals(caller.id())
                : slug != null ? slug.equals(caller.slug()) : caller.slug().equals(name);
        if (!meant) {
            throw Refusal.notFound("Organization");
        }
        return caller;
    }

    private static Object nodes(DataFetchingEnvironment environment) {
        ApiCall call = ApiCall.of(environment);
        return Wiring.<List<String>>required(environment, "ids").stream()
                .map(id -> node(call, id))
                .toList();
    }

    private static Object node(ApiCall call, String id) {
        Optional<Object> database =
                call.plane().databases().find(call.caller(), id).map(found -> found);
        return database.or(() ->
                        id.isBlank() ? Optional.empty() : call.plane().plans().find(PlanId.of(id)))
                .or(() ->
                        Optional.of(call.caller()).filter(caller -> caller.id().equals(id)))
                .orElseThrow(() -> Refusal.notFound("Node"));
    }
}
