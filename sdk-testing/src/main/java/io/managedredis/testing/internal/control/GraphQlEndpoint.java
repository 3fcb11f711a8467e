package io.managedredis.testing.internal.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.managedredis.Region;
import io.managedredis.error.InvalidRequestException;
import io.managedredis.testing.Vantage;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests to {@code /graphql}, and to {@code /from/REGION/graphql} as to a client in that region. Thread safe; an
 * answer takes as long as the operation does.
 */
final class GraphQlEndpoint {

    private static final Pattern PATH = Pattern.compile("(?:/from/([^/]+))?/graphql");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final ControlPlane plane;

    GraphQlEndpoint(ControlPlane plane) {
        this.plane = plane;
    }

    /**
     * A request, as far as answers depend on it.
     *
     * @param method GET, POST and so on
     * @param path without the query
     * @param authorization the header of that name
     * @param contentType the header of that name
     * @param body the body
     */
    record Request(
            String method,
            String path,
            @Nullable String authorization,
            @Nullable String contentType,
            byte[] body) {}

    HttpAnswer answer(Request request) {
        Matcher path = PATH.matcher(request.path());
        if (!path.matches()) {
            return HttpAnswer.error(
                    HttpResponseStatus.NOT_FOUND,
                    "NOT_FOUND",
                    "Nothing is served here; the API is at /graphql and /from/REGION/graphql");
        }
        Optional<Vantage> vantage = vantage(path.group(1));
        if (vantage.isEmpty()) {
            return HttpAnswer.error(
                    HttpResponseStatus.NOT_FOUND, "NOT_FOUND", "There is no region '" + path.group(1) + "'");
        }
        if (!request.method().equals("POST")) {
            return HttpAnswer.error(
                    HttpResponseStatus.METHOD_NOT_ALLOWED,
                    "METHOD_NOT_ALLOWED",
                    "Send a POST with a JSON body",
                    Map.of("Allow", "POST"));
        }
        Optional<Organization> caller = plane.accounts().authenticate(request.authorization());
        if (caller.isEmpty()) {
            return HttpAnswer.error(
                    HttpResponseStatus.UNAUTHORIZED,
                    "UNAUTHORIZED",
                    "You must be authenticated to view this.",
                    Map.of("WWW-Authenticate", "Bearer"));
        }
        if (!isJson(request.contentType())) {
            return HttpAnswer.error(
                    HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE,
                    "UNSUPPORTED_MEDIA_TYPE",
                    "The Content-Type must be application/json");
        }
        return execute(new ApiCall(plane, caller.get(), vantage.get()), request.body());
    }

    private static HttpAnswer execute(ApiCall call, byte[] body) {
        JsonNode request;
        try {
            request = JSON.readTree(body);
        } catch (JsonProcessingException malformed) {
            return malformed("The body is not JSON: " + malformed.getOriginalMessage());
        } catch (IOException unreadable) {
            return malformed("The body is not JSON");
        }
        if (request == null || !request.path("query").isTextual()) {
            return malformed("The body must be a JSON object with the text field 'query'");
        }
        JsonNode variables = request.path("variables");
        JsonNode operationName = request.path("operationName");
        if (!absent(variables) && !variables.isObject()) {
            return malformed("The field 'variables' must be an object");
        }
        if (!absent(operationName) && !operationName.isTextual()) {
            return malformed("The field 'operationName' must be text");
        }
        return HttpAnswer.json(GraphQlEngine.shared()
                .execute(
                        call,
                        request.path("query").textValue(),
                        absent(variables) ? Map.of() : JSON.convertValue(variables, OBJECT),
                        operationName.textValue()));
    }

    private Optional<Vantage> vantage(@Nullable String code) {
        if (code == null) {
            return Optional.of(Vantage.beside());
        }
        try {
            Region region = Region.of(code);
            return plane.regions().find(region).map(entry -> Vantage.from(entry.region()));
        } catch (InvalidRequestException malformed) {
            return Optional.empty();
        }
    }

    private static boolean isJson(@Nullable String contentType) {
        return contentType != null
                && contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("application/json");
    }

    private static boolean absent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static HttpAnswer malformed(String why) {
        return HttpAnswer.error(HttpResponseStatus.BAD_REQUEST, "BAD_REQUEST", why);
    }
}
