package io.managedredis.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.managedredis.Database;
import io.managedredis.DatabaseSpec;
import io.managedredis.RedisUrl;
import io.managedredis.testing.LocalManagedRedis;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProxyCommandTest {

    private static final Pattern PORT =
            Pattern.compile("Proxying 127\\.0\\.0\\.1:(\\d+) to the Redis database carts\\.");

    @Test
    void should_give_a_local_port_that_leads_to_the_database_until_it_is_interrupted(@TempDir Path folder)
            throws Exception {
        try (LocalManagedRedis service = LocalManagedRedis.start()) {
            Database carts = service.create(DatabaseSpec.named("carts")
                    .primaryRegion("mad")
                    .readRegions("ams")
                    .build());
            String password = Objects.requireNonNull(Objects.requireNonNull(carts.endpoints())
                            .primaryUrl()
                            .password())
                    .reveal();
            CliRun cli = new CliRun(service, folder);
            CompletableFuture<Integer> code =
                    CompletableFuture.supplyAsync(() -> cli.redis("proxy", "carts", "--port", "0", "--region", "ams"));
            int port = await().until(() -> portIn(cli.out()), found -> found > 0);

            RedisClient client = RedisClient.create(RedisURI.builder()
                    .withHost("127.0.0.1")
                    .withPort(port)
                    .withAuthentication("default", password)
                    .build());
            try {
                var connection = client.connect();
                connection.sync().set("cart:7", "3");
                await().untilAsserted(() ->
                        assertThat(connection.sync().get("cart:7")).isEqualTo("3"));

                cli.pressControlC();

                assertThat(code.get(30, TimeUnit.SECONDS)).isZero();
            } finally {
                client.shutdown();
            }
            assertThat(cli.out()).contains("redis://default:<redacted>@127.0.0.1:" + port);
            assertThat(cli.err()).contains("The proxy ended");
            new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
        }
    }

    @Test
    void should_say_what_is_needed_when_the_address_cannot_be_reached(@TempDir Path folder) throws Exception {
        try (LocalManagedRedis service = LocalManagedRedis.start();
                ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            service.create(DatabaseSpec.named("carts").primaryRegion("mad").build());
            CliRun cli = new CliRun(service, folder);

            assertThat(cli.redis("proxy", "carts", "--port", Integer.toString(taken.getLocalPort())))
                    .isEqualTo(ExitCode.USAGE);
            assertThat(cli.err()).contains("cannot listen on").contains("--port");
            assertThat(cli.redis("proxy", "carts", "--region", "nrt")).isEqualTo(ExitCode.USAGE);
            assertThat(cli.err()).contains("no address in 'nrt'");
            assertThat(cli.redis("proxy", "carts", "--port", "65536")).isEqualTo(ExitCode.USAGE);
        }
        assertThat(ProxyCommand.obstacle(RedisUrl.parse("redis://default:s@database.invalid:6379")))
                .contains("database.invalid is not known here")
                .contains("WireGuard");
        int nobody;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = closed.getLocalPort();
        }
        assertThat(ProxyCommand.obstacle(RedisUrl.parse("redis://default:s@127.0.0.1:" + nobody)))
                .contains("does not answer")
                .contains("WireGuard");
    }

    private static int portIn(String text) {
        Matcher port = PORT.matcher(text);
        return port.find() ? Integer.parseInt(port.group(1)) : 0;
    }
}
