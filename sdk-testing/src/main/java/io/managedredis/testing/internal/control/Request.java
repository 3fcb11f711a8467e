package io.managedredis.testing.internal.control;

import io.managedredis.Secret;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An HTTP request, as far as answers depend on it.
 *
 * @param method GET, POST and so on
 * @param path without the query
 * @param headers the values of each header in the order they came; names are alike in upper and lower case
 * @param body the body
 */
public record Request(String method, String path, Map<String, List<Secret>> headers, byte[] body) {

    /** Copies the headers. */
    public Request {
        Map<String, List<Secret>> byName = new TreeMap<>();
        headers.forEach((name, values) -> byName.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        headers = byName;
    }

    /** The value of a header; empty when the request has none. */
    public Optional<String> header(String name) {
        return all(name).stream().findFirst();
    }

    /** The values of a header that a request must not have twice. */
    public List<String> all(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .map(Secret::reveal)
                .toList();
    }

    /** Whether the body says that it is JSON. */
    public boolean isJson() {
        return header("Content-Type")
                .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .filter("application/json"::equals)
                .isPresent();
    }
}
