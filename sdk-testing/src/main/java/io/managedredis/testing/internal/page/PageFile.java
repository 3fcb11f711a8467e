package io.managedredis.testing.internal.page;

import io.managedredis.testing.internal.control.HttpAnswer;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A file of the page.
 *
 * @param name where it stands among the resources
 * @param type what it is
 */
record PageFile(String name, String type) {

    private static final String HTML = "text/html; charset=utf-8";
    private static final String CSS = "text/css; charset=utf-8";
    private static final String SCRIPT = "text/javascript; charset=utf-8";

    private static final Map<String, PageFile> BY_PATH = Map.ofEntries(
            Map.entry("/", new PageFile("page.html", HTML)),
            Map.entry("/page/page.css", new PageFile("page.css", CSS)),
            Map.entry("/page/icon.svg", new PageFile("icon.svg", "image/svg+xml")),
            script("page.js"),
            script("access.js"),
            script("dom.js"),
            script("format.js"),
            script("rates.js"),
            script("databases.js"),
            script("faults.js"),
            script("map.js"),
            script("coast.js"));

    static Optional<PageFile> at(String path) {
        return Optional.ofNullable(BY_PATH.get(path));
    }

    HttpAnswer answer() {
        try (InputStream in = PageFile.class.getResourceAsStream(name)) {
            return new HttpAnswer(
                    HttpResponseStatus.OK,
                    Map.of(),
                    type,
                    Objects.requireNonNull(in, name).readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + name, unreadable);
        }
    }

    private static Map.Entry<String, PageFile> script(String name) {
        return Map.entry("/page/" + name, new PageFile(name, SCRIPT));
    }
}
