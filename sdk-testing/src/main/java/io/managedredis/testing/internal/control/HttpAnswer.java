package io.managedredis.testing.internal.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.managedredis.testing.fault.ApiError;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What goes back over HTTP.
 *
 * @param status the status line
 * @param headers headers beside those that every answer has
 * @param contentType what the body is
 * @param body the body
 */
public record HttpAnswer(HttpResponseStatus status, Map<String, String> headers, String contentType, byte[] body) {

    private static final String JSON_TYPE = "application/json; charset=utf-8";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** This as JSON. */
    public static HttpAnswer json(Map<String, Object> body) {
        return new HttpAnswer(HttpResponseStatus.OK, Map.of(), JSON_TYPE, write(body));
    }

    /** The same with more headers; a header that it has keeps its value. */
    public HttpAnswer with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(more);
        all.putAll(headers);
        return new HttpAnswer(status, all, contentType, body);
    }

    /** An error in the shape that the API's errors have. */
    public static HttpAnswer error(HttpResponseStatus status, String code, String message) {
        return error(status, code, message, Map.of());
    }

    /** The same with headers. */
    public static HttpAnswer error(
            HttpResponseStatus status, String code, String message, Map<String, String> headers) {
        Map<String, Object> error = Map.of("message", message, "extensions", Map.of("code", code));
        return new HttpAnswer(status, headers, JSON_TYPE, write(Map.of("errors", List.of(error))));
    }

    static HttpAnswer fault(ApiError fault) {
        Map<String, String> headers = fault.retryAfter() == null
                ? Map.of()
                : Map.of("Retry-After", Long.toString(fault.retryAfter().toSeconds()));
        return error(HttpResponseStatus.valueOf(fault.status()), fault.code(), fault.message(), headers);
    }

    FullHttpResponse toResponse(Clock clock) {
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(body));
        headers.forEach(response.headers()::set);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, contentType)
                .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
                .set(
                        HttpHeaderNames.DATE,
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                clock.instant().atOffset(ZoneOffset.UTC)))
                .set("fly-request-id", UUID.randomUUID().toString());
        return response;
    }

    private static byte[] write(Map<String, Object> body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException unwritable) {
            throw new IllegalStateException("an answer could not be written as JSON", unwritable);
        }
    }
}
