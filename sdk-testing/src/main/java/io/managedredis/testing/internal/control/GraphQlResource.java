package io.managedredis.testing.internal.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.managedredis.testing.fault.ApiError;
import io.managedredis.testing.internal.control.ApiEndpoint.Rejected;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Carries out GraphQL documents that come as JSON. Thread safe; an answer takes as long as the operation does. */
final class GraphQlResource implements ApiEndpoint.Resource {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    @Override
    public String method() {
        return "POST";
    }

    @Override
    public Optional<HttpAnswer> answer(ApiCall call, Request request) {
        Operation operation = Operation.read(request);
        ApiFaults faults = call.plane().faults();
        Optional<ApiError> error = faults.error(operation.document(), operation.name());
        if (error.isPresent()) {
            return error.map(HttpAnswer::fault);
        }
        HttpAnswer answer = HttpAnswer.json(
                GraphQlEngine.shared().execute(call, operation.document(), operation.variables(), operation.name()));
        return faults.losesAnswer(operation.document(), operation.name()) ? Optional.empty() : Optional.of(answer);
    }

    /** What the body asks for. */
    private record Operation(
            String document,
            Map<String, Object> variables,
            @Nullable String name) {

        static Operation read(Request request) {
            if (!request.isJson()) {
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

    private static boolean absent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static Rejected malformed(String why) {
        return new Rejected(HttpAnswer.error(HttpResponseStatus.BAD_REQUEST, "BAD_REQUEST", why));
    }
}
