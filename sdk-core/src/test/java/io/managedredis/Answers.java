package io.managedredis;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Answers of the provider, as JSON. */
final class Answers {

    static final String PASSWORD = "0123456789abcdef0123456789abcdef";

    private Answers() {}

    /** A database in the making of a test; each method gives a changed copy. */
    record AddOn(
            String id,
            String name,
            String plan,
            String primary,
            String readRegions,
            String status,
            String options,
            String environment,
            String publicUrl,
            String createdAt) {

        static AddOn named(String name) {
            return new AddOn(
                    "id-" + name,
                    name,
                    "plan-200",
                    "mad",
                    "\"ams\"",
                    "\"ready\"",
                    "{\"eviction\":true}",
                    "null",
                    "\"redis://default:" + PASSWORD + "@fly-" + name + ".upstash.io:6379\"",
                    "2026-11-23T12:00:00Z");
        }

        AddOn status(String value) {
            return new AddOn(id, name, plan, primary, readRegions, value, options, environment, publicUrl, createdAt);
        }

        AddOn options(String value) {
            return new AddOn(id, name, plan, primary, readRegions, status, value, environment, publicUrl, createdAt);
        }

        AddOn environment(String value) {
            return new AddOn(id, name, plan, primary, readRegions, status, options, value, publicUrl, createdAt);
        }

        AddOn publicUrl(String value) {
            return new AddOn(id, name, plan, primary, readRegions, status, options, environment, value, createdAt);
        }

        AddOn readRegions(String... codes) {
            String list = Arrays.stream(codes).map(code -> '"' + code + '"').collect(Collectors.joining(","));
            return new AddOn(id, name, plan, primary, list, status, options, environment, publicUrl, createdAt);
        }

        AddOn primary(String code) {
            return new AddOn(id, name, plan, code, readRegions, status, options, environment, publicUrl, createdAt);
        }

        AddOn plan(String planId) {
            return new AddOn(
                    id, name, planId, primary, readRegions, status, options, environment, publicUrl, createdAt);
        }

        AddOn createdAt(String time) {
            return new AddOn(id, name, plan, primary, readRegions, status, options, environment, publicUrl, time);
        }

        String json() {
            return """
                    {"id":"%s","name":"%s","organization":{"slug":"acme"},"addOnProvider":{"name":"upstash_redis"},
                    "addOnPlan":{"id":"%s","name":"%s","displayName":"%s"},"primaryRegion":"%s","readRegions":[%s],
                    "status":%s,"errorMessage":null,"options":%s,"environment":%s,"publicUrl":%s,
                    "createdAt":"%s","updatedAt":"%s","somethingNew":{"a":[1]}}""".formatted(
                            id,
                            name,
                            plan,
                            plan,
                            planName(plan),
                            primary,
                            readRegions,
                            status,
                            options,
                            environment,
                            publicUrl,
                            createdAt,
                            createdAt);
        }

        String found() {
            return "{\"addOn\":" + json() + "}";
        }

        String created() {
            return "{\"createAddOn\":{\"addOn\":" + json() + "}}";
        }

        String updated() {
            return "{\"updateAddOn\":{\"addOn\":" + json() + "}}";
        }
    }

    static String absent() {
        return "{\"addOn\":null}";
    }

    static String organizations(String... slugs) {
        return connection(
                "organizations",
                Arrays.stream(slugs)
                        .map(slug -> "{\"id\":\"org-" + slug + "\",\"slug\":\"" + slug + "\",\"name\":\"" + slug
                                + "\",\"type\":\"" + (slug.equals("personal") ? "PERSONAL" : "SHARED")
                                + "\",\"paidPlan\":true}")
                        .collect(Collectors.joining(",")));
    }

    static String regions(String... codes) {
        return "{\"platform\":{\"regions\":["
                + Arrays.stream(codes)
                        .map(code -> "{\"code\":\"" + code + "\",\"name\":\"" + code
                                + " city\",\"latitude\":1.5,\"longitude\":-2.5,\"gatewayAvailable\":true,"
                                + "\"requiresPaidPlan\":false,\"deprecated\":" + code.equals("mad") + "}")
                        .collect(Collectors.joining(","))
                + "]},\"addOnProvider\":{\"excludedRegions\":[{\"code\":\"nrt\"}]}}";
    }

    static String plans() {
        return connection(
                "addOnPlans",
                plan("plan-free", "Free", "\"100 MB\"", "10000") + ","
                        + plan("plan-200", "200MB", "\"200 MB\"", "null") + ","
                        + plan("plan-500", "500MB", "\"500 MB\"", "null"));
    }

    static String page(String field, String nodes, String endCursor) {
        return "{\"" + field + "\":{\"nodes\":[" + nodes + "],\"pageInfo\":{\"hasNextPage\":" + (endCursor != null)
                + ",\"endCursor\":" + (endCursor == null ? "null" : '"' + endCursor + '"') + "}}}";
    }

    private static String connection(String field, String nodes) {
        return page(field, nodes, null);
    }

    private static String plan(String id, String name, String data, String daily) {
        return "{\"id\":\"" + id + "\",\"name\":\"" + id + "\",\"displayName\":\"" + name
                + "\",\"description\":null,\"maxDataSize\":" + data
                + ",\"maxConcurrentConnections\":300,\"maxCommandsPerSec\":300,\"maxDailyCommands\":" + daily
                + ",\"maxDailyBandwidth\":\"10GB\",\"maxRequestSize\":null,\"pricePerMonth\":1000}";
    }

    private static String planName(String id) {
        return switch (id) {
            case "plan-free" -> "Free";
            case "plan-200" -> "200MB";
            case "plan-500" -> "500MB";
            default -> id;
        };
    }
}
