package io.managedredis.examples.cli;

import io.managedredis.Database;
import io.managedredis.ManagedRedisClient;
import io.managedredis.RedisUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "proxy",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Gives this machine a port that leads to a database, until Ctrl-C.")
final class ProxyCommand implements Callable<Integer> {

    private static final int PORT = 16_379;
    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;

    private final Shell shell;

    @Mixin
    private final DatabaseArgument database = new DatabaseArgument();

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            description = "The port on loopback; 0 for any free one. Default: " + PORT + ".")
    private int port = PORT;

    @Mixin
    private final AddressOptions address = new AddressOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Mixin
    private final ApiOptions api = new ApiOptions();

    ProxyCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws Exception {
        if (port < 0 || port > 65_535) {
            throw new UsageException("There is no port " + port + ": --port takes 0 to 65535, 0 for any free one.");
        }
        Database found = found();
        RedisUrl url = address.of(found);
        String obstacle = obstacle(url);
        if (obstacle != null) {
            shell.error(obstacle);
            return ExitCode.FAILED;
        }
        InetSocketAddress listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        return shell.interrupts().during(() -> relay(found, url, listen, asked, ended), () -> end(asked, ended));
    }

    private Database found() {
        try (ManagedRedisClient client = api.client(shell)) {
            return database.find(client, new Prompts(shell));
        }
    }

    private int relay(
            Database found, RedisUrl url, InetSocketAddress listen, CountDownLatch asked, CountDownLatch ended)
            throws InterruptedException {
        try (Relay relay = Relay.start(
                listen,
                InetSocketAddress.createUnresolved(url.host(), url.port()),
                trouble -> shell.err().println("The database cannot be reached: " + trouble))) {
            announce(found, url, relay.address());
            asked.await();
        } catch (UncheckedIOException taken) {
            throw new UsageException(taken.getMessage() + "; give --port another, or 0 for any free one.");
        } finally {
            ended.countDown();
        }
        return ExitCode.OK;
    }

    private void announce(Database found, RedisUrl url, InetSocketAddress local) {
        RedisUrl here = new RedisUrl(
                url.tls(), url.username(), url.password(), local.getAddress().getHostAddress(), local.getPort());
        if (output.json()) {
            Json.print(shell.out(), new ProxyJson(found.id().value(), here.host(), here.port(), output.text(here)));
        } else {
            shell.out()
                    .println("Proxying " + here.host() + ":" + here.port() + " to the Redis database " + found.name()
                            + ". Ctrl-C ends it.");
            shell.out().println("  " + output.text(here));
        }
        shell.out().flush();
    }

    private void end(CountDownLatch asked, CountDownLatch ended) {
        asked.countDown();
        try {
            ended.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        shell.err().println();
        shell.err().println("The proxy ended; its connections are closed.");
    }

    /** Why the database cannot be reached from here, or null. */
    static @Nullable String obstacle(RedisUrl url) {
        String network = " The address is open inside the organization's private network only: join the network with"
                + " WireGuard ('fly wireguard create' makes a configuration), and try again.";
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(InetAddress.getByName(url.host()), url.port()), CONNECT_TIMEOUT_MILLIS);
            return null;
        } catch (UnknownHostException unknown) {
            return "The name " + url.host() + " is not known here." + network;
        } catch (IOException unreachable) {
            return "The database does not answer at " + url.host() + ":" + url.port() + " (" + unreachable.getMessage()
                    + ")." + network;
        }
    }

    /** Where the proxy listens, in JSON. Names and types stay; more may be added. */
    private record ProxyJson(String id, String host, int port, String url) {}
}
