package io.managedredis.testing.internal.control;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.analysis.MaxQueryDepthInstrumentation;
import graphql.execution.DataFetcherExceptionHandler;
import graphql.execution.DataFetcherExceptionHandlerParameters;
import graphql.execution.DataFetcherExceptionHandlerResult;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import io.managedredis.error.ManagedRedisException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs GraphQL documents. Built at the first use and shared by all services of the JVM, because it holds no state. */
final class GraphQlEngine {

    private static final Logger log = LoggerFactory.getLogger(GraphQlEngine.class);
    private static final String RESOURCE = "schema.graphqls";
    private static final int MAX_DEPTH = 24;

    private final GraphQL graphQl;

    private GraphQlEngine(GraphQL graphQl) {
        this.graphQl = graphQl;
    }

    static GraphQlEngine shared() {
        return Shared.ENGINE;
    }

    /** The answer to a document in the shape it has on the wire. */
    Map<String, Object> execute(
            ApiCall call, String document, Map<String, Object> variables, @Nullable String operationName) {
        ExecutionResult result = graphQl.execute(ExecutionInput.newExecutionInput(document)
                .variables(variables)
                .operationName(operationName)
                .graphQLContext(Map.of(ApiCall.class, call))
                .build());
        Map<String, Object> answer = new LinkedHashMap<>();
        if (!result.getErrors().isEmpty()) {
            answer.put(
                    "errors",
                    result.getErrors().stream().map(GraphQlEngine::wire).toList());
        }
        if (result.isDataPresent()) {
            answer.put("data", result.getData());
        }
        return answer;
    }

    static GraphQLSchema schema() {
        RuntimeWiring.Builder wiring = RuntimeWiring.newRuntimeWiring();
        Scalars.ALL.forEach(wiring::scalar);
        Wiring.addTo(wiring);
        return new SchemaGenerator().makeExecutableSchema(new SchemaParser().parse(sdl()), wiring.build());
    }

    static String sdl() {
        try (InputStream in = GraphQlEngine.class.getResourceAsStream(RESOURCE)) {
            return new String(Objects.requireNonNull(in, RESOURCE).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + RESOURCE, unreadable);
        }
    }

    private static Map<String, Object> wire(GraphQLError error) {
        Map<String, Object> wire = new LinkedHashMap<>();
        wire.put("message", error.getMessage());
        if (error.getLocations() != null && !error.getLocations().isEmpty()) {
            wire.put(
                    "locations",
                    error.getLocations().stream()
                            .map(location -> Map.of("line", location.getLine(), "column", location.getColumn()))
                            .toList());
        }
        if (error.getPath() != null) {
            wire.put("path", error.getPath());
        }
        Object code =
                error.getExtensions() == null ? null : error.getExtensions().get("code");
        wire.put("extensions", Map.of("code", code == null ? "UNPROCESSABLE" : code));
        return wire;
    }

    private static final class Shared {

        static final GraphQlEngine ENGINE = new GraphQlEngine(GraphQL.newGraphQL(schema())
                .defaultDataFetcherExceptionHandler(new ErrorsAsCodes())
                .instrumentation(new MaxQueryDepthInstrumentation(MAX_DEPTH))
                .build());
    }

    /** Says what was refused and why; of what went wrong inside says only that it did. */
    private static final class ErrorsAsCodes implements DataFetcherExceptionHandler {

        @Override
        public CompletableFuture<DataFetcherExceptionHandlerResult> handleException(
                DataFetcherExceptionHandlerParameters parameters) {
            Throwable failure = parameters.getException();
            String message;
            String code;
            if (failure instanceof Refusal refusal) {
                message = refusal.getMessage();
                code = refusal.code().wire();
            } else {
                log.error("{} failed", parameters.getPath(), failure);
                // The SDK's own errors say what to do; others may say anything.
                message = failure instanceof ManagedRedisException
                        ? failure.getMessage()
                        : "Something went wrong on our side";
                code = "SERVER_ERROR";
            }
            GraphQLError error = GraphqlErrorBuilder.newError(parameters.getDataFetchingEnvironment())
                    .message("%s", message)
                    .extensions(Map.of("code", code))
                    .build();
            return CompletableFuture.completedFuture(
                    DataFetcherExceptionHandlerResult.newResult(error).build());
        }
    }
}
