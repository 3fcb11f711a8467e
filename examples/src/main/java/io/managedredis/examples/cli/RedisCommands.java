package io.managedredis.examples.cli;

import picocli.CommandLine.Command;

/** The commands on databases. */
@Command(
        name = "redis",
        mixinStandardHelpOptions = true,
        description = "Creates, shows, changes, deletes and reaches databases.",
        synopsisSubcommandLabel = "COMMAND")
final class RedisCommands {}
