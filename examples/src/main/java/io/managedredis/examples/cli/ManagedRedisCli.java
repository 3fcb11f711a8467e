package io.managedredis.examples.cli;

import io.managedredis.Region;
import io.managedredis.error.ManagedRedisException;
import java.io.PrintStream;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;

/**
 * A command line for managed databases: {@code managed-redis redis create}, {@code list}, {@code status}, {@code update},
 * {@code delete}, {@code plans}, {@code reset}, {@code connect}, {@code proxy}, {@code advise}.
 *
 * <pre>
 * mvn -B -ntp -q -Pcli -pl examples -am -Dmaven.test.skip=true package
 * java -jar examples/target/managed-redis.jar redis create
 * </pre>
 *
 * <p>The token comes from {@code FLY_ACCESS_TOKEN}, {@code FLY_API_TOKEN}, a file ({@code --token-file}) or the provider's own
 * configuration; the API is the provider's unless {@code --api-url} or {@code FLY_API_BASE_URL} says otherwise. A local service
 * to try it on starts with {@code java -cp examples/target/managed-redis.jar io.managedredis.testing.Main}, which prints both.
 *
 * <p>On a terminal, what is missing is asked for. Each question has a flag; without a terminal a missing one ends the program
 * with 2 and its name. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 token not accepted or not allowed, 4 no such database,
 * 5 conflict (a taken name), 6 not available now (try again later), 7 a change was sent and its outcome is not known, 130
 * Ctrl-C.
 */
@Command(
        name = "managed-redis",
        mixinStandardHelpOptions = true,
        version = "managed-redis 0.1.0",
        description = "Managed Redis databases with a primary region and read regions.",
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed",
            "2:wrong usage",
            "3:the token is not accepted, or does not allow it",
            "4:there is no such database",
            "5:conflict, such as a name that is taken",
            "6:not available now; try again later",
            "7:a change was sent, and its outcome is not known",
            "130:ended with Ctrl-C",
        })
public final class ManagedRedisCli {

    ManagedRedisCli() {}

    /** Runs a command and exits with its code; {@code --help} explains. */
    public static void main(String... arguments) {
        Shell shell = Shell.ofProcess();
        Runtime.getRuntime().addShutdownHook(new Thread(shell.interrupts()::fire, "interrupted"));
        System.exit(run(shell, arguments));
    }

    static int run(Shell shell, String... arguments) {
        int code = commandLine(shell).execute(arguments);
        shell.out().flush();
        return code;
    }

    private static CommandLine commandLine(Shell shell) {
        CommandLine redis = new CommandLine(new RedisCommands())
                .addSubcommand(new CreateCommand(shell))
                .addSubcommand(new ListCommand(shell))
                .addSubcommand(new StatusCommand(shell))
                .addSubcommand(new UpdateCommand(shell))
                .addSubcommand(new DeleteCommand(shell))
                .addSubcommand(new PlansCommand(shell))
                .addSubcommand(new ResetCommand(shell))
                .addSubcommand(new ConnectCommand(shell))
                .addSubcommand(new ProxyCommand(shell))
                .addSubcommand(new AdviseCommand(shell));
        CommandLine commandLine = new CommandLine(new ManagedRedisCli()).addSubcommand(redis);
        commandLine
                .registerConverter(Region.class, Region::of)
                .setOut(writer(shell.out()))
                .setErr(writer(shell.err()))
                .setColorScheme(CommandLine.Help.defaultColorScheme(shell.colour() ? Ansi.ON : Ansi.OFF))
                .setParameterExceptionHandler((wrong, given) -> explain(shell, wrong))
                .setExecutionExceptionHandler((failure, command, parsed) -> report(shell, failure));
        return commandLine;
    }

    private static int explain(Shell shell, ParameterException wrong) {
        shell.error(String.valueOf(wrong.getMessage()));
        shell.err().println("Try '" + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE;
    }

    private static int report(Shell shell, Exception failure) {
        boolean expected = failure instanceof ManagedRedisException || failure instanceof UsageException;
        shell.error(expected ? String.valueOf(failure.getMessage()) : failure.toString());
        return ExitCode.of(failure);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true);
    }
}
