package io.managedredis.testing.internal.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PageResourceTest {

    private final ApiFixture api = new ApiFixture();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void should_show_the_databases_of_the_organization_without_secrets() throws IOException {
        DatabaseRecord ours = create("acme", "carts");
        create("personal", "theirs");

        HttpResponse<String> page = page("anyone:" + api.token("acme"));

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(page.body())
                .contains("<td>carts</td>", ours.id().value(), "redis://default:&lt;redacted&gt;@127.0.0.1")
                .doesNotContain("theirs")
                .doesNotContain(ours.password().reveal())
                .doesNotContain(api.token("acme"));
    }

    @Test
    void should_say_so_when_there_are_none() throws IOException {
        assertThat(page(":" + api.token("acme")).body()).contains("There are none");
    }

    @Test
    void should_ask_a_browser_for_the_token() throws IOException {
        for (String credentials : List.of("anyone:wrong", "", ":")) {
            HttpResponse<String> page = page(credentials);

            assertThat(page.statusCode()).isEqualTo(401);
            assertThat(page.headers().firstValue("WWW-Authenticate").orElseThrow())
                    .startsWith("Basic ");
        }
    }

    private DatabaseRecord create(String organization, String name) {
        return api.databases.create(
                api.accounts.organization(organization),
                new DatabaseRequest(name, "mad", List.of("ams"), null, Map.of()));
    }

    private HttpResponse<String> page(String credentials) throws IOException {
        return api.send(HttpRequest.newBuilder(api.uri("/"))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8)))
                .build());
    }
}
