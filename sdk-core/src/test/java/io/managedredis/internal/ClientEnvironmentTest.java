package io.managedredis.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.managedredis.Secret;
import io.managedredis.error.ConfigurationException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientEnvironmentTest {

    @TempDir
    Path home;

    @Test
    void should_prefer_the_access_token_to_the_api_token_to_the_file() throws IOException {
        Path directory = Files.createDirectory(home.resolve(".fly"));
        Files.writeString(directory.resolve("config.yml"), "last_login: x\naccess_token: from-file\nother: 1\n");

        assertThat(token(Map.of("FLY_ACCESS_TOKEN", "a", "FLY_API_TOKEN", "b"))).isEqualTo("a");
        assertThat(token(Map.of("FLY_ACCESS_TOKEN", " ", "FLY_API_TOKEN", "b"))).isEqualTo("b");
        assertThat(token(Map.of())).isEqualTo("from-file");
    }

    @Test
    void should_look_where_the_directory_variable_says() throws IOException {
        Files.writeString(home.resolve("config.yml"), "access_token: elsewhere\n");

        assertThat(token(Map.of("FLY_CONFIG_DIR", home.toString()))).isEqualTo("elsewhere");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "access_token: fm2_a,fm2_b | fm2_a,fm2_b",
                "access_token: \"FlyV1 fm2_a\" | FlyV1 fm2_a",
                "access_token: 'x' | x",
                "access_token:x | x"
            })
    void should_read_a_token_in_any_quotes(String line, String expected) throws IOException {
        Files.writeString(home.resolve("config.yml"), "a: 1\r\n" + line + "\r\nb: 2\r\n");

        assertThat(token(Map.of("FLY_CONFIG_DIR", home.toString()))).isEqualTo(expected);
    }

    @Test
    void should_have_no_token_when_there_is_none() throws IOException {
        assertThat(new ClientEnvironment(Map.of(), home).token()).isEmpty();
        Files.writeString(home.resolve("config.yml"), "nested:\n  access_token: not-this\naccess_token:\nwire: x\n");
        assertThat(new ClientEnvironment(Map.of("FLY_CONFIG_DIR", home.toString()), home).token())
                .isEmpty();
        Files.write(home.resolve("config.yml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        assertThat(new ClientEnvironment(Map.of("FLY_CONFIG_DIR", home.toString()), home).token())
                .isEmpty();
        assertThat(ClientEnvironment.noToken()).hasMessageContaining("FLY_ACCESS_TOKEN");
    }

    @Test
    void should_find_the_address_of_the_api() {
        assertThat(new ClientEnvironment(Map.of(), home).baseUrl()).isEqualTo(URI.create("https://api.fly.io"));
        assertThat(new ClientEnvironment(Map.of("FLY_API_BASE_URL", "http://localhost:1/x"), home).baseUrl())
                .isEqualTo(URI.create("http://localhost:1/x"));
        assertThatThrownBy(() -> new ClientEnvironment(Map.of("FLY_API_BASE_URL", "http://a b"), home).baseUrl())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("FLY_API_BASE_URL");
    }

    private String token(Map<String, String> variables) {
        return new ClientEnvironment(variables, home)
                .token()
                .map(Secret::reveal)
                .orElseThrow();
    }
}
