package io.managedredis.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.managedredis.ManagedRedisClient;
import io.managedredis.lettuce.RegionalRedis;
import io.managedredis.testing.LocalManagedRedis;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the modules hold beside classes: descriptors, licences, and what a native image has to be told. */
class PublishedModulesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Stream<Arguments> modules() {
        return Stream.of(
                Arguments.of("managed-redis-core", ManagedRedisClient.class),
                Arguments.of("managed-redis-lettuce", RegionalRedis.class),
                Arguments.of("managed-redis-testing", LocalManagedRedis.class),
                Arguments.of("managed-redis-junit5", ManagedRedisExtension.class));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void should_have_a_module_descriptor_and_the_licences(String artifact, Class<?> type) throws Exception {
        assertThat(files(type)).contains("module-info.class", "META-INF/LICENSE", "META-INF/NOTICE");
    }

    @ParameterizedTest
    @MethodSource("modules")
    void should_tell_a_native_image_of_each_resource(String artifact, Class<?> type) throws Exception {
        List<String> patterns = new ArrayList<>();
        read(type, artifact, "resource-config.json")
                .at("/resources/includes")
                .forEach(include -> patterns.add(include.get("pattern").asText()));
        List<String> resources = files(type).stream()
                .filter(file -> !file.endsWith(".class") && !file.startsWith("META-INF/"))
                .toList();

        assertThat(resources).allSatisfy(resource -> assertThat(patterns).anyMatch(resource::matches));
        assertThat(patterns)
                .filteredOn(pattern -> pattern.startsWith("io/managedredis"))
                .allSatisfy(pattern -> assertThat(resources).anyMatch(resource -> resource.matches(pattern)));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void should_tell_a_native_image_of_fields_that_are_there(String artifact, Class<?> type) throws Exception {
        for (JsonNode entry : read(type, artifact, "reflect-config.json")) {
            Class<?> reflected = Class.forName(entry.get("name").asText(), false, type.getClassLoader());
            for (JsonNode field : entry.get("fields")) {
                assertThat(reflected.getDeclaredField(field.get("name").asText()))
                        .isNotNull();
            }
        }
    }

    private static JsonNode read(Class<?> type, String artifact, String file) throws IOException {
        String path = "/META-INF/native-image/io.managedredis/" + artifact + "/" + file;
        try (var in = type.getResourceAsStream(path)) {
            return in == null ? JSON.createObjectNode() : JSON.readTree(in);
        }
    }

    /** The files of the module that the class is in, be it a directory or a jar. */
    private static List<String> files(Class<?> type) throws IOException, URISyntaxException {
        URI location = type.getProtectionDomain().getCodeSource().getLocation().toURI();
        Path path = Path.of(location);
        if (Files.isDirectory(path)) {
            return files(path);
        }
        try (FileSystem jar = FileSystems.newFileSystem(path)) {
            return files(jar.getPath("/"));
        }
    }

    private static List<String> files(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .toList();
        }
    }
}
