package io.managedredis.testing.internal.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.managedredis.Secret;
import io.managedredis.error.InvalidRequestException;
import io.managedredis.testing.fault.Fault;
import io.managedredis.testing.internal.catalog.RegionCatalog;
import io.managedredis.testing.internal.control.DatabaseRegistry;
import io.managedredis.testing.internal.control.FaultBoard;
import io.managedredis.testing.internal.control.FaultBoard.Starter;
import io.managedredis.testing.internal.control.HttpAnswer;
import io.managedredis.testing.internal.control.Request;
import io.managedredis.testing.internal.control.Site;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The page: its files, which anybody may read and which say nothing, and behind a key what they show and do.
 *
 * <table>
 * <caption>What is served</caption>
 * <tr><td>GET /, GET /page/FILE<td>the files
 * <tr><td>GET /page/catalog<td>what never changes: regions, kinds of faults
 * <tr><td>GET /page/state<td>databases and faults as they are now
 * <tr><td>POST /page/faults<td>starts a fault
 * <tr><td>DELETE /page/faults/NUMBER<td>ends a fault that the page started
 * </table>
 */
public final class Page implements Site {

    private static final String FOLDER = "/page/";
    private static final Pattern ONE_FAULT = Pattern.compile("/page/faults/(\\d{1,18})");
    private static final int MAX_BODY = 8 * 1024;
    private static final int MAX_FAULTS = 100;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** What browsers are told about every answer: nothing from elsewhere, in no frame, kept nowhere. */
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                    + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
                    + "require-trusted-types-for 'script'",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cache-Control",
            "no-store");

    private final PageKey key;
    private final DatabaseRegistry databases;
    private final FaultBoard board;
    private final Catalog catalog;
    private final StateView state;

    /** A page that opens with this key. */
    public Page(Secret key, DatabaseRegistry databases, FaultBoard board, boolean limitsEnforced) {
        this.key = new PageKey(key);
        this.databases = databases;
        this.board = board;
        this.catalog = new Catalog(RegionCatalog.bundled());
        this.state = new StateView(databases, board, limitsEnforced);
    }

    @Override
    public boolean serves(String path) {
        return path.equals("/") || path.startsWith(FOLDER);
    }

    @Override
    public HttpAnswer answer(Request request) {
        return reply(request).with(HEADERS);
    }

    private HttpAnswer reply(Request request) {
        Optional<String> foreign = SameOrigin.whyHostIsForeign(request);
        if (foreign.isPresent()) {
            return HttpAnswer.error(HttpResponseStatus.MISDIRECTED_REQUEST, "FORBIDDEN", foreign.get());
        }
        Optional<PageFile> file = PageFile.at(request.path());
        if (file.isPresent()) {
            return request.method().equals("GET") ? file.get().answer() : notAllowed("GET");
        }
        Optional<String> crossSite = SameOrigin.whyCrossSite(request);
        if (crossSite.isPresent()) {
            return HttpAnswer.error(HttpResponseStatus.FORBIDDEN, "FORBIDDEN", crossSite.get());
        }
        if (!key.opens(request)) {
            return HttpAnswer.error(
                    HttpResponseStatus.UNAUTHORIZED,
                    "UNAUTHORIZED",
                    "The page's key is missing or wrong",
                    Map.of("WWW-Authenticate", "Bearer"));
        }
        Matcher oneFault = ONE_FAULT.matcher(request.path());
        if (oneFault.matches()) {
            return request.method().equals("DELETE") ? end(Long.parseLong(oneFault.group(1))) : notAllowed("DELETE");
        }
        return switch (request.path()) {
            case "/page/catalog" ->
                request.method().equals("GET") ? HttpAnswer.json(catalog.toMap()) : notAllowed("GET");
            case "/page/state" -> request.method().equals("GET") ? HttpAnswer.json(state.toMap()) : notAllowed("GET");
            case "/page/faults" -> request.method().equals("POST") ? start(request) : notAllowed("POST");
            default -> HttpAnswer.error(HttpResponseStatus.NOT_FOUND, "NOT_FOUND", "The page has nothing at this path");
        };
    }

    private HttpAnswer start(Request request) {
        if (!request.isJson()) {
            return HttpAnswer.error(
                    HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE,
                    "UNSUPPORTED_MEDIA_TYPE",
                    "The Content-Type must be application/json");
        }
        if (request.body().length > MAX_BODY) {
            return HttpAnswer.error(
                    HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
                    "BAD_REQUEST",
                    "The body is larger than " + MAX_BODY + " bytes");
        }
        if (board.on().size() >= MAX_FAULTS) {
            return HttpAnswer.error(
                    HttpResponseStatus.CONFLICT,
                    "CONFLICT",
                    MAX_FAULTS + " faults are on, which is the most; end some of them first");
        }
        Fault fault;
        try {
            fault = FaultKind.read(new FaultForm(JSON.readTree(request.body()), RegionCatalog.bundled(), databases));
        } catch (InvalidRequestException wrong) {
            return badRequest(wrong.getMessage());
        } catch (JsonProcessingException malformed) {
            return badRequest("The body is not JSON: " + malformed.getOriginalMessage());
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        }
        FaultBoard.Entry started = board.start(fault, Starter.PAGE);
        boolean lasts = started.lasts().getAsBoolean();
        if (!lasts) {
            started.active().close();
        }
        return HttpAnswer.json(Map.of("number", started.number(), "lasts", lasts));
    }

    private HttpAnswer end(long number) {
        Optional<FaultBoard.Entry> found = board.find(number);
        if (found.isEmpty()) {
            return HttpAnswer.error(HttpResponseStatus.NOT_FOUND, "NOT_FOUND", "This fault is over already");
        }
        if (found.get().starter() != Starter.PAGE) {
            return HttpAnswer.error(
                    HttpResponseStatus.CONFLICT,
                    "CONFLICT",
                    "This fault was started from code, which counts on it; it is ended there");
        }
        found.get().active().close();
        return HttpAnswer.json(Map.of("number", number, "lasts", false));
    }

    private static HttpAnswer badRequest(@Nullable String why) {
        return HttpAnswer.error(HttpResponseStatus.BAD_REQUEST, "BAD_REQUEST", String.valueOf(why));
    }

    private static HttpAnswer notAllowed(String method) {
        return HttpAnswer.error(
                HttpResponseStatus.METHOD_NOT_ALLOWED,
                "METHOD_NOT_ALLOWED",
                "Send a " + method,
                Map.of("Allow", method));
    }
}
