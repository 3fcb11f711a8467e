package io.managedredis.benchmarks.service;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A proxy written in C that is installed on this machine, in front of one Redis. Not every machine has one. */
final class NativeProxy implements AutoCloseable {

    private final Process process;
    private final Path configuration;
    private final int port;

    private NativeProxy(Process process, Path configuration, int port) {
        this.process = process;
        this.configuration = configuration;
        this.port = port;
    }

    /** HAProxy handing TCP on, where it is installed. */
    static Optional<NativeProxy> haproxy(int target) throws IOException, InterruptedException {
        int port = freePort();
        String configuration = """
                global
                  nbthread 2
                  maxconn 1000
                defaults
                  mode tcp
                  timeout connect 5s
                  timeout client 1m
                  timeout server 1m
                listen redis
                  bind 127.0.0.1:%d
                  server primary 127.0.0.1:%d
                """.formatted(port, target);
        return start("haproxy", configuration, port, List.of("-db", "-q", "-f"));
    }

    /** Twemproxy in front of a pool of one, where it is installed. */
    static Optional<NativeProxy> nutcracker(int target) throws IOException, InterruptedException {
        int port = freePort();
        String configuration = """
                redis:
                  listen: 127.0.0.1:%d
                  redis: true
                  hash: fnv1a_64
                  distribution: ketama
                  servers:
                   - 127.0.0.1:%d:1
                """.formatted(port, target);
        return start(
                "nutcracker",
                configuration,
                port,
                List.of("-s", Integer.toString(freePort()), "-a", "127.0.0.1", "-c"));
    }

    private static Optional<NativeProxy> start(String name, String configuration, int port, List<String> options)
            throws IOException, InterruptedException {
        Optional<Path> program = find(name);
        if (program.isEmpty()) {
            return Optional.empty();
        }
        Path file = Files.createTempFile("benchmark-" + name, ".conf");
        Files.writeString(file, configuration);
        List<String> command = Stream.of(List.of(program.get().toString()), options, List.of(file.toString()))
                .flatMap(List::stream)
                .toList();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        NativeProxy proxy = new NativeProxy(process, file, port);
        proxy.awaitListening();
        return Optional.of(proxy);
    }

    private static Optional<Path> find(String name) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.concat(Stream.of(path.split(File.pathSeparator)), Stream.of("/usr/sbin"))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private void awaitListening() throws IOException, InterruptedException {
        for (int attempt = 0; attempt < 500; attempt++) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (IOException notYet) {
                if (!process.isAlive()) {
                    break;
                }
                TimeUnit.MILLISECONDS.sleep(10);
            }
        }
        close();
        throw new IOException("the proxy did not start with " + configuration);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(configuration);
    }
}
