package io.managedredis.testing.internal.data;

import static io.managedredis.testing.internal.data.TestDatabases.AMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.managedredis.testing.Distances;
import io.managedredis.testing.Face;
import io.managedredis.testing.Vantage;
import io.managedredis.testing.internal.RunningDatabase;
import java.io.EOFException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MalformedRequestTest {

    private final LocalDataPlane plane =
            LocalDataPlane.create(DataPlaneOptions.defaults().with(Face.REDIS).with(Distances.none()));
    private RunningDatabase database;

    @BeforeAll
    void start() {
        database = plane.start(TestDatabases.unlimited(AMS));
    }

    @AfterAll
    void close() {
        plane.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*3~$3~SET~$1~x~fooz~           | expected '$', got 'f'",
                "*3~$3~SET~$1~x~$-10~           | invalid bulk length",
                "*3~$3~SET~$1~x~$2000000000~    | invalid bulk length",
                "*3~$3~SET~$1~x~$blabla~        | invalid bulk length",
                "*2~$3~GET~$blabla~             | invalid bulk length",
                "*1~foo~                        | expected '$', got 'f'",
                "*3000000000~                   | invalid multibulk length",
            })
    void should_answer_what_comes_before_a_malformed_request_and_then_what_is_wrong(String request, String problem) {
        try (RespClient client = RespClient.login(database.url(AMS, Vantage.beside()))) {
            client.send("SET", "before", "1")
                    .send("GET", "before")
                    .sendRaw(request.strip().replace("~", "\r\n"));

            assertThat(client.read()).isEqualTo("+OK ");
            assertThat(client.read()).isEqualTo("$1 1 ");
            assertThat(client.read()).isEqualTo("-ERR Protocol error: " + problem + " ");
            assertThatThrownBy(client::read).hasRootCauseInstanceOf(EOFException.class);
        }
    }
}
