package io.managedredis.testing.internal.control;

import static io.managedredis.testing.internal.control.Wiring.constant;
import static io.managedredis.testing.internal.control.Wiring.emptyConnection;
import static io.managedredis.testing.internal.control.Wiring.from;
import static io.managedredis.testing.internal.control.Wiring.window;

import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The fields of an organization, and of the user that a token stands for: one for each organization. */
final class OrganizationFields {

    private OrganizationFields() {}

    static Map<String, DataFetcher<?>> organization() {
        Map<String, DataFetcher<?>> fields = new HashMap<>();
        fields.put("id", from(Organization.class, Organization::id));
        fields.put("slug", from(Organization.class, Organization::slug));
        fields.put("rawSlug", from(Organization.class, Organization::slug));
        fields.put("name", from(Organization.class, Organization::slug));
        fields.put("type", from(Organization.class, organization -> organization.personal() ? "PERSONAL" : "SHARED"));
        fields.put("internalNumericId", from(Organization.class, Organization::number));
        fields.put("viewerRole", constant("admin"));
        fields.put("billingStatus", constant("CURRENT"));
        fields.put("trust", constant("HIGH"));
        fields.put("billable", constant(true));
        fields.put("paidPlan", constant(true));
        fields.put("isCreditCardSaved", constant(false));
        fields.put("highRisk", constant(false));
        fields.put("provisionsBetaExtensions", constant(false));
        fields.put("agreedToProviderTos", constant(true));
        fields.put("settings", constant(Map.of()));
        fields.put("remoteBuilderImage", constant(""));
        for (String nothing : List.of(
                "activeDiscountName",
                "addOnSsoLink",
                "extensionSsoLink",
                "paidSupportEmail",
                "remoteBuilderApp",
                "trialEndedAt",
                "trialStartedAt")) {
            fields.put(nothing, constant(null));
        }
        fields.put("limitedAccessTokens", emptyConnection());
        fields.put("addOns", environment -> addOns(environment, Wiring.<Organization>source(environment)));
        return fields;
    }

    static Map<String, DataFetcher<?>> user() {
        Map<String, DataFetcher<?>> fields = new HashMap<>();
        fields.put("id", from(Organization.class, Organization::id));
        fields.put("internalNumericId", from(Organization.class, Organization::number));
        fields.put("name", from(Organization.class, Organization::slug));
        fields.put("username", from(Organization.class, Organization::slug));
        fields.put("email", from(Organization.class, organization -> organization.slug() + "@example.invalid"));
        fields.put("avatarUrl", constant(""));
        fields.put(
                "createdAt",
                environment -> ApiCall.of(environment).plane().clock().instant().toString());
        fields.put("emailVerified", constant(true));
        fields.put("enablePaidHobby", constant(false));
        fields.put("agreedToProviderTos", constant(true));
        fields.put("twoFactorProtection", constant(false));
        fields.put("hasNodeproxyApps", constant(false));
        fields.put("highRisk", constant(false));
        fields.put("trustScore", constant(null));
        fields.put("lastRegion", PlatformFields::requestRegion);
        fields.put("featureFlags", constant(List.of()));
        fields.put("trust", constant("HIGH"));
        fields.put("personalOrganization", from(Organization.class, organization -> organization));
        fields.put("organizations", OrganizationFields::organizations);
        return fields;
    }

    /** The organizations that the caller sees: its own. */
    static Object organizations(DataFetchingEnvironment environment) {
        ApiCall call = ApiCall.of(environment);
        Object type = environment.getArguments().get("type");
        boolean wanted = type == null || type.equals(call.caller().personal() ? "PERSONAL" : "SHARED");
        return call.plane()
                .connections()
                .page(wanted ? List.of(call.caller()) : List.of(), Organization::number, window(environment));
    }

    /** The databases of an organization; other types of add-ons are not here. */
    static Object addOns(DataFetchingEnvironment environment, Organization owner) {
        ControlPlane plane = ApiCall.of(environment).plane();
        String type = environment.getArgument("type");
        boolean wanted = type == null || ProviderFields.NAMES.contains(type);
        return plane.connections()
                .page(
                        wanted ? plane.databases().list(owner) : List.of(),
                        DatabaseRecord::sequence,
                        window(environment));
    }
}
