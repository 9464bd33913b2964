package org.descope4j.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import jakarta.json.JsonException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import org.descope4j.emulator.Caller.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FaultTest {
    private static final String ANA = "ana@example.com";

    private static final DescopeEmulator EMULATOR = DescopeEmulator.start();
    private final Caller caller = new Caller(EMULATOR);

    @BeforeEach
    void forget_the_test_before() {
        EMULATOR.reset();
    }

    @AfterAll
    static void stop() {
        EMULATOR.close();
    }

    @Test
    void G4_a_rate_limit_says_when_to_try_again() {
        EMULATOR.misbehave(Fault.rateLimited(Duration.ofSeconds(7)).times(2));

        Answer first = caller.askForLink("signup-in", ANA);

        assertThat(first.status()).isEqualTo(429);
        assertThat(first.header("Retry-After")).isEqualTo("7");
        assertThat(first.errorCode()).isEqualTo("E130429");
        assertThat(caller.askForLink("signup-in", ANA).status()).isEqualTo(429);
        assertThat(EMULATOR.inbox().messages()).isEmpty();
        assertThat(caller.askForLink("signup-in", ANA).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 500, 502, 503, 504, 521, 599})
    void G4_an_error_has_the_ordered_status_and_descopes_form(int status) {
        EMULATOR.misbehave(Fault.status(status));

        Answer answer = caller.askForLink("signup-in", ANA);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().keySet())
                .containsExactlyInAnyOrder("errorCode", "errorDescription", "errorMessage", "message");
    }

    @Test
    void G4_a_slow_answer_is_the_right_one() {
        EMULATOR.misbehave(Fault.slow(Duration.ofMillis(300)));
        long start = System.nanoTime();

        Answer answer = caller.askForLink("signup-in", ANA);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        assertThat(answer.text("maskedEmail")).isEqualTo("a***@example.com");
    }

    @Test
    void a_dropped_request_never_arrived() {
        EMULATOR.misbehave(Fault.dropped());

        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> caller.askForLink("signup-in", ANA));

        assertThat(EMULATOR.inbox().messages()).isEmpty();
        assertThat(caller.askForLink("signup-in", ANA).status()).isEqualTo(200);
    }

    @Test
    void an_answer_that_is_cut_off_was_obeyed() {
        EMULATOR.misbehave(Fault.cutOff());

        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> caller.askForLink("signup-in", ANA));

        assertThat(EMULATOR.inbox().messages()).hasSize(1);
    }

    @Test
    void an_answer_that_is_no_json_is_a_page() {
        EMULATOR.misbehave(Fault.notJson());

        Answer answer = caller.askForLink("signup-in", ANA);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("text/html");
        assertThatExceptionOfType(JsonException.class).isThrownBy(answer::json);
    }

    @Test
    void after_obeying_only_the_answer_is_lost() {
        String token = caller.linkTokenFor(ANA);
        EMULATOR.misbehave(Fault.status(503).at("/v1/auth/magiclink/verify").afterObeying());

        assertThat(caller.verify(token).status()).isEqualTo(503);

        assertThat(caller.verify(token).errorCode()).isEqualTo("E062504");
    }

    @Test
    void without_that_the_request_was_not_obeyed() {
        String token = caller.linkTokenFor(ANA);
        EMULATOR.misbehave(Fault.status(503).at("/v1/auth/magiclink/verify"));

        assertThat(caller.verify(token).status()).isEqualTo(503);

        assertThat(caller.verify(token).status()).isEqualTo(200);
    }

    @Test
    void a_fault_waits_for_its_path() {
        String refreshJwt = caller.signIn(ANA).text("refreshJwt");
        EMULATOR.misbehave(
                Fault.status(500).at("/v1/auth/refresh"), Fault.status(502).at("/v2/keys/"));

        assertThat(caller.get("/v1/auth/me", refreshJwt).status()).isEqualTo(200);
        assertThat(caller.get("/v2/keys/" + EMULATOR.projectId()).status()).isEqualTo(502);
        assertThat(caller.post("/v1/auth/refresh", "{}", refreshJwt).status()).isEqualTo(500);
        assertThat(caller.post("/v1/auth/refresh", "{}", refreshJwt).status()).isEqualTo(200);
    }

    @Test
    void several_faults_befall_one_request_after_the_other() {
        EMULATOR.misbehave(Fault.status(500), Fault.rateLimited(Duration.ZERO));
        EMULATOR.misbehave(Fault.status(503).times(2));

        List<Integer> statuses = List.of(
                caller.askForLink("signup-in", ANA).status(),
                caller.askForLink("signup-in", ANA).status(),
                caller.askForLink("signup-in", ANA).status(),
                caller.askForLink("signup-in", ANA).status(),
                caller.askForLink("signup-in", ANA).status());

        assertThat(statuses).containsExactly(500, 429, 503, 503, 200);
    }

    @Test
    void the_emulators_own_pages_are_spared_and_a_reset_forgets_the_faults() {
        EMULATOR.misbehave(Fault.status(500));

        assertThat(caller.get("/inbox").status()).isEqualTo(200);
        assertThat(caller.get("/_emulator/messages").status()).isEqualTo(200);
        EMULATOR.reset();
        assertThat(caller.askForLink("signup-in", ANA).status()).isEqualTo(200);
    }

    @Test
    void a_fault_that_cannot_be_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Fault.status(200));
        assertThatIllegalArgumentException().isThrownBy(() -> Fault.status(600));
        assertThatIllegalArgumentException().isThrownBy(() -> Fault.rateLimited(Duration.ofSeconds(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> Fault.slow(Duration.ofMinutes(11)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fault.dropped().times(0))
                .withMessageContaining("0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"fault\":\"rateLimited\",\"retryAfter\":\"PT9S\"}                     | 429",
                "{\"fault\":\"rateLimited\"}                                             | 429",
                "{\"fault\":\"status\",\"status\":503}                                   | 503",
                "{\"fault\":\"status\"}                                                  | 500",
                "{\"fault\":\"slow\",\"delay\":\"PT0.01S\"}                              | 200",
                "{\"fault\":\"notJson\",\"path\":\"/v1/auth/magiclink/\"}                | 200",
                "{\"fault\":\"status\",\"path\":\"/v1/auth/refresh\"}                    | 200",
                "{\"fault\":\"status\",\"status\":504,\"afterObeying\":true,\"times\":2} | 504"
            })
    void faults_are_ordered_over_http_too(String body, int status) {
        assertThat(caller.post("/_emulator/faults", body).array()).hasSize(1);

        assertThat(caller.askForLink("signup-in", ANA).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dropped", "cutOff"})
    void connections_end_over_http_too(String fault) {
        caller.post("/_emulator/faults", "{\"fault\":\"" + fault + "\"}");

        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> caller.askForLink("signup-in", ANA));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"fault\":\"earthquake\"}",
                "{\"fault\":\"status\",\"status\":200}",
                "{\"fault\":\"status\",\"status\":\"500\"}",
                "{\"fault\":\"status\",\"status\":500.5}",
                "{\"fault\":\"slow\"}",
                "{\"fault\":\"slow\",\"delay\":\"long\"}",
                "{\"fault\":\"slow\",\"delay\":\"PT1H\"}",
                "{\"fault\":\"dropped\",\"times\":0}",
                "{\"fault\":\"dropped\",\"after\":1}"
            })
    void a_mistake_in_an_order_is_refused(String body) {
        assertThat(caller.post("/_emulator/faults", body).status()).isEqualTo(400);
        assertThat(caller.get("/_emulator/faults").array()).isEmpty();
    }

    @Test
    void what_is_to_come_is_listed_and_can_be_called_off() {
        EMULATOR.misbehave(Fault.dropped().times(3).at("/v1/auth/refresh"), Fault.status(500));
        caller.askForLink("signup-in", ANA);

        assertThat(caller.get("/_emulator/faults").body())
                .isEqualTo("[{\"fault\":\"dropped\",\"times\":3,\"path\":\"/v1/auth/refresh\"}]");
        assertThat(caller.send("DELETE", "/_emulator/faults", "none", BodyPublishers.noBody())
                        .array())
                .isEmpty();
        assertThat(caller.get("/_emulator/faults").array()).isEmpty();
    }
}
