package io.managedredis.benchmarks.results;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.managedredis.benchmarks.stats.Interval;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps results as a JSON list in {@code <name>.json}, and beside it in {@code <name>.run.json} the run that they come from.
 */
public final class ResultsFile {

    /** The name under which the newest results stand. */
    public static final String LATEST = "latest";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final MathContext DIGITS = new MathContext(5);

    private ResultsFile() {}

    /**
     * Writes both files, replacing those of the same name.
     *
     * @return the file with the results
     * @throws IOException when they cannot be written
     */
    public static Path write(Path directory, String name, List<Result> results, RunInfo run) throws IOException {
        Files.createDirectories(directory);
        ArrayNode list = JSON.createArrayNode();
        results.forEach(result -> list.add(toJson(result)));
        Path file = directory.resolve(name + ".json");
        write(file, list);
        write(runFile(file), toJson(run));
        return file;
    }

    private static void write(Path file, JsonNode tree) throws IOException {
        Files.writeString(file, JSON.writeValueAsString(tree) + "\n");
    }

    /**
     * Reads results back.
     *
     * @param file as {@link #write} gave it
     * @throws IOException when it cannot be read
     */
    public static List<Result> read(Path file) throws IOException {
        List<Result> results = new ArrayList<>();
        for (JsonNode node : JSON.readTree(file.toFile())) {
            results.add(result(node));
        }
        return results;
    }

    /**
     * Reads the run that results come from.
     *
     * @param file the file with the results
     * @throws IOException when it cannot be read
     */
    public static RunInfo readRun(Path file) throws IOException {
        JsonNode node = JSON.readTree(runFile(file).toFile());
        Map<String, Double> seconds = new LinkedHashMap<>();
        node.path("seconds")
                .properties()
                .forEach(each -> seconds.put(each.getKey(), each.getValue().asDouble()));
        List<String> broken = new ArrayList<>();
        node.path("broken").forEach(id -> broken.add(id.asText()));
        return new RunInfo(
                node.path("date").asText(),
                node.path("effort").asText(),
                texts(node.path("machine")),
                texts(node.path("versions")),
                seconds,
                broken);
    }

    private static Path runFile(Path file) {
        String name = file.getFileName().toString();
        return file.resolveSibling(name.substring(0, name.length() - ".json".length()) + ".run.json");
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.properties()
                .forEach(each -> texts.put(each.getKey(), each.getValue().asText()));
        return texts;
    }

    private static ObjectNode toJson(RunInfo run) {
        ObjectNode node = JSON.createObjectNode();
        node.put("date", run.date()).put("effort", run.effort());
        ObjectNode machine = node.putObject("machine");
        run.machine().forEach(machine::put);
        ObjectNode versions = node.putObject("versions");
        run.versions().forEach(versions::put);
        ObjectNode seconds = node.putObject("seconds");
        run.seconds().forEach((id, time) -> seconds.put(id, rounded(time)));
        ArrayNode broken = node.putArray("broken");
        run.broken().forEach(broken::add);
        return node;
    }

    private static ObjectNode toJson(Result result) {
        ObjectNode node = JSON.createObjectNode();
        node.put("id", result.id()).put("what", result.what()).put("ours", rounded(result.ours()));
        ObjectNode peers = node.putObject("peers");
        result.peers().forEach((name, value) -> peers.put(name, rounded(value)));
        node.put("unit", result.unit()).put("against", result.against());
        node.put("ratio", result.ratio() == null ? null : rounded(result.ratio()));
        put(node, "interval", result.interval());
        node.put("goal", result.goal()).put("met", result.met()).put("runs", result.runs());
        put(node, "oursInterval", result.oursInterval());
        ObjectNode peerIntervals = node.putObject("peerIntervals");
        result.peerIntervals().forEach((name, interval) -> put(peerIntervals, name, interval));
        node.put("note", result.note());
        Place place = result.place();
        if (place != null) {
            node.putObject("place")
                    .put("curve", place.curve())
                    .put("along", place.along())
                    .put("at", place.at());
        }
        return node;
    }

    private static void put(ObjectNode node, String field, @Nullable Interval interval) {
        if (interval == null) {
            node.putNull(field);
        } else {
            node.putArray(field).add(rounded(interval.low())).add(rounded(interval.high()));
        }
    }

    private static Result result(JsonNode node) {
        Map<String, Double> peers = new LinkedHashMap<>();
        node.path("peers")
                .properties()
                .forEach(peer -> peers.put(peer.getKey(), peer.getValue().asDouble()));
        Map<String, Interval> peerIntervals = new LinkedHashMap<>();
        node.path("peerIntervals").properties().forEach(peer -> {
            Interval interval = interval(peer.getValue());
            if (interval != null) {
                peerIntervals.put(peer.getKey(), interval);
            }
        });
        JsonNode place = node.path("place");
        return new Result(
                node.path("id").asText(),
                node.path("what").asText(),
                node.path("unit").asText(),
                node.path("ours").asDouble(),
                interval(node.path("oursInterval")),
                peers,
                peerIntervals,
                textOrNull(node.path("against")),
                node.path("ratio").isNumber() ? node.path("ratio").asDouble() : null,
                interval(node.path("interval")),
                textOrNull(node.path("goal")),
                node.path("met").isBoolean() ? node.path("met").asBoolean() : null,
                node.path("runs").asInt(),
                textOrNull(node.path("note")),
                place.isObject()
                        ? new Place(
                                place.path("curve").asText(),
                                place.path("along").asText(),
                                place.path("at").asDouble())
                        : null);
    }

    private static @Nullable Interval interval(JsonNode pair) {
        return pair.isArray()
                ? new Interval(pair.path(0).asDouble(), pair.path(1).asDouble())
                : null;
    }

    private static @Nullable String textOrNull(JsonNode node) {
        return node.isTextual() ? node.asText() : null;
    }

    private static double rounded(double value) {
        return new BigDecimal(value).round(DIGITS).doubleValue();
    }
}
