package io.managedredis.examples.cli;

import io.managedredis.Database;
import io.managedredis.ManagedRedisClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "delete",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Deletes a database and its data, which can't be undone.")
final class DeleteCommand implements Callable<Integer> {

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

    DeleteCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        Prompts prompts = new Prompts(shell);
        try (ManagedRedisClient client = api.client(shell)) {
            Database found = database.find(client, prompts);
            if (!yes) {
                if (prompts.canAsk()) {
                    shell.out().println("Deleting a Redis database can't be undone. Be careful!");
                }
                if (!prompts.confirm("Delete " + found.name() + "?", "--yes", false)) {
                    shell.err().println("Nothing was deleted.");
                    return ExitCode.FAILED;
                }
            }
            client.databases().delete(found.id());
            if (output.json()) {
                Json.print(shell.out(), new Deleted(found.id().value(), found.name(), true));
            } else {
                shell.out().println("Your Redis cluster " + found.id() + " was deleted");
            }
            return ExitCode.OK;
        }
    }

    /** What was deleted, in JSON. */
    private record Deleted(String id, String name, boolean deleted) {}
}
