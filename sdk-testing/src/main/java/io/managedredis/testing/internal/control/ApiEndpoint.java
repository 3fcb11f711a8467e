package io.managedredis.testing.internal.control;

import io.managedredis.Region;
import io.managedredis.Secret;
import io.managedredis.error.InvalidRequestException;
import io.managedredis.testing.Vantage;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Leads requests to what answers them. Each resource is served twice: at its path as to a client beside the service, and at
 * {@code /from/REGION} with its path as to a client in that region. Thread safe.
 */
final class ApiEndpoint {

    private static final Pattern PATH = Pattern.compile("(?:/from/([^/]+))?(/.*)");

    private final ControlPlane plane;
    private final Resource graphQl = new GraphQlResource();
    private final Site site;

    ApiEndpoint(ControlPlane plane, Site site) {
        this.plane = plane;
        this.site = site;
    }

    /** Something that is served at a path. */
    interface Resource {

        /** The one method it understands. */
        String method();

        /**
         * The answer, or nothing when it is lost and the connection is to be closed.
         *
         * @throws Rejected when the request is not one that it understands
         */
        Optional<HttpAnswer> answer(ApiCall call, Request request);
    }

    /** The answer, or nothing when it is lost and the connection is to be closed. */
    Optional<HttpAnswer> answer(Request request) {
        if (site.serves(request.path())) {
            return Optional.of(site.answer(request));
        }
        try {
            Matcher path = PATH.matcher(request.path());
            if (!path.matches()) {
                throw nothingHere();
            }
            Resource resource = resource(path.group(2));
            Vantage vantage = vantage(path.group(1));
            if (!request.method().equals(resource.method())) {
                throw new Rejected(HttpAnswer.error(
                        HttpResponseStatus.METHOD_NOT_ALLOWED,
                        "METHOD_NOT_ALLOWED",
                        "Send a " + resource.method(),
                        Map.of("Allow", resource.method())));
            }
            return resource.answer(new ApiCall(plane, caller(request), vantage), request);
        } catch (Rejected rejected) {
            return Optional.of(rejected.answer);
        }
    }

    private Resource resource(String path) {
        if (path.equals("/graphql")) {
            return graphQl;
        }
        return RestResources.at(path).orElseThrow(ApiEndpoint::nothingHere);
    }

    private Vantage vantage(@Nullable String code) {
        if (code == null) {
            return Vantage.beside();
        }
        try {
            return Vantage.from(plane.regions().get(Region.of(code)).region());
        } catch (InvalidRequestException unknown) {
            throw new Rejected(
                    HttpAnswer.error(HttpResponseStatus.NOT_FOUND, "NOT_FOUND", "There is no region '" + code + "'"));
        }
    }

    private Organization caller(Request request) {
        return plane.accounts()
                .authenticate(request.header("Authorization").map(Secret::of).orElse(null))
                .orElseThrow(() -> new Rejected(HttpAnswer.error(
                        HttpResponseStatus.UNAUTHORIZED,
                        "UNAUTHORIZED",
                        "You must be authenticated to view this.",
                        Map.of("WWW-Authenticate", "Bearer"))));
    }

    private static Rejected nothingHere() {
        return new Rejected(HttpAnswer.error(
                HttpResponseStatus.NOT_FOUND,
                "NOT_FOUND",
                "Nothing is served here; the API is at /graphql and /from/REGION/graphql"));
    }

    /** Ends the way of a request early. */
    static final class Rejected extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient HttpAnswer answer;

        Rejected(HttpAnswer answer) {
            super(null, null, false, false);
            this.answer = answer;
        }
    }
}
