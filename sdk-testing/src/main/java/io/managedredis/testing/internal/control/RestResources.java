package io.managedredis.testing.internal.control;

import io.managedredis.testing.internal.catalog.RegionCatalog;
import io.managedredis.testing.internal.control.ApiEndpoint.Resource;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The little that newer versions of the provider's command-line client read as plain JSON from other services of the provider
 * before they turn to the API: organizations and regions.
 */
final class RestResources {

    private static final String ORGANIZATIONS = "/api/v1/organizations";
    private static final String REGIONS = "/v1/platform/regions";

    private RestResources() {}

    static Optional<Resource> at(String path) {
        if (path.equals(ORGANIZATIONS)) {
            return Optional.of(new Get(
                    call -> HttpAnswer.json(Map.of("organizations", List.of(organization(call.caller()))))));
        }
        if (path.equals(REGIONS)) {
            return Optional.of(new Get(RestResources::regions));
        }
        if (path.startsWith(ORGANIZATIONS + "/")) {
            String slug = path.substring(ORGANIZATIONS.length() + 1);
            return Optional.of(new Get(call -> call.caller().slug().equals(slug)
                    ? HttpAnswer.json(Map.of("organization", organization(call.caller())))
                    : HttpAnswer.error(HttpResponseStatus.NOT_FOUND, "NOT_FOUND", "Could not find Organization")));
        }
        return Optional.empty();
    }

    private static Map<String, Object> organization(Organization organization) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", organization.id());
        fields.put("internal_numeric_id", organization.number());
        fields.put("slug", organization.slug());
        fields.put("raw_slug", organization.slug());
        fields.put("name", organization.slug());
        fields.put("personal", organization.personal());
        fields.put("paid_plan", true);
        fields.put("billable", true);
        fields.put("billing_status", "CURRENT");
        fields.put("provisions_beta_extensions", false);
        return fields;
    }

    private static HttpAnswer regions(ApiCall call) {
        List<Map<String, Object>> regions =
                call.plane().regions().all().stream().map(RestResources::region).toList();
        return HttpAnswer.json(Map.of(
                "Regions",
                regions,
                "Nearest",
                PlatformFields.nearestRegion(call).region().code()));
    }

    private static Map<String, Object> region(RegionCatalog.Entry entry) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("code", entry.region().code());
        fields.put("name", entry.name());
        fields.put("latitude", entry.latitude());
        fields.put("longitude", entry.longitude());
        fields.put("gateway_available", !entry.retired());
        fields.put("requires_paid_plan", false);
        fields.put("deprecated", entry.retired());
        return fields;
    }

    private record Get(Function<ApiCall, HttpAnswer> read) implements Resource {

        @Override
        public String method() {
            return "GET";
        }

        @Override
        public Optional<HttpAnswer> answer(ApiCall call, Request request) {
            return Optional.of(read.apply(call));
        }
    }
}
