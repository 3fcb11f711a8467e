package io.managedredis.benchmarks.results;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.managedredis.benchmarks.stats.PairedRatio;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.List;

/** Writes results to {@code <date>.json} in a directory, and the same to {@code latest.json} beside it. */
public final class ResultsFile {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ResultsFile() {}

    /**
     * Writes the files, replacing those of the same day.
     *
     * @return the dated file
     * @throws IOException when they cannot be written
     */
    public static Path write(Path directory, LocalDate day, List<Result> results) throws IOException {
        Files.createDirectories(directory);
        Path dated = directory.resolve(day + ".json");
        JSON.writeValue(dated.toFile(), toJson(results));
        Files.copy(dated, directory.resolve("latest.json"), StandardCopyOption.REPLACE_EXISTING);
        return dated;
    }

    private static ArrayNode toJson(List<Result> results) {
        ArrayNode list = JSON.createArrayNode();
        results.forEach(result -> list.add(toJson(result)));
        return list;
    }

    private static ObjectNode toJson(Result result) {
        ObjectNode node = JSON.createObjectNode();
        node.put("id", result.id()).put("what", result.what()).put("ours", rounded(result.ours()));
        ObjectNode peers = node.putObject("peers");
        result.peers().forEach((name, value) -> peers.put(name, rounded(value)));
        node.put("unit", result.unit());
        node.put("against", result.against().orElse(null));
        node.put(
                "ratio",
                result.ratio()
                        .map(PairedRatio::median)
                        .map(ResultsFile::rounded)
                        .orElse(null));
        result.ratio()
                .map(PairedRatio::interval)
                .ifPresentOrElse(
                        interval -> node.putArray("interval")
                                .add(rounded(interval.low()))
                                .add(rounded(interval.high())),
                        () -> node.putNull("interval"));
        node.put("goal", result.goal().map(Goal::toString).orElse(null));
        node.put("met", result.met().orElse(null));
        node.put("runs", result.runs());
        return node;
    }

    private static double rounded(double value) {
        return Math.round(value * 10_000) / 10_000.0;
    }
}
