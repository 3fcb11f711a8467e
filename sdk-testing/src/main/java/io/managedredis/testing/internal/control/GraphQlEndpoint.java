package io.managedredis.testing.internal.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.managedredis.Region;
import io.managedredis.error.InvalidRequestException;
import io.managedredis.testing.Vantage;
import io.managedredis.testing.fault.ApiError;
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

    /** The answer, or nothing when it is lost and the connection is to be closed. */
    Optional<HttpAnswer> answer(Request request) {
        try {
            Vantage vantage = vantage(request);
            Organization caller = caller(request);
            return execute(new ApiCall(plane, caller, vantage), Operation.read(request));
        } catch (Rejected rejected) {
            return Optional.of(rejected.answer);
        }
    }

    private Optional<HttpAnswer> execute(ApiCall call, Operation operation) {
        Optional<ApiError> error = plane.faults().error(operation.document(), operation.name());
        if (error.isPresent()) {
            return error.map(HttpAnswer::fault);
        }
        HttpAnswer answer = HttpAnswer.json(
                GraphQlEngine.shared().execute(call, operation.document(), operation.variables(), operation.name()));
        return plane.faults().losesAnswer(operation.document(), operation.name())
                ? Optional.empty()
                : Optional.of(answer);
    }

    private Vantage vantage(Request request) {
        Matcher path = PATH.matcher(request.path());
        if (!path.matches()) {
            throw new Rejected(HttpAnswer.error(
                    HttpResponseStatus.NOT_FOUND,
                    "NOT_FOUND",
                    "Nothing is served here; the API is at /graphql and /from/REGION/graphql"));
        }
        String code = path.group(1);
        return code == null ? Vantage.beside() : Vantage.from(region(code));
    }

    private Region region(String code) {
        try {
            return plane.regions().get(Region.of(code)).region();
        } catch (InvalidRequestException unknown) {
            throw new Rejected(
                    HttpAnswer.error(HttpResponseStatus.NOT_FOUND, "NOT_FOUND", "There is no region '" + code + "'"));
        }
    }

    private Organization caller(Request request) {
        if (!request.method().equals("POST")) {
            throw new Rejected(HttpAnswer.error(
                    HttpResponseStatus.METHOD_NOT_ALLOWED,
                    "METHOD_NOT_ALLOWED",
                    "Send a POST with a JSON body",
                    Map.of("Allow", "POST")));
        }
        return plane.accounts()
                .authenticate(request.authorization())
                .orElseThrow(() -> new Rejected(HttpAnswer.error(
                        HttpResponseStatus.UNAUTHORIZED,
                        "UNAUTHORIZED",
                        "You must be authenticated to view this.",
                        Map.of("WWW-Authenticate", "Bearer"))));
    }

    /** What the body asks for. */
    private record Operation(
            String document,
            Map<String, Object> variables,
            @Nullable String name) {

        static Operation read(Request request) {
            if (!isJson(request.contentType())) {
                throw new Rejected(HttpAnswer.error(
                        HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE,
                        "UNSUPPORTED_MEDIA_TYPE",
                        "The Content-Type must be application/json"));
            }
            JsonNode body = json(request.body());
            JsonNode document = body.path("query");
            JsonNode variables = body.path("variables");
            JsonNode name = body.path("operationName");
            if (!document.isTextual()) {
                throw malformed("The body must be a JSON object with the text field 'query'");
            }
            if (!absent(variables) && !variables.isObject()) {
                throw malformed("The field 'variables' must be an object");
            }
            if (!absent(name) && !name.isTextual()) {
                throw malformed("The field 'operationName' must be text");
            }
            return new Operation(
                    document.textValue(),
                    absent(variables) ? Map.of() : JSON.convertValue(variables, OBJECT),
                    name.textValue());
        }

        private static JsonNode json(byte[] body) {
            try {
                return JSON.readTree(body);
            } catch (JsonProcessingException malformed) {
                throw malformed("The body is not JSON: " + malformed.getOriginalMessage());
            } catch (IOException unreadable) {
                throw malformed("The body is not JSON");
            }
        }
    }

    private static boolean isJson(@Nullable String contentType) {
        return contentType != null
                && contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("application/json");
    }

    private static boolean absent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static Rejected malformed(String why) {
        return new Rejected(HttpAnswer.error(HttpResponseStatus.BAD_REQUEST, "BAD_REQUEST", why));
    }

    /** Ends the way of a request early. */
    private static final class Rejected extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient HttpAnswer answer;

        Rejected(HttpAnswer answer) {
            super(null, null, false, false);
            this.answer = answer;
        }
    }
}
