package io.managedredis.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Code in the README is code of the examples, which the build compiles and runs, and links lead somewhere. */
class ReadmeTest {

    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)[^)]*\\)");

    @ParameterizedTest
    @ValueSource(strings = "README.md")
    void should_show_code_that_stands_in_the_examples(String document) throws IOException {
        Path top = Path.of("").toAbsolutePath().getParent();
        String examples = withoutIndentation(allSources(top.resolve("examples/src")));

        assertThat(JAVA.matcher(Files.readString(top.resolve(document))).results())
                .isNotEmpty()
                .extracting(ReadmeTest::snippet)
                .allSatisfy(snippet -> assertThat(examples).contains(snippet));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void should_link_to_files_that_exist(Path document) throws IOException {
        assertThat(LINK.matcher(Files.readString(document)).results())
                .extracting(link -> link.group(1))
                .filteredOn(target -> !target.contains("://"))
                .allSatisfy(
                        target -> assertThat(document.resolveSibling(target)).exists());
    }

    static List<Path> documents() throws IOException {
        Path top = Path.of("").toAbsolutePath().getParent();
        try (var readme = Files.list(top);
                var docs = Files.walk(top.resolve("docs"))) {
            return Stream.concat(readme, docs)
                    .filter(path -> path.toString().endsWith(".md"))
                    .toList();
        }
    }

    private static String snippet(MatchResult fence) {
        return withoutIndentation(fence.group(1));
    }

    private static String withoutIndentation(String code) {
        return code.replaceAll("(?m)^[ \t]+", "").replaceAll("\n+", "\n");
    }

    private static String allSources(Path folder) throws IOException {
        StringBuilder all = new StringBuilder();
        try (var files = Files.walk(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }
}
