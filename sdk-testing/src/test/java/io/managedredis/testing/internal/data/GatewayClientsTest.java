package io.managedredis.testing.internal.data;

import static io.managedredis.testing.internal.data.TestDatabases.AMS;
import static io.managedredis.testing.internal.data.TestDatabases.MAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.managedredis.Region;
import io.managedredis.testing.Distances;
import io.managedredis.testing.Face;
import io.managedredis.testing.Vantage;
import io.managedredis.testing.internal.RunningDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client learns of clients, scripts and events through a gateway: that of plain Redis, and nothing of the service. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GatewayClientsTest {

    private final LocalDataPlane plane =
            LocalDataPlane.create(DataPlaneOptions.defaults().with(Face.REDIS).with(Distances.none()));
    private final RunningDatabase database = plane.start(TestDatabases.unlimited(AMS));
    private final List<RespClient> clients = new ArrayList<>();

    @AfterEach
    void close() {
        clients.forEach(RespClient::close);
        plane.close();
    }

    private RespClient login(String region) {
        RespClient client = RespClient.login(database.url(Region.of(region), Vantage.beside()));
        clients.add(client);
        return client;
    }

    private static long idOf(RespClient client) {
        return Long.parseLong(client.ask("CLIENT", "ID").substring(1).trim());
    }

    @ParameterizedTest
    @ValueSource(strings = {"mad", "ams"})
    void should_list_the_clients_of_the_gateway_and_nothing_of_the_service(String region) {
        RespClient other = login(region);
        other.ask("CLIENT", "SETNAME", "other");
        RespClient client = login(region);

        List<String> lines = client.ask("CLIENT", "LIST")
                .lines()
                .filter(line -> line.contains("addr="))
                .toList();

        assertThat(lines)
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains(" addr=127.0.0.1:", " laddr=127.0.0.1:", " flags=N "));
        assertThat(lines).anySatisfy(line -> assertThat(line).contains("id=" + idOf(other) + " ", " name=other "));
        assertThat(client.ask("CLIENT", "INFO")).contains("id=" + idOf(client) + " ", "cmd=client|info");
        assertThat(client.ask("CLIENT", "LIST", "TYPE", "replica")).isEqualTo("$0  ");
        assertThat(client.ask("INFO", "clients")).contains("connected_clients:2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mad", "ams"})
    void should_say_one_id_wherever_a_client_asks_for_it(String region) {
        RespClient client = login(region);
        client.ask("SET", "a", "1");
        long id = idOf(client);

        assertThat(client.ask("HELLO", "2")).contains("id :" + id + " ");
        assertThat(client.ask("CLIENT", "LIST", "ID", Long.toString(id))).contains("id=" + id + " ");
        assertThat(login(region).ask("CLIENT", "LIST", "ID", Long.toString(id))).contains("id=" + id + " ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mad", "ams"})
    void should_kill_clients_of_the_gateway_and_count_them(String region) {
        RespClient idle = login(region);
        RespClient blocked = login(region).send("BLPOP", "none", "0");
        RespClient client = login(region);
        await().until(() -> client.ask("INFO", "clients").contains("blocked_clients:1 "));

        assertThat(client.ask("CLIENT", "KILL", "ID", Long.toString(idOf(idle))))
                .isEqualTo(":1 ");
        assertThat(client.ask("CLIENT", "KILL", "TYPE", "normal")).isEqualTo(":1 ");
        assertThat(client.ask("CLIENT", "KILL", "ID", "99999")).isEqualTo(":0 ");
        assertThat(client.ask("CLIENT", "KILL", "1.2.3.4:5")).isEqualTo("-ERR No such client ");
        assertThat(client.ask("CLIENT", "KILL", "USER", "nobody")).isEqualTo("-ERR No such user 'nobody' ");
        assertThat(idle.isClosedByServer()).isTrue();
        assertThat(blocked.isClosedByServer()).isTrue();
        assertThat(client.ask("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "no"))
                .isEqualTo(":1 ");
        assertThat(client.isClosedByServer()).isTrue();
        assertThat(login(region).ask("SET", "a", "1")).isEqualTo("+OK ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mad", "ams"})
    void should_kill_a_client_by_the_address_that_the_list_shows(String region) {
        RespClient other = login(region);
        RespClient client = login(region);
        Matcher address = Pattern.compile("id=" + idOf(other) + " addr=(\\S+)").matcher(client.ask("CLIENT", "LIST"));
        assertThat(address.find()).isTrue();

        assertThat(client.ask("CLIENT", "KILL", address.group(1))).isEqualTo("+OK ");
        assertThat(other.isClosedByServer()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"XREAD BLOCK 0 STREAMS s $", "BLPOP l 0"})
    void should_count_and_unblock_clients_that_are_blocked_at_either_server_of_a_replicas_gateway(String command) {
        RespClient blocked = login("ams");
        long id = idOf(blocked);
        blocked.send(command.split(" "));
        RespClient client = login("ams");
        await().until(() -> client.ask("INFO", "clients").contains("blocked_clients:1 "));

        assertThat(client.ask("CLIENT", "UNBLOCK", Long.toString(id), "ERROR")).isEqualTo(":1 ");
        assertThat(blocked.read()).isEqualTo("-UNBLOCKED client unblocked via CLIENT UNBLOCK ");
        assertThat(client.ask("CLIENT", "UNBLOCK", Long.toString(id))).isEqualTo(":0 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FCALL", "FCALL_RO"})
    void should_kill_the_function_that_runs_at_either_server_of_a_replicas_gateway(String call) {
        RespClient client = login("ams");
        client.ask("CONFIG", "SET", "busy-reply-threshold", "10");
        String code = "#!lua name=endless\nredis.register_function{function_name='endless',"
                + " callback=function() while true do end end, flags={'no-writes'}}\n"
                + "redis.register_function{function_name='quick',"
                + " callback=function() return 1 end, flags={'no-writes'}}";
        assertThat(client.ask("FUNCTION", "LOAD", code)).isEqualTo("$7 endless ");
        RespClient caller = login("ams");
        await().until(() -> caller.ask(call, "quick", "0").equals(":1 "));
        assertThat(client.ask("FUNCTION", "KILL")).startsWith("-NOTBUSY");
        caller.send(call, "endless", "0");

        await().until(() -> client.ask("FUNCTION", "STATS").contains("duration_ms"));
        assertThat(client.ask("SCRIPT", "KILL")).startsWith("-BUSY");
        assertThat(client.ask("FUNCTION", "KILL")).isEqualTo("+OK ");

        assertThat(caller.read()).contains("Script killed by user");
        assertThat(client.ask("FUNCTION", "KILL")).startsWith("-NOTBUSY");
        assertThat(client.ask("SCRIPT", "KILL")).startsWith("-NOTBUSY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mad", "ams"})
    void should_tell_of_each_key_event_once_and_after_the_region_has_the_change(String region) {
        RespClient client = login(region);
        client.ask("CONFIG", "SET", "notify-keyspace-events", "KEA");
        RespClient subscriber = login(region);
        subscriber.ask("HELLO", "3");
        assertThat(subscriber.ask("PSUBSCRIBE", "__keyevent@0__:*")).contains("psubscribe");
        assertThat(subscriber.ask("SUBSCRIBE", "__keyspace@0__:gone")).contains("subscribe");

        client.ask("SET", "kept", "1");
        assertThat(subscriber.read()).endsWith("__keyevent@0__:set $4 kept ");
        assertThat(subscriber.ask("GET", "kept")).isEqualTo("$1 1 ");
        client.ask("SET", "gone", "1", "PX", "1");
        List<String> told = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String event = subscriber.read();
            told.add(event.substring(event.lastIndexOf("__key")));
        }
        assertThat(told)
                .containsExactlyInAnyOrder(
                        "__keyevent@0__:set $4 gone ",
                        "__keyspace@0__:gone $3 set ",
                        "__keyevent@0__:expire $4 gone ",
                        "__keyspace@0__:gone $6 expire ",
                        "__keyevent@0__:expired $4 gone ",
                        "__keyspace@0__:gone $7 expired ");
        client.ask("SET", "last", "1");
        assertThat(subscriber.read()).endsWith("__keyevent@0__:set $4 last ");
    }

    @Test
    void should_tell_a_replicas_subscriber_of_keys_that_reads_there_missed() {
        RespClient client = login("ams");
        client.ask("CONFIG", "SET", "notify-keyspace-events", "KEAm");
        RespClient subscriber = login("ams");
        subscriber.ask("PSUBSCRIBE", "__key*__:*");

        client.ask("GET", "missing");

        assertThat(subscriber.read()).endsWith("__keyspace@0__:missing $7 keymiss ");
        assertThat(subscriber.read()).endsWith("__keyevent@0__:keymiss $7 missing ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mad", "ams"})
    void should_show_in_the_slow_log_what_clients_did_only(String region) {
        RespClient client = login(region);
        client.ask("CONFIG", "SET", "slowlog-log-slower-than", "0");
        for (int i = 0; i < 20; i++) {
            client.ask("SET", "key", "v" + i);
            client.ask("GET", "key");
        }

        String log = client.ask("SLOWLOG", "GET", "-1");
        assertThat(log).contains(" SET ").doesNotContainPattern("(?i)replconf|psync");
        assertThat(log).doesNotContainPattern(" [a-z][A-Z]+ ");
        assertThat(client.ask("SLOWLOG", "GET", "3")).startsWith("*3 ");
        assertThat(client.ask("SLOWLOG", "GET", "-2")).startsWith("-ERR");
        assertThat(client.ask("SLOWLOG", "LEN")).matches(":\\d+ ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mad", "ams"})
    void should_keep_as_many_slow_commands_of_clients_as_they_ask_for(String region) {
        RespClient client = login(region);
        assertThat(client.ask("CONFIG", "GET", "slowlog-max-l*")).isEqualTo("*2 $15 slowlog-max-len $3 128 ");
        assertThat(client.ask("CONFIG", "SET", "slowlog-max-len", "none")).startsWith("-ERR CONFIG SET failed");
        client.ask("CONFIG", "SET", "slowlog-log-slower-than", "0", "slowlog-max-len", "10");
        for (int i = 0; i < 50; i++) {
            // A read that follows a write makes the service ask how far the replica is.
            client.ask("SET", "key", "v" + i);
            client.ask("GET", "key");
        }

        assertThat(client.ask("SLOWLOG", "LEN")).isEqualTo(":10 ");
        assertThat(client.ask("SLOWLOG", "GET", "-1")).startsWith("*10 ");
        assertThat(client.ask("CONFIG", "GET", "slowlog-max-len")).isEqualTo("*2 $15 slowlog-max-len $2 10 ");
        client.ask("HELLO", "3");
        assertThat(client.ask("CONFIG", "GET", "slowlog-max-len")).isEqualTo("%1 $15 slowlog-max-len $2 10 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mad", "ams"})
    void should_show_a_monitor_what_clients_do_at_each_server_once(String region) {
        RespClient monitor = login(region);
        assertThat(monitor.ask("MONITOR")).isEqualTo("+OK ");
        RespClient client = login(region);

        client.ask("GET", "local");
        assertThat(monitor.read()).endsWith("\"GET\" \"local\" ");
        client.ask("SET", "written", "1");
        assertThat(monitor.read()).endsWith("\"SET\" \"written\" \"1\" ");
        client.ask("EVAL", "return redis.call('SET', 'scripted', '1')", "0");
        assertThat(monitor.read()).contains("\"EVAL\"");
        assertThat(monitor.read()).endsWith("lua] \"SET\" \"scripted\" \"1\" ");
        client.ask("DBSIZE");
        assertThat(monitor.read()).endsWith("\"DBSIZE\" ");
    }

    @Test
    void should_redirect_invalidations_to_the_client_that_is_meant_at_a_replicas_gateway() {
        RespClient listener = login("ams");
        long id = idOf(listener);
        listener.ask("SUBSCRIBE", "__redis__:invalidate");
        RespClient client = login("ams");

        assertThat(client.ask("CLIENT", "TRACKING", "on", "REDIRECT", "123456")).startsWith("-ERR The client ID");
        assertThat(client.ask("CLIENT", "TRACKING", "on", "REDIRECT", Long.toString(id)))
                .isEqualTo("+OK ");
        assertThat(client.ask("CLIENT", "GETREDIR")).isEqualTo(":" + id + " ");
        assertThat(client.ask("CLIENT", "TRACKINGINFO")).contains("redirect :" + id + " ");
        assertThat(client.ask("CLIENT", "INFO")).contains(" redir=" + id + " ");
        client.ask("GET", "key");
        login("mad").ask("SET", "key", "1");

        assertThat(listener.read()).endsWith("__redis__:invalidate *1 $3 key ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CLIENT TRACKING on", "CLIENT REPLY ON", "AUTH joe pw"})
    void should_give_each_message_once_to_a_client_of_a_replicas_gateway_that_moves_to_the_primary(String moving) {
        RespClient publisher = login("mad");
        publisher.ask("ACL", "SETUSER", "joe", "on", ">pw", "~*", "&*", "+@all");
        RespClient client = login("ams");
        client.ask("HELLO", "3");
        client.ask("SUBSCRIBE", "news");
        client.ask("PSUBSCRIBE", "w*");
        publisher.ask("PUBLISH", "news", "1");

        client.send(moving.split(" "));
        assertThat(List.of(client.read(), client.read()))
                .containsExactlyInAnyOrder("+OK ", ">3 $7 message $4 news $1 1 ");
        publisher.ask("PUBLISH", "news", "2");
        publisher.ask("PUBLISH", "weather", "3");

        assertThat(client.read()).endsWith("$4 news $1 2 ");
        assertThat(client.read()).endsWith("$7 weather $1 3 ");
        assertThat(client.ask("UNSUBSCRIBE", "news")).isEqualTo(">3 $11 unsubscribe $4 news :1 ");
        assertThat(client.ask("SUBSCRIBE", "other")).isEqualTo(">3 $9 subscribe $5 other :2 ");
        assertThat(client.ask("PUNSUBSCRIBE")).isEqualTo(">3 $12 punsubscribe $2 w* :1 ");
        assertThat(publisher.ask("PUBLISH", "other", "4")).isEqualTo(":1 ");
        assertThat(client.read()).endsWith("$5 other $1 4 ");
        assertThat(client.ask("PING")).isEqualTo("+PONG ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mad", "ams"})
    void should_have_left_every_server_when_quitting_is_answered(String region) {
        RespClient client = login(region);
        RespClient watcher = login(region);
        client.ask("SUBSCRIBE", "news");
        await().until(() -> watcher.ask("PUBLISH", "news", "1").equals(":1 "));
        client.read();

        assertThat(client.ask("QUIT")).isEqualTo("+OK ");
        assertThat(watcher.ask("PUBLISH", "news", "2")).isEqualTo(":0 ");
        assertThat(client.isClosedByServer()).isTrue();
        assertThat(login(MAD.code()).ask("PING")).isEqualTo("+PONG ");
    }
}
