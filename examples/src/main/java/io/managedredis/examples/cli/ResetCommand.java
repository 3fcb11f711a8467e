package io.managedredis.examples.cli;

import io.managedredis.Database;
import io.managedredis.ManagedRedisClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "reset",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Gives a database a new password. The old one stops working.")
final class ResetCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private final DatabaseArgument database = new DatabaseArgument();

    @Option(
            names = {"-y", "--yes"},
            description = "Does not ask.")
    private boolean yes;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Mixin
    private final ApiOptions api = new ApiOptions();

    ResetCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        Prompts prompts = new Prompts(shell);
        try (ManagedRedisClient client = api.client(shell)) {
            Database found = database.find(client, prompts);
            if (!yes
                    && !prompts.confirm(
                            "Reset the password of " + found.name() + "? The old one stops working.", "--yes", false)) {
                shell.err().println("The password is as it was.");
                return ExitCode.FAILED;
            }
            Database reset = client.databases().resetPassword(found.id());
            if (!output.json()) {
                shell.out().println("Your Redis database " + reset.name() + " has a new password");
            }
            output.print(reset, shell);
            return ExitCode.OK;
        }
    }
}
