package io.managedredis.examples.cli;

import io.managedredis.Database;
import io.managedredis.ManagedRedisClient;
import io.managedredis.RedisUrl;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "connect",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Opens redis-cli on a database, where the network reaches it. Exits as redis-cli does.")
final class ConnectCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private final DatabaseArgument database = new DatabaseArgument();

    @Parameters(
            index = "1..*",
            paramLabel = "ARGUMENT",
            description = "What redis-cli is given, such as 'GET cart:7'; after '--' options too.")
    private List<String> arguments = List.of();

    @Mixin
    private final AddressOptions address = new AddressOptions();

    @Mixin
    private final ApiOptions api = new ApiOptions();

    ConnectCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws Exception {
        Optional<RedisCliProgram> redisCli = RedisCliProgram.onPath(shell.environment());
        if (redisCli.isEmpty()) {
            shell.error("There is no redis-cli on the PATH. Install it: it is in the packages 'redis-tools' (Debian,"
                    + " Ubuntu), 'redis' (Fedora, Homebrew, Alpine).");
            return ExitCode.FAILED;
        }
        RedisUrl url;
        try (ManagedRedisClient client = api.client(shell)) {
            Database found = database.find(client, new Prompts(shell));
            url = address.of(found);
        }
        Process process = redisCli.get().start(url, arguments);
        // Ctrl-C is for redis-cli, which may go on: this program stays as long as it does.
        return shell.interrupts().during(process::waitFor, () -> awaitEnd(process));
    }

    private static void awaitEnd(Process process) {
        try {
            process.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
