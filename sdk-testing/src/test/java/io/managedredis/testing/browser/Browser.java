package io.managedredis.testing.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A real Chromium without a window, driven through the W3C's WebDriver protocol. Not safe for use by several threads. */
final class Browser implements AutoCloseable {

    static final String TAB = "\uE004";
    static final String ENTER = "\uE007";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern STARTED = Pattern.compile("started successfully on port (\\d+)");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process driver;
    private final String root;
    private final String session;

    private Browser(Path driverFile, Path chromium, Path directory) throws IOException {
        driver = new ProcessBuilder(driverFile.toString(), "--port=0")
                .redirectErrorStream(true)
                .start();
        try {
            root = "http://127.0.0.1:" + port(driver);
            session = "/session/"
                    + call("POST", "/session", capabilities(chromium, directory))
                            .get("sessionId")
                            .asText();
        } catch (IOException | RuntimeException failed) {
            kill();
            throw failed;
        }
    }

    /** Why there can be no browser here; empty when there can. */
    static Optional<String> whyMissing() {
        return chromium().isPresent() && chromeDriver().isPresent()
                ? Optional.empty()
                : Optional.of("chromium and chromedriver are not both on PATH; "
                        + "on Debian: apt-get install chromium chromium-driver");
    }

    /** A new browser that keeps its files in this directory. */
    static Browser open(Path directory) throws IOException {
        return new Browser(chromeDriver().orElseThrow(), chromium().orElseThrow(), directory);
    }

    void go(URI address) {
        call("POST", session + "/url", Map.of("url", address.toString()));
    }

    /** What a script returns; its arguments are {@code arguments[0]} and so on. */
    JsonNode run(String script, Object... arguments) {
        return call("POST", session + "/execute/sync", Map.of("script", script, "args", List.of(arguments)));
    }

    /** Clicks with the mouse, which fails where something else covers the element. */
    void click(String selector) {
        call("POST", session + "/element/" + element(selector) + "/click", Map.of());
    }

    void type(String selector, String text) {
        String element = element(selector);
        call("POST", session + "/element/" + element + "/clear", Map.of());
        call("POST", session + "/element/" + element + "/value", Map.of("text", text));
    }

    /** Presses a key and lets it go. */
    void press(String key) {
        List<Map<String, String>> strokes =
                List.of(Map.of("type", "keyDown", "value", key), Map.of("type", "keyUp", "value", key));
        call(
                "POST",
                session + "/actions",
                Map.of("actions", List.of(Map.of("type", "key", "id", "keyboard", "actions", strokes))));
    }

    /** Shows the page as on a screen of this width, with these preferences of its user, such as a colour scheme. */
    void emulate(int width, int height, Map<String, String> preferences) {
        command(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
        List<Map<String, String>> features = preferences.entrySet().stream()
                .map(preference -> Map.of("name", preference.getKey(), "value", preference.getValue()))
                .toList();
        command("Emulation.setEmulatedMedia", Map.of("features", features));
    }

    /** All of the page as a picture. */
    byte[] picture() {
        JsonNode size = run("return [innerWidth, document.documentElement.scrollHeight]");
        Map<String, Object> clip = Map.of(
                "x",
                0,
                "y",
                0,
                "width",
                size.get(0).asInt(),
                "height",
                size.get(1).asInt(),
                "scale",
                1);
        JsonNode shot = command("Page.captureScreenshot", Map.of("captureBeyondViewport", true, "clip", clip));
        return Base64.getDecoder().decode(shot.get("data").asText());
    }

    /** What was written to the console since the last call, except what is no warning. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        for (JsonNode entry : call("POST", session + "/se/log", Map.of("type", "browser"))) {
            if (List.of("SEVERE", "WARNING").contains(entry.get("level").asText())) {
                complaints.add(entry.get("message").asText());
            }
        }
        return complaints;
    }

    /** The addresses that the page asked for since the last call. */
    List<String> requests() throws IOException {
        List<String> addresses = new ArrayList<>();
        for (JsonNode entry : call("POST", session + "/se/log", Map.of("type", "performance"))) {
            JsonNode event = JSON.readTree(entry.get("message").asText()).get("message");
            if (event.get("method").asText().equals("Network.requestWillBeSent")) {
                addresses.add(event.at("/params/request/url").asText());
            }
        }
        return addresses;
    }

    @Override
    public void close() {
        try {
            call("DELETE", session, null);
        } finally {
            kill();
        }
    }

    private JsonNode command(String name, Map<String, Object> parameters) {
        return call("POST", session + "/goog/cdp/execute", Map.of("cmd", name, "params", parameters));
    }

    private String element(String selector) {
        return call("POST", session + "/element", Map.of("using", "css selector", "value", selector))
                .get(ELEMENT)
                .asText();
    }

    private JsonNode call(String method, String path, Object body) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(root + path))
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/json")
                    .method(
                            method,
                            body == null
                                    ? BodyPublishers.noBody()
                                    : BodyPublishers.ofString(JSON.writeValueAsString(body)))
                    .build();
            JsonNode value = JSON.readTree(
                            http.send(request, BodyHandlers.ofString()).body())
                    .get("value");
            if (value.hasNonNull("error")) {
                throw new IllegalStateException(
                        method + " " + path + ": " + value.get("message").asText());
            }
            return value;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static Map<String, Object> capabilities(Path chromium, Path directory) {
        List<String> arguments = new ArrayList<>(List.of(
                "--headless=new",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--user-data-dir=" + directory));
        if (System.getProperty("user.name").equals("root")) {
            // Chromium's sandbox does not work for root.
            arguments.add("--no-sandbox");
        }
        return Map.of(
                "capabilities",
                Map.of(
                        "alwaysMatch",
                        Map.of(
                                "goog:loggingPrefs",
                                Map.of("browser", "ALL", "performance", "ALL"),
                                "goog:chromeOptions",
                                Map.of("binary", chromium.toString(), "args", arguments))));
    }

    private static int port(Process driver) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(driver.getInputStream(), UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher started = STARTED.matcher(line);
            if (started.find()) {
                return Integer.parseInt(started.group(1));
            }
        }
        throw new IOException("chromedriver ended before it listened");
    }

    private void kill() {
        List<ProcessHandle> children = driver.descendants().toList();
        driver.destroy();
        children.forEach(ProcessHandle::destroyForcibly);
        try {
            if (!driver.waitFor(10, TimeUnit.SECONDS)) {
                driver.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Optional<Path> chromium() {
        return onPath("chromium", "chromium-browser", "google-chrome");
    }

    private static Optional<Path> chromeDriver() {
        return onPath("chromedriver");
    }

    private static Optional<Path> onPath(String... names) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(names)
                .flatMap(name -> Arrays.stream(path.split(File.pathSeparator)).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
