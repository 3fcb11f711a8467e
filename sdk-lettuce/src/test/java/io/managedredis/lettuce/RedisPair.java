package io.managedredis.lettuce;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.managedredis.Endpoints;
import io.managedredis.RedisUrl;
import io.managedredis.Region;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A real primary in {@code mad} and a real replica of it in {@code ams}, without anything in front of them. */
final class RedisPair implements AutoCloseable {

    static final Region PRIMARY_REGION = Region.of("mad");
    static final Region REPLICA_REGION = Region.of("ams");

    private static final String[] GUARDED = {"sh", "-c", "\"$0\" \"$@\" & c=$!; cat >/dev/null; kill -9 $c"};

    private final Path directory;
    private final List<Process> guards = new ArrayList<>();
    private final int primaryPort;
    private final int replicaPort;
    private final Relay toPrimary;
    private final Relay toReplica;
    private final Relay replication;

    private RedisPair(Path directory) throws IOException {
        this.directory = directory;
        this.primaryPort = launch();
        this.replication = new Relay(primaryPort);
        this.replicaPort = launch("--replicaof", "127.0.0.1", Integer.toString(replication.port()));
        this.toPrimary = new Relay(primaryPort);
        this.toReplica = new Relay(replicaPort);
    }

    /** The way to the primary, for what is to go wrong with it. */
    Relay toPrimary() {
        return toPrimary;
    }

    /** The way to the replica. */
    Relay toReplica() {
        return toReplica;
    }

    /** The way from the primary to the replica. */
    Relay replication() {
        return replication;
    }

    /** The addresses behind the relays. */
    Endpoints relayed() {
        return new Endpoints.ByRegion(
                PRIMARY_REGION, url(toPrimary.port()), Map.of(REPLICA_REGION, url(toReplica.port())));
    }

    /** Starts the two; tries again when somebody else took a port in between. */
    static RedisPair start() throws IOException {
        for (int attempt = 1; ; attempt++) {
            RedisPair pair = new RedisPair(Files.createTempDirectory("redis-pair"));
            try {
                Awaitility.await().atMost(Duration.ofSeconds(10)).until(pair::inSync);
                return pair;
            } catch (ConditionTimeoutException notInSync) {
                pair.close();
                if (attempt == 3) {
                    throw notInSync;
                }
            }
        }
    }

    Endpoints byRegion() {
        return new Endpoints.ByRegion(PRIMARY_REGION, url(primaryPort), Map.of(REPLICA_REGION, url(replicaPort)));
    }

    Endpoints byPlatform() {
        return new Endpoints.ByPlatform(url(primaryPort));
    }

    RedisUrl primaryUrl() {
        return url(primaryPort);
    }

    RedisUrl replicaUrl() {
        return url(replicaPort);
    }

    /** Ends the replica without a farewell. */
    void killReplica() {
        end(guards.get(1));
    }

    /** Stops the replica's process: its sockets stay open, and nothing answers. */
    void pauseReplica() {
        signalReplica("STOP");
    }

    /** Lets the replica's process go on. */
    void resumeReplica() {
        signalReplica("CONT");
    }

    private void signalReplica(String name) {
        long server = guards.get(1)
                .descendants()
                .filter(process -> process.info()
                        .command()
                        .filter(command -> command.endsWith("redis-server"))
                        .isPresent())
                .findFirst()
                .orElseThrow()
                .pid();
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(server))
                    .start()
                    .waitFor();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        guards.forEach(RedisPair::end);
        try {
            toPrimary.close();
            toReplica.close();
            replication.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        if (Files.notExists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void end(Process guard) {
        try {
            guard.getOutputStream().close();
            guard.waitFor(5, TimeUnit.SECONDS);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean inSync() {
        RedisClient client = RedisClient.create();
        try (StatefulRedisConnection<String, String> connection =
                client.connect(RedisURI.create("127.0.0.1", replicaPort))) {
            return connection.sync().info("replication").contains("master_link_status:up");
        } catch (RuntimeException notYet) {
            return false;
        } finally {
            client.shutdown(0, 1, TimeUnit.SECONDS);
        }
    }

    private int launch(String... more) throws IOException {
        int port = freePort();
        List<String> command = new ArrayList<>(List.of(GUARDED));
        command.addAll(List.of(
                binary().toString(),
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no",
                "--repl-diskless-sync-delay",
                "0",
                "--dir",
                directory.toString()));
        command.addAll(List.of(more));
        guards.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start());
        return port;
    }

    private Path binary() throws IOException {
        Path binary = directory.resolve("redis-server");
        if (Files.notExists(binary)) {
            String os = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
            String architecture = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
            try (InputStream carried =
                    RedisPair.class.getResourceAsStream("/redis-server-7.0.15-" + os + "-" + architecture)) {
                Files.copy(carried, binary, StandardCopyOption.REPLACE_EXISTING);
            }
            binary.toFile().setExecutable(true);
        }
        return binary;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static RedisUrl url(int port) {
        return RedisUrl.parse("redis://127.0.0.1:" + port);
    }
}
