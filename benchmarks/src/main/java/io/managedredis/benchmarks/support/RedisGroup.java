package io.managedredis.benchmarks.support;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real Redis primary and replicas of it on loopback ports, without a password and with nothing in front of them: what every
 * client can talk to directly.
 */
public final class RedisGroup implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Ends the server when its own standard input ends, which it does when this JVM does. */
    private static final List<String> GUARDED =
            List.of("sh", "-c", "\"$0\" \"$@\" & server=$!; cat >/dev/null; kill -9 $server");

    private final Path directory;
    private final List<Process> servers = new ArrayList<>();
    private final List<Integer> ports = new ArrayList<>();
    private int replicatedPort;

    private RedisGroup(Path directory) {
        this.directory = directory;
    }

    /**
     * Starts a primary and this many replicas and returns when all are in sync.
     *
     * @throws IOException when they cannot be started; nothing is left behind then
     */
    public static RedisGroup start(int replicas) throws IOException, InterruptedException {
        return start(replicas, port -> port);
    }

    /**
     * The same with something between the primary and its replicas.
     *
     * @param replicationPort given the primary's port, the one that replicas replicate from
     */
    public static RedisGroup start(int replicas, ReplicationPort replicationPort)
            throws IOException, InterruptedException {
        RedisGroup group = new RedisGroup(Files.createTempDirectory("benchmark-redis-"));
        try {
            group.launch();
            group.replicatedPort = replicationPort.of(group.primaryPort());
            for (int replica = 0; replica < replicas; replica++) {
                group.launch("--replicaof", "127.0.0.1", Integer.toString(group.replicatedPort));
            }
            group.awaitSync();
            return group;
        } catch (IOException | InterruptedException | RuntimeException failed) {
            group.close();
            throw failed;
        }
    }

    /** The port of the primary. */
    public int primaryPort() {
        return ports.get(0);
    }

    /** The ports of the replicas. */
    public List<Integer> replicaPorts() {
        return List.copyOf(ports.subList(1, ports.size()));
    }

    /** The bundled binary, copied into a directory. */
    public static Path binaryIn(Path directory) throws IOException {
        Path binary = directory.resolve("redis-server");
        if (Files.notExists(binary)) {
            String system =
                    System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
            String architecture = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
            String name = "/redis-server-7.0.15-" + system + "-" + architecture;
            try (InputStream bundled = RedisGroup.class.getResourceAsStream(name)) {
                Files.copy(Objects.requireNonNull(bundled, name), binary);
            }
            if (!binary.toFile().setExecutable(true)) {
                throw new IOException("cannot make " + binary + " executable");
            }
        }
        return binary;
    }

    /** Kills the only replica's process. */
    public void killReplica() throws InterruptedException {
        replicaProcess().destroyForcibly();
        while (replicaProcesses() > 0) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    /** Starts the only replica anew, on the port it had. */
    public void restartReplica() throws IOException, InterruptedException {
        Process guard = servers.remove(1);
        guard.getOutputStream().close();
        guard.waitFor();
        launch(ports.get(1), "--replicaof", "127.0.0.1", Integer.toString(replicatedPort));
    }

    /** Sends a signal to the only replica's process. */
    public void signalReplica(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(replicaProcess().pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    private ProcessHandle replicaProcess() {
        return replicas().findFirst().orElseThrow(() -> new IllegalStateException("the replica does not run"));
    }

    private long replicaProcesses() {
        return replicas().count();
    }

    private Stream<ProcessHandle> replicas() {
        return servers.get(1)
                .descendants()
                .filter(process -> process.info()
                        .command()
                        .filter(command -> command.endsWith("redis-server"))
                        .isPresent());
    }

    /** Waits until every replica follows the primary. */
    public void awaitSync() throws IOException, InterruptedException {
        RedisClient client = RedisClient.create();
        try {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            for (int port : ports) {
                String wanted = port == primaryPort() ? "role:master" : "master_link_status:up";
                while (!says(client, port, wanted)) {
                    if (System.nanoTime() > deadline) {
                        throw new IOException("the Redis servers were not in sync within " + PATIENCE);
                    }
                    TimeUnit.MILLISECONDS.sleep(5);
                }
            }
        } finally {
            client.shutdown(0, 1, TimeUnit.SECONDS);
        }
    }

    private void launch(String... more) throws IOException {
        int port = freePort();
        ports.add(port);
        launch(port, more);
    }

    private void launch(int port, String... more) throws IOException {
        List<String> command = new ArrayList<>(GUARDED);
        command.addAll(List.of(binaryIn(directory).toString(), "--port", Integer.toString(port)));
        command.addAll(List.of("--bind", "127.0.0.1", "--save", "", "--appendonly", "no"));
        command.addAll(List.of("--repl-diskless-sync-delay", "0", "--dir", directory.toString()));
        command.addAll(List.of(more));
        servers.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    private static boolean says(RedisClient client, int port, String wanted) {
        try (StatefulRedisConnection<String, String> connection = client.connect(RedisURI.create("127.0.0.1", port))) {
            return connection.sync().info("replication").contains(wanted);
        } catch (RuntimeException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Ends all servers and removes their files. */
    @Override
    public void close() throws IOException {
        for (Process server : servers) {
            server.getOutputStream().close();
            try {
                server.waitFor(5, TimeUnit.SECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Where replicas replicate from. */
    @FunctionalInterface
    public interface ReplicationPort {

        /** A port that leads to the primary at the given one. */
        int of(int primaryPort) throws IOException;
    }
}
