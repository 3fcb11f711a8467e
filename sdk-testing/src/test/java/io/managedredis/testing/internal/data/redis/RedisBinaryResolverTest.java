package io.managedredis.testing.internal.data.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.managedredis.testing.RedisUnavailableException;
import io.managedredis.testing.internal.data.redis.RedisBinary.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisBinaryResolverTest {

    private static final Platform UNSERVED = Platform.of("SunOS", "sparcv9");

    @TempDir
    private Path directory;

    @Test
    void should_prefer_the_explicit_path() throws IOException {
        Path explicit = copyOfBundled(directory.resolve("my-redis"));

        RedisBinary binary = RedisBinaryResolver.forThisMachine().resolve(Optional.of(explicit));

        assertThat(binary).isEqualTo(new RedisBinary(explicit, Origin.EXPLICIT, "7.0.15"));
    }

    @Test
    void should_use_the_bundled_binary_when_no_path_is_given() {
        RedisBinary binary = RedisBinaryResolver.forThisMachine().resolve(Optional.empty());

        assertThat(binary.origin()).isEqualTo(Origin.BUNDLED);
        assertThat(binary.version()).isEqualTo("7.0.15");
        assertThat(binary.path()).isExecutable();
    }

    @Test
    void should_use_the_path_variable_when_nothing_is_bundled_for_the_platform() throws IOException {
        Path onPath = copyOfBundled(directory.resolve("redis-server"));

        RedisBinary binary = new RedisBinaryResolver(UNSERVED, "/nowhere:" + directory).resolve(Optional.empty());

        assertThat(binary).isEqualTo(new RedisBinary(onPath, Origin.PATH, "7.0.15"));
    }

    @Test
    void should_name_platform_and_remedy_when_there_is_no_redis() {
        assertThatThrownBy(() -> new RedisBinaryResolver(UNSERVED, "/nowhere").resolve(Optional.empty()))
                .isInstanceOf(RedisUnavailableException.class)
                .hasMessageContaining("sunos-sparcv9")
                .hasMessageContaining("PATH")
                .hasMessageContaining("give the path");
    }

    @Test
    void should_say_that_windows_is_not_supported() {
        assertThatThrownBy(
                        () -> new RedisBinaryResolver(Platform.of("Windows 11", "amd64"), "").resolve(Optional.empty()))
                .isInstanceOf(RedisUnavailableException.class)
                .hasMessageContaining("Windows");
    }

    @Test
    void should_refuse_an_explicit_file_that_is_not_redis() throws IOException {
        Path other = Files.writeString(directory.resolve("other"), "#!/bin/sh\necho hello\n");
        assertThat(other.toFile().setExecutable(true)).isTrue();

        assertThatThrownBy(() -> RedisBinaryResolver.forThisMachine().resolve(Optional.of(other)))
                .isInstanceOf(RedisUnavailableException.class)
                .hasMessageContaining(other.toString())
                .hasMessageContaining("does not answer --version");
    }

    @Test
    void should_refuse_an_explicit_file_that_is_missing_rather_than_use_another() {
        Path missing = directory.resolve("missing");

        assertThatThrownBy(() -> RedisBinaryResolver.forThisMachine().resolve(Optional.of(missing)))
                .isInstanceOf(RedisUnavailableException.class)
                .hasMessageContaining("no such file");
    }

    @Test
    void should_take_the_bundled_binary_out_once_however_many_ask() throws Exception {
        var executor = Executors.newFixedThreadPool(8);
        try {
            Callable<Optional<Path>> ask = () -> BundledRedis.path(Platform.current());
            List<Future<Optional<Path>>> answers = executor.invokeAll(java.util.Collections.nCopies(16, ask));

            assertThat(answers.stream().map(RedisBinaryResolverTest::value).distinct())
                    .hasSize(1);
        } finally {
            executor.shutdownNow();
        }
    }

    private static Path value(Future<Optional<Path>> future) {
        try {
            return future.get().orElseThrow();
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    private static Path copyOfBundled(Path target) throws IOException {
        Path copy = Files.copy(BundledRedis.path(Platform.current()).orElseThrow(), target);
        assertThat(copy.toFile().setExecutable(true)).isTrue();
        return copy;
    }
}
