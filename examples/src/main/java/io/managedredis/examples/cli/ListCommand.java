package io.managedredis.examples.cli;

import io.managedredis.Database;
import io.managedredis.DatabaseFilter;
import io.managedredis.ManagedRedisClient;
import io.managedredis.Region;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", mixinStandardHelpOptions = true, sortOptions = false, description = "Lists the databases.")
final class ListCommand implements Callable<Integer> {

    private final Shell shell;

    @Option(
            names = {"-o", "--organization"},
            paramLabel = "SLUG",
            description = "Of one organization only.")
    private @Nullable String organization;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Mixin
    private final ApiOptions api = new ApiOptions();

    ListCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        DatabaseFilter filter = organization == null
                ? DatabaseFilter.all()
                : DatabaseFilter.all().organization(organization);
        List<Database> databases;
        try (ManagedRedisClient client = api.client(shell)) {
            databases = client.databases().list(filter).toList();
        }
        if (output.json()) {
            Json.print(
                    shell.out(),
                    databases.stream()
                            .map(each -> DatabaseJson.of(each, output.url(each)))
                            .toList());
        } else {
            print(databases);
        }
        return ExitCode.OK;
    }

    private void print(List<Database> databases) {
        Table table = new Table("ID", "NAME", "ORG", "PLAN", "PRIMARY REGION", "READ REGIONS");
        for (Database database : databases) {
            table.row(
                    database.id(),
                    database.name(),
                    database.organization(),
                    Objects.requireNonNullElse(database.planName(), "unknown"),
                    database.primaryRegion(),
                    database.readRegions().stream().map(Region::code).collect(Collectors.joining(",")));
        }
        table.print(shell.out(), shell.style());
    }
}
