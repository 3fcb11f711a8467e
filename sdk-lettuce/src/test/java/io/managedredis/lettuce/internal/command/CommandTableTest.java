package io.managedredis.lettuce.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandKeyword;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.ProtocolKeyword;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTableTest {

    private static RedisServer server;

    private final CommandTable table = CommandTable.standard();

    @BeforeAll
    static void start() throws IOException {
        server = new RedisServer();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Test
    void should_have_a_line_for_every_command_of_a_real_server() throws IOException {
        assertThat(serverCommands())
                .hasSizeGreaterThan(200)
                .allSatisfy(command -> assertThat(table.names()).contains(command.name()));
    }

    @Test
    void should_have_a_line_for_every_command_type_of_lettuce() {
        assertThat(CommandType.values())
                .allSatisfy(type -> assertThat(table.names()).contains(type.toString()));
    }

    @Test
    void should_send_to_replicas_nothing_that_a_real_replica_refuses_and_every_read_it_takes() throws IOException {
        SoftAssertions softly = new SoftAssertions();
        for (ServerCommand command : leaves()) {
            CommandRule rule = table.named(command.name()).orElseThrow();
            Route route = rule.route();
            if (command.flags().contains("write")) {
                softly.assertThat(route).as(command.name()).isIn(Route.WRITE, Route.PRIMARY);
            } else if (command.flags().contains("readonly")) {
                softly.assertThat(route).as(command.name()).isEqualTo(Route.READ);
            } else if (command.flags().contains("admin")) {
                softly.assertThat(route).as(command.name()).isNotEqualTo(Route.READ);
            }
        }
        softly.assertAll();
    }

    @Test
    void should_count_every_write_of_a_real_server_as_a_write_unless_its_keywords_decide() throws IOException {
        Set<String> decidedByKeywords = Set.of("SORT", "GETEX", "BITFIELD", "GEORADIUS", "GEORADIUSBYMEMBER");
        assertThat(leaves())
                .filteredOn(command -> command.flags().contains("write"))
                .filteredOn(command -> !decidedByKeywords.contains(command.name()))
                .allSatisfy(command -> assertThat(
                                table.named(command.name()).orElseThrow().writes())
                        .isTrue());
    }

    @Test
    void should_say_of_every_blocking_command_that_it_blocks() throws IOException {
        Set<String> onlyWithBlock = Set.of("XREAD", "XREADGROUP");
        for (ServerCommand command : leaves()) {
            assertThat(table.named(command.name()).orElseThrow().blocks())
                    .as(command.name())
                    .isEqualTo(command.flags().contains("blocking") && !onlyWithBlock.contains(command.name()));
        }
    }

    @Test
    void should_find_the_keys_that_a_real_server_finds_in_simple_reads() throws IOException {
        for (ServerCommand command : leaves()) {
            CommandRule rule = table.named(command.name()).orElseThrow();
            if (rule.route() != Route.READ || command.flags().contains("movablekeys") || command.firstKey() == 0) {
                continue;
            }
            CommandArgs<String, String> args = new CommandArgs<>(StringCodec.UTF8);
            long last = command.lastKey() < 0 ? 4 + command.lastKey() + 1 : command.lastKey();
            for (int position = 1; position <= 4; position++) {
                args.add("argument" + position);
            }
            assertThat(rule.keys().count(args)).as(command.name()).isEqualTo((int) (last - command.firstKey() + 1));
            assertThat(rule.keys().hash(args, 0))
                    .as(command.name())
                    .isEqualTo(bytesHash("argument" + command.firstKey()));
        }
    }

    /** Each line is one call; the server says which of its arguments are keys and what is done with them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET a",
                "MGET a b c",
                "SET a 1 EX 10",
                "MSET a 1 b 2",
                "MSETNX a 1 b 2",
                "DEL a b",
                "COPY a b",
                "RENAME a b",
                "BITOP AND dest a b",
                "LMOVE a b LEFT RIGHT",
                "BLPOP a b 0",
                "BLMPOP 0 2 a b LEFT",
                "LMPOP 2 a b LEFT",
                "ZMPOP 2 a b MIN",
                "BZMPOP 0 2 a b MIN",
                "ZUNIONSTORE dest 2 a b",
                "ZDIFFSTORE dest 2 a b",
                "ZRANGESTORE dest a 0 -1",
                "SINTERSTORE dest a b",
                "SUNIONSTORE dest a b",
                "SINTERCARD 2 a b LIMIT 1",
                "ZUNION 2 a b WITHSCORES",
                "ZINTERCARD 2 a b",
                "ZDIFF 1 a",
                "LCS a b",
                "GEOSEARCHSTORE dest a FROMMEMBER m BYRADIUS 1 m",
                "GEORADIUS a 1 1 1 m STORE dest",
                "GEORADIUSBYMEMBER a m 1 m STOREDIST dest",
                "GEORADIUS_RO a 1 1 1 m",
                "SORT a STORE dest",
                "SORT_RO a LIMIT 0 1",
                "XREAD COUNT 2 STREAMS a b 0 0",
                "XREAD BLOCK 0 STREAMS a 0",
                "XREADGROUP GROUP g c STREAMS a b > >",
                "XGROUP CREATE a g 0",
                "XINFO STREAM a",
                "XINFO GROUPS a",
                "OBJECT ENCODING a",
                "MEMORY USAGE a",
                "EVAL script 2 a b c",
                "EVALSHA sha 1 a b",
                "EVAL_RO script 1 a",
                "FCALL f 2 a b",
                "FCALL_RO f 1 a b",
                "PFCOUNT a b",
                "SMOVE a b m",
                "TOUCH a b",
                "EXISTS a a b",
                "PFMERGE dest a b",
                "RPOPLPUSH a b",
                "BITFIELD a SET u8 0 1",
                "GETEX a PERSIST",
                "WATCH a"
            })
    void should_find_the_keys_that_a_real_server_finds(String call) throws IOException {
        String[] words = call.split(" ");
        CommandArgs<String, String> args = args(Arrays.copyOfRange(words, 1, words.length));
        CommandRule rule = table.rule(keyword(words[0]), args);
        Set<String> expected = new TreeSet<>();
        String[] question = Stream.concat(Stream.of("COMMAND", "GETKEYSANDFLAGS"), Arrays.stream(words))
                .toArray(String[]::new);
        for (Object keyAndFlags : (List<?>) server.call(question)) {
            List<?> pair = (List<?>) keyAndFlags;
            List<?> flags = (List<?>) pair.get(1);
            // A read looks at all of its keys; a write matters for those it changes, whose flag is not RO.
            boolean readGroup = words[0].equals("XREADGROUP");
            if (!rule.writes() || readGroup || !flags.contains("RO")) {
                expected.add((String) pair.get(0));
            }
        }
        Set<Long> hashes = new TreeSet<>();
        for (int i = 0; i < rule.keys().count(args); i++) {
            hashes.add(rule.keys().hash(args, i));
        }
        if (rule.route() == Route.PIN) {
            expected.clear();
        }
        assertThat(hashes)
                .isEqualTo(new TreeSet<>(
                        expected.stream().map(CommandTableTest::bytesHash).toList()));
    }

    @ParameterizedTest
    @MethodSource("newerCommands")
    void should_know_commands_newer_than_the_bundled_server(String line) {
        String[] columns = line.split("\\s+");
        CommandRule rule = table.named(columns[0]).orElseThrow();
        assertThat(rule.route().name().toLowerCase(Locale.ROOT)).isEqualTo(columns[1]);
        assertThat(rule.blocks()).isEqualTo(columns.length > 2);
    }

    static List<String> newerCommands() throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                CommandTableTest.class.getResourceAsStream("newer-commands.txt"), StandardCharsets.US_ASCII))) {
            return lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SORT a, PRIMARY, SORT",
        "SORT a store b, WRITE, SORT",
        "GETEX a, PRIMARY, GETEX",
        "GETEX a ex 5, WRITE, GETEX",
        "BITFIELD a GET u8 0, PRIMARY, BITFIELD",
        "BITFIELD a GET u8 0 incrby u8 0 1, WRITE, BITFIELD",
        "SCRIPT LOAD s, EVERYWHERE, SCRIPT LOAD",
        "SCRIPT EXISTS s, PRIMARY, SCRIPT",
        "CLIENT setname s, EVERYWHERE, CLIENT SETNAME",
        "CLIENT LIST, PRIMARY, CLIENT",
        "OBJECT freq k, READ, OBJECT FREQ",
        "OBJECT HELP, PRIMARY, OBJECT",
        "FUNCTION LIST, READ, FUNCTION LIST",
        "FUNCTION LOAD code, WRITE, FUNCTION",
        "MEMORY DOCTOR, PRIMARY, MEMORY",
        "GEORADIUS a 1 1 1 m, PRIMARY, GEORADIUS",
        "WATCH a, PIN, WATCH",
        "EXEC, UNPIN, EXEC",
        "SUBSCRIBE c, SUBSCRIBE, SUBSCRIBE",
        "PUBLISH c m, PRIMARY, PUBLISH"
    })
    void should_look_at_subcommands_and_keywords(String call, Route route, String line) {
        String[] words = call.split(" ");
        CommandRule rule = table.rule(keyword(words[0]), args(Arrays.copyOfRange(words, 1, words.length)));
        assertThat(rule.route()).isEqualTo(route);
        assertThat(rule.name()).isEqualTo(line);
    }

    @Test
    void should_see_a_block_before_the_streams_and_not_a_stream_called_block() {
        assertThat(table.rule(CommandType.XREAD, args("BLOCK", "0", "STREAMS", "a", "0"))
                        .blocks())
                .isTrue();
        assertThat(table.rule(CommandType.XREAD, args("STREAMS", "BLOCK", "0")).blocks())
                .isFalse();
    }

    @Test
    void should_find_a_subcommand_however_lettuce_holds_it() {
        CommandArgs<String, String> keyword = new CommandArgs<>(StringCodec.UTF8).add(CommandKeyword.ENCODING);
        CommandArgs<String, String> key = new CommandArgs<>(StringCodec.UTF8).addKey("encoding");
        CommandArgs<String, String> bytes =
                new CommandArgs<>(StringCodec.UTF8).add("Encoding".getBytes(StandardCharsets.US_ASCII));
        CommandArgs<String, String> chars = new CommandArgs<>(StringCodec.UTF8).add("encoding".toCharArray());
        assertThat(List.of(keyword, key, bytes, chars))
                .allSatisfy(args -> assertThat(
                                table.rule(CommandType.OBJECT, args.addKey("k")).route())
                        .isEqualTo(Route.READ));
    }

    @Test
    void should_treat_an_unknown_command_as_a_write_to_everything() {
        CommandRule rule = table.rule(keyword("ACME.STORE"), args("a"));
        assertThat(rule.isUnknown()).isTrue();
        assertThat(rule.route()).isEqualTo(Route.WRITE);
        assertThat(rule.writes()).isTrue();
        assertThat(rule.keys().count(args("a"))).isEqualTo(KeySpec.WHOLE_KEYSPACE);
    }

    @Test
    void should_find_a_known_command_sent_by_its_name_in_any_case() {
        assertThat(table.rule(keyword("get"), args("a")).route()).isEqualTo(Route.READ);
        assertThat(table.rule(keyword("json.set"), args("a")).writes()).isTrue();
    }

    @Test
    void should_classify_a_wrapped_command_like_the_command() {
        Command<String, String, String> command =
                new Command<>(CommandType.GET, new StatusOutput<>(StringCodec.UTF8), args("a"));
        assertThat(table.rule(new AsyncCommand<>(command))).isSameAs(table.rule(command));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"EVAL s 0", "EVAL s x a", "EVAL s 5 a", "EVAL s -1 a", "EVAL s 99999999999 a", "FLUSHALL", "EXEC"
            })
    void should_take_the_whole_keyspace_when_keys_are_not_declared(String call) {
        String[] words = call.split(" ");
        CommandArgs<String, String> args = args(Arrays.copyOfRange(words, 1, words.length));
        CommandRule rule = table.rule(keyword(words[0]), args);
        assertThat(rule.writes()).isTrue();
        assertThat(rule.keys().count(args)).isEqualTo(KeySpec.WHOLE_KEYSPACE);
        assertThat(rule.keys().count(null)).isEqualTo(KeySpec.WHOLE_KEYSPACE);
    }

    @Test
    void should_take_the_whole_keyspace_when_arguments_are_missing() {
        assertThat(table.rule(CommandType.GET, null).keys().count(null)).isEqualTo(KeySpec.WHOLE_KEYSPACE);
        assertThat(table.rule(CommandType.MGET, args()).keys().count(args())).isEqualTo(KeySpec.WHOLE_KEYSPACE);
        assertThat(table.rule(CommandType.BLPOP, args("1")).keys().count(args("1")))
                .isEqualTo(KeySpec.WHOLE_KEYSPACE);
    }

    private static long bytesHash(String key) {
        return KeyHash.of(key.getBytes(StandardCharsets.UTF_8));
    }

    private static CommandArgs<String, String> args(String... words) {
        CommandArgs<String, String> args = new CommandArgs<>(StringCodec.UTF8);
        for (String word : words) {
            args.add(word);
        }
        return args;
    }

    private static ProtocolKeyword keyword(String name) {
        return new ProtocolKeyword() {
            @Override
            public byte[] getBytes() {
                return name.getBytes(StandardCharsets.US_ASCII);
            }

            @Override
            public String toString() {
                return name;
            }
        };
    }

    private record ServerCommand(
            String name, List<?> flags, long firstKey, long lastKey, List<ServerCommand> subcommands) {

        static ServerCommand of(List<?> row) {
            return new ServerCommand(
                    ((String) row.get(0)).toUpperCase(Locale.ROOT).replace('|', ' '),
                    (List<?>) row.get(2),
                    (long) row.get(3),
                    (long) row.get(4),
                    ((List<?>) row.get(9))
                            .stream().map(sub -> of((List<?>) sub)).toList());
        }
    }

    private static List<ServerCommand> serverCommands() throws IOException {
        return ((List<?>) server.call("COMMAND"))
                .stream().map(row -> ServerCommand.of((List<?>) row)).toList();
    }

    /** Commands without subcommands, and the subcommands of the others. */
    private static List<ServerCommand> leaves() throws IOException {
        return serverCommands().stream()
                .flatMap(command ->
                        command.subcommands().isEmpty() ? Stream.of(command) : command.subcommands().stream())
                .toList();
    }
}
