package io.managedredis.internal.fly;

import com.fasterxml.jackson.databind.JsonNode;
import io.managedredis.error.AuthenticationException;
import io.managedredis.error.ConflictException;
import io.managedredis.error.ErrorDetails;
import io.managedredis.error.InvalidRequestException;
import io.managedredis.error.ManagedRedisException;
import io.managedredis.error.NotFoundException;
import io.managedredis.error.PermissionDeniedException;
import io.managedredis.error.ProtocolException;
import io.managedredis.error.QuotaExceededException;
import io.managedredis.error.RateLimitedException;
import io.managedredis.error.UnavailableException;
import io.managedredis.internal.async.Call;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** Says what went wrong with a request, from what came back in its place. */
final class FailureClassifier {

    private static final String TOKEN_HELP =
            "Give one to the client's builder, or set FLY_ACCESS_TOKEN or FLY_API_TOKEN, or"
                    + " log in with the provider's command line, which keeps it in ~/.fly/config.yml";
    private static final int READ = 16_384;
    /** The words of the provider's messages, and the fields of the builder that they are about; the first that fits counts. */
    private static final List<String> FIELDS = List.of(
            "name",
            "plan",
            "read region:readRegions",
            "replica:readRegions",
            "region:primaryRegion",
            "organization",
            "option:options");

    private final URI uri;
    private final Redactor redactor;

    FailureClassifier(URI uri, Redactor redactor) {
        this.uri = uri;
        this.redactor = redactor;
    }

    /** No answer came. */
    AttemptFailure ofTransport(Call call, Throwable failure) {
        ErrorDetails details = call.details();
        String reason = reasonOf(failure);
        if (neverSent(failure)) {
            return AttemptFailure.unreached(new UnavailableException(
                    "the provider's API at " + shownUri() + " cannot be reached: " + reason
                            + ". Check the network and the base URL",
                    details,
                    failure));
        }
        if (failure instanceof HttpTimeoutException && call.remaining().compareTo(Duration.ofMillis(1)) <= 0) {
            return AttemptFailure.lost(call.deadlineExceeded(null), null);
        }
        return AttemptFailure.lost(
                new UnavailableException(
                        "the provider's API at " + shownUri() + " gave no whole answer: " + reason, details, failure),
                null);
    }

    /** An answer came with a status other than 200. */
    AttemptFailure ofStatus(
            Call call, int status, byte[] body, @Nullable String requestId, @Nullable Duration retryAfter) {
        ErrorDetails details = call.details().withAnswer(status, codeIn(body), requestId);
        String said = "the provider answered HTTP " + status + said(body);
        return switch (status) {
            case 401 -> AttemptFailure.refused(authentication(said, details));
            case 402 -> AttemptFailure.refused(new QuotaExceededException(said, details, null));
            case 403 -> AttemptFailure.refused(permission(said, details));
            case 404 ->
                AttemptFailure.refused(
                        new NotFoundException(said + ". Check that the base URL is the provider's API", details, null));
            case 409 -> AttemptFailure.refused(new ConflictException(said, details, null));
            case 400, 422 ->
                AttemptFailure.refused(
                        new InvalidRequestException(fieldOf(said), said, "what the provider's message says", details));
            case 429 -> AttemptFailure.busy(rateLimited(said, retryAfter, details), retryAfter);
            default -> {
                if (status >= 500 || status == 408) {
                    yield AttemptFailure.lost(new UnavailableException(said, details, null), retryAfter);
                }
                yield AttemptFailure.senseless(protocol(said, details));
            }
        };
    }

    /** An answer came with status 200 that is not what was asked for. */
    AttemptFailure ofShape(Call call, String problem, byte[] body, @Nullable String requestId) {
        String shown = body.length == 0 ? "" : said(body);
        return AttemptFailure.senseless(protocol(problem + shown, call.details().withAnswer(200, null, requestId)));
    }

    /** An answer came that lists errors. */
    AttemptFailure ofErrors(Call call, JsonNode errors, @Nullable String requestId) {
        JsonNode first = errors.path(0);
        String code = Json.textOrNull(first.path("extensions"), "code");
        String message = Json.textOrNull(first, "message");
        ErrorDetails details = call.details().withAnswer(200, code == null ? null : redactor.clean(code), requestId);
        String said =
                "the provider says: " + (message == null ? "an error without a message" : redactor.clean(message));
        String kind = code == null ? "" : code.toUpperCase(Locale.ROOT);
        if (Words.TAKEN.matcher(said).find()) {
            return AttemptFailure.refused(new ConflictException(said + ". Choose another name", details, null));
        }
        return switch (kind) {
            case "UNAUTHORIZED", "UNAUTHENTICATED" -> AttemptFailure.refused(authentication(said, details));
            case "FORBIDDEN", "PERMISSION_DENIED" -> AttemptFailure.refused(permission(said, details));
            case "NOT_FOUND" -> AttemptFailure.refused(new NotFoundException(said, details, null));
            case "CONFLICT" -> AttemptFailure.refused(new ConflictException(said, details, null));
            case "RATE_LIMITED", "TOO_MANY_REQUESTS", "THROTTLED" ->
                AttemptFailure.busy(rateLimited(said, null, details), null);
            case "SERVER_ERROR", "INTERNAL_SERVER_ERROR", "INTERNAL_ERROR", "UNAVAILABLE", "TIMEOUT" ->
                AttemptFailure.lost(new UnavailableException(said, details, null), null);
            default ->
                AttemptFailure.refused(
                        Words.QUOTA.matcher(said).find()
                                ? new QuotaExceededException(said, details, null)
                                : new InvalidRequestException(
                                        fieldOf(said), said, "what the provider's message says", details));
        };
    }

    private static boolean neverSent(Throwable failure) {
        return failure instanceof ConnectException
                || failure instanceof HttpConnectTimeoutException
                || failure instanceof UnknownHostException
                || failure instanceof SSLHandshakeException
                || failure.getCause() instanceof UnresolvedAddressException
                || failure.getCause() instanceof ConnectException;
    }

    private String reasonOf(Throwable failure) {
        if (failure instanceof ConnectException && failure.getMessage() == null) {
            return "the connection was refused or the host is not known";
        }
        String message = failure.getMessage();
        return redactor.clean(failure.getClass().getSimpleName() + (message == null ? "" : ": " + message));
    }

    private static AuthenticationException authentication(String said, ErrorDetails details) {
        return new AuthenticationException(
                said + ". The token is wrong, has expired, or is for another provider. " + TOKEN_HELP, details, null);
    }

    private static PermissionDeniedException permission(String said, ErrorDetails details) {
        return new PermissionDeniedException(
                said + ". The token does not allow this: use one of an organization that may", details, null);
    }

    private static ManagedRedisException rateLimited(String said, @Nullable Duration retryAfter, ErrorDetails details) {
        return new RateLimitedException(
                said + (retryAfter == null ? ". Try again later" : ". Try again in " + retryAfter),
                retryAfter,
                details,
                null);
    }

    private static ProtocolException protocol(String problem, ErrorDetails details) {
        return new ProtocolException(problem + ". Check that the base URL is the provider's API", details, null);
    }

    /** The code of the first error where an answer with a status of its own lists errors all the same. */
    private @Nullable String codeIn(byte[] body) {
        JsonNode tree = Json.read(body);
        String code = tree == null
                ? null
                : Json.textOrNull(tree.path("errors").path(0).path("extensions"), "code");
        return code == null ? null : redactor.clean(code);
    }

    /** What an answer says in words, without markup. */
    private String said(byte[] body) {
        String text = new String(body, 0, Math.min(body.length, READ), StandardCharsets.UTF_8);
        if (body.length > READ) {
            // A secret that is cut in two could no longer be recognized.
            text = text.substring(0, Math.max(text.lastIndexOf(' '), text.lastIndexOf('\n')) + 1);
        }
        String clean = redactor.clean(Words.MARKUP.matcher(text).replaceAll(" "));
        return clean.isEmpty() ? ", without a word" : ": " + clean;
    }

    /** The provider's identifier of the request, which is for people to pass on. */
    @Nullable
    String requestId(HttpHeaders headers) {
        return headers.firstValue("fly-request-id").map(redactor::clean).orElse(null);
    }

    private String shownUri() {
        return redactor.clean(uri.toString());
    }

    private static String fieldOf(String said) {
        String lower = said.toLowerCase(Locale.ROOT);
        return FIELDS.stream()
                .map(entry -> entry.split(":", 2))
                .filter(entry -> lower.contains(entry[0]))
                .map(entry -> entry[entry.length - 1])
                .findFirst()
                .orElse("request");
    }

    /** What answers are searched for; compiled at the first failure, so that a good start does not pay for it. */
    private static final class Words {

        static final Pattern MARKUP = Pattern.compile("(?s)<(script|style).*?</\\1>|<[^>]*>");
        static final Pattern TAKEN = Pattern.compile("(?i)already (been )?taken|already exists|already in use");
        static final Pattern QUOTA = Pattern.compile(
                "(?i)\\bquota\\b|limit (has been |was )?(reached|exceeded)|reached the limit|credit card|payment|billing");
    }
}
