package io.managedredis.examples.cli;

import io.managedredis.ManagedRedisClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "status", mixinStandardHelpOptions = true, sortOptions = false, description = "Shows a database.")
final class StatusCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private final DatabaseArgument database = new DatabaseArgument();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Mixin
    private final ApiOptions api = new ApiOptions();

    StatusCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        try (ManagedRedisClient client = api.client(shell)) {
            output.print(database.find(client, new Prompts(shell)), shell);
        }
        return ExitCode.OK;
    }
}
