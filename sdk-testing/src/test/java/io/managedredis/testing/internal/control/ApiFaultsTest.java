package io.managedredis.testing.internal.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.managedredis.error.InvalidRequestException;
import io.managedredis.testing.fault.ActiveFault;
import io.managedredis.testing.fault.ApiAnswerLost;
import io.managedredis.testing.fault.ApiError;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApiFaultsTest {

    private static final String QUERY = "{\"query\":\"{ viewer { email } }\"}";
    private static final String CREATE =
            "{\"query\":\"mutation { createAddOn(input: {type: redis, primaryRegion: \\\"mad\\\", name: \\\"a\\\"}) { addOn { id } } }\"}";

    private final ApiFixture api = new ApiFixture();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void should_answer_with_a_status_until_the_fault_ends() throws IOException {
        try (ActiveFault fault = api.faults.start(ApiError.status(429).retryAfter(Duration.ofSeconds(3)))) {
            HttpResponse<String> response = post(QUERY);
            assertThat(response.statusCode()).isEqualTo(429);
            assertThat(response.headers().firstValue("Retry-After")).contains("3");
            assertThat(fault.fault()).isInstanceOf(ApiError.class);
        }

        assertThat(post(QUERY).statusCode()).isEqualTo(200);
    }

    @Test
    void should_answer_with_an_error_inside_of_a_graphql_answer() throws IOException {
        api.faults.start(ApiError.code("SERVER_ERROR", "try later").times(1));

        JsonNode error = ApiFixture.json(post(QUERY).body()).at("/errors/0");

        assertThat(error.path("message").asText()).isEqualTo("try later");
        assertThat(error.at("/extensions/code").asText()).isEqualTo("SERVER_ERROR");
    }

    @Test
    void should_end_after_so_many_requests() throws IOException {
        api.faults.start(ApiError.status(503).times(2));

        assertThat(post(QUERY).statusCode()).isEqualTo(503);
        assertThat(post(QUERY).statusCode()).isEqualTo(503);
        assertThat(post(QUERY).statusCode()).isEqualTo(200);
    }

    @Test
    void should_do_nothing_of_an_operation_that_fails_and_let_others_pass() throws IOException {
        api.faults.start(ApiError.status(500).on("createAddOn"));

        assertThat(post(CREATE).statusCode()).isEqualTo(500);
        assertThat(post(QUERY).statusCode()).isEqualTo(200);
        assertThat(api.dataPlane.calls).isEmpty();
    }

    @Test
    void should_carry_a_mutation_out_whose_answer_is_lost() throws IOException {
        api.faults.start(ApiAnswerLost.ofMutations().times(1));

        assertThatThrownBy(() -> post(CREATE)).isInstanceOf(IOException.class);

        assertThat(api.ask("{ addOns { nodes { name } } }", Map.of()).findValuesAsText("name"))
                .containsExactly("a");
        assertThat(ApiFixture.json(post(CREATE).body()).at("/errors/0/message").asText())
                .contains("already been taken");
    }

    @Test
    void should_lose_the_answers_of_the_named_operation_only() throws IOException {
        try (ActiveFault fault = api.faults.start(ApiAnswerLost.of("deleteAddOn"))) {
            assertThat(post(CREATE).statusCode()).isEqualTo(200);
            assertThat(fault.fault()).isEqualTo(ApiAnswerLost.of("deleteAddOn"));
            assertThatThrownBy(() -> post(
                            "{\"query\":\"mutation { deleteAddOn(input: {name: \\\"a\\\"}) { deletedAddOnName } }\"}"))
                    .isInstanceOf(IOException.class);
        }

        assertThat(api.ask("{ addOns { totalCount } }", Map.of())
                        .at("/data/addOns/totalCount")
                        .asInt())
                .isZero();
    }

    @Test
    void should_refuse_faults_that_are_none() {
        assertThatThrownBy(() -> ApiError.status(302)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> ApiError.status(500).times(0)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> ApiAnswerLost.ofMutations().times(0)).isInstanceOf(InvalidRequestException.class);
    }

    private HttpResponse<String> post(String body) throws IOException {
        return api.post("/graphql", "Bearer " + api.token("personal"), body);
    }
}
