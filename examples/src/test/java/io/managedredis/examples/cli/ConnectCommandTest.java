package io.managedredis.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.managedredis.Database;
import io.managedredis.DatabaseSpec;
import io.managedredis.RedisUrl;
import io.managedredis.testing.LocalManagedRedis;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectCommandTest {

    @TempDir
    private Path folder;

    private LocalManagedRedis service;
    private CliRun cli;
    private RedisUrl url;

    @BeforeEach
    void start() {
        service = LocalManagedRedis.start();
        Database carts =
                service.create(DatabaseSpec.named("carts").primaryRegion("mad").build());
        url = Objects.requireNonNull(carts.endpoints()).primaryUrl();
        cli = new CliRun(service, folder);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void should_give_redis_cli_the_password_in_a_variable_and_end_as_it_does() throws Exception {
        Path program = Files.createFile(
                folder.resolve("redis-cli"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(program, """
                #!/bin/sh
                cd "$(dirname "$0")"
                echo "$@" > arguments
                echo "$REDISCLI_AUTH" > password
                exit 9
                """);

        int code = cli.environment("PATH", "/nowhere:" + folder).redis("connect", "carts", "--", "--raw", "GET", "a");

        assertThat(cli.err()).isEmpty();
        assertThat(code).isEqualTo(9);
        String password = Objects.requireNonNull(url.password()).reveal();
        assertThat(folder.resolve("arguments"))
                .content()
                .isEqualTo("-h 127.0.0.1 -p " + url.port() + " --user default --raw GET a\n")
                .doesNotContain(password);
        assertThat(folder.resolve("password")).content().isEqualTo(password + "\n");
    }

    @Test
    void should_say_what_to_install_when_there_is_no_redis_cli() {
        assertThat(cli.environment("PATH", folder.toString()).redis("connect", "carts"))
                .isEqualTo(ExitCode.FAILED);

        assertThat(cli.err()).contains("no redis-cli").contains("redis-tools");
    }
}
