package org.descope4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.descope4j.ScriptedService.http;
import static org.descope4j.ScriptedService.json;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.session.InvalidSessionException;
import org.descope4j.session.KeysUnavailableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong between us and Descope, and which of the three exceptions tells it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FaultsTest {
    private static final String PROJECT_ID = "P2abcdefghijklmnopqrstuvwxyz";
    private static final String VERIFY = "/v1/auth/magiclink/verify";
    private static final String SIGN_UP_OR_IN = "/v1/auth/magiclink/signup-in/email";
    private static final String KEYS = "/v2/keys/" + PROJECT_ID;
    private static final String KEY_SET = """
            {"keys":[{"alg":"RS256","e":"AQAB","kid":"SK2hEBF3rN7qCvnCKz7exBt57MHw","kty":"RSA","use":"sig","n":"%s"}]}\
            """.formatted("v" + "0zi".repeat(113) + "Ow");
    private static final URI REDIRECT = URI.create("https://app.example.com/auth/verify");

    private final ScriptedService service = new ScriptedService().answers(KEYS, json(200, KEY_SET));
    private final Descope descope = Descope.connect(DescopeSettings.forProject(PROJECT_ID)
            .baseUri(service.baseUri())
            .readTimeout(Duration.ofSeconds(2))
            .build());

    @AfterEach
    void stop() throws IOException {
        descope.close();
        service.close();
    }

    @Test
    void K15_an_unanswered_verify_is_sent_once_and_never_again() {
        service.answers(VERIFY, ScriptedService.DROP);

        assertThatThrownBy(() -> descope.magicLinks().verify("link-token"))
                .isInstanceOf(DescopeUnavailableException.class);
        assertThat(service.requests(VERIFY)).hasSize(1);
    }

    @Test
    void without_keys_a_link_token_is_not_spent() {
        service.answers(KEYS, json(503, "{}"));

        assertThatThrownBy(() -> descope.magicLinks().verify("link-token"))
                .isInstanceOf(DescopeUnavailableException.class);
        assertThat(service.requests(VERIFY)).isEmpty();
    }

    @Test
    void a_project_that_Descope_does_not_know_is_told_as_such() {
        service.answers(KEYS, json(401, "{\"errorCode\":\"E011003\"}"));

        assertThatThrownBy(() -> descope.validator().requireKeys())
                .isInstanceOf(KeysUnavailableException.class)
                .hasMessageContaining("check the project ID");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 522})
    void an_answer_of_the_5xx_kind_says_nothing_about_the_user(int status) {
        service.answers(VERIFY, json(status, "{\"errorCode\":\"E010009\"}"));

        assertThatThrownBy(() -> descope.magicLinks().verify("link-token"))
                .isInstanceOf(DescopeUnavailableException.class)
                .hasMessageContaining(String.valueOf(status));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void K8_a_redirect_is_not_followed(int status) throws IOException {
        try (ScriptedService elsewhere = new ScriptedService()) {
            service.answers(SIGN_UP_OR_IN, json(status, "{}", "Location: " + elsewhere.baseUri() + SIGN_UP_OR_IN));

            assertThatThrownBy(() -> signUpOrIn()).isInstanceOf(DescopeUnavailableException.class);
            assertThat(elsewhere.requests(SIGN_UP_OR_IN)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "5",
                "{",
                "{}}",
                "<html>",
                "{\"sessionJwt\":{}}",
                "{\"user\":[]}",
                "{\"firstSeen\":\"x\"}"
            })
    void an_answer_that_is_not_the_expected_json_says_nothing_about_the_user(String body) {
        service.answers(VERIFY, json(200, body));

        assertThatThrownBy(() -> descope.magicLinks().verify("link-token"))
                .isInstanceOf(DescopeUnavailableException.class);
    }

    @Test
    void a_page_of_a_proxy_is_no_answer_of_Descopes_whatever_its_status() {
        service.answers(VERIFY, http(403, "text/html", "<html>{\"errorCode\":\"E1\"}</html>"));

        assertThatThrownBy(() -> descope.magicLinks().verify("link-token"))
                .isInstanceOf(DescopeUnavailableException.class);
    }

    @Test
    void an_answer_cut_off_says_nothing_about_the_user() {
        service.answers(VERIFY, json(200, "{}").replace("Content-Length: 2", "Content-Length: 52"));

        assertThatThrownBy(() -> descope.magicLinks().verify("link-token"))
                .isInstanceOf(DescopeUnavailableException.class);
    }

    @Test
    void K3_an_answer_without_end_is_given_up() {
        service.answers(VERIFY, json(200, "{\"pad\":\"" + "x".repeat(1_100_000) + "\"}"));

        assertThatThrownBy(() -> descope.magicLinks().verify("link-token"))
                .isInstanceOf(DescopeUnavailableException.class);
    }

    @Test
    void K3_an_answer_whose_head_does_not_come_is_given_up() {
        service.answers(VERIFY, "HTTP/1.1 200 OK\r\n" + ScriptedService.HANG);

        assertThatThrownBy(() -> descope.magicLinks().verify("link-token"))
                .isInstanceOf(DescopeUnavailableException.class);
        assertThat(service.requests(VERIFY)).hasSize(1);
    }

    @Test
    void K3_an_answer_whose_body_does_not_come_is_given_up() {
        service.answers(
                VERIFY, json(200, "{}").replace("Content-Length: 2", "Content-Length: 52") + ScriptedService.HANG);

        assertThatThrownBy(() -> descope.magicLinks().verify("link-token"))
                .isInstanceOf(DescopeUnavailableException.class);
        assertThat(service.requests(VERIFY)).hasSize(1);
    }

    @Test
    void K17_an_answer_nested_too_deep_is_no_stack_overflow() {
        service.answers(VERIFY, json(200, "{\"user\":" + "[".repeat(100_000)));

        assertThatThrownBy(() -> descope.magicLinks().verify("link-token"))
                .isInstanceOf(DescopeUnavailableException.class);
    }

    @Test
    void a_service_that_is_not_there_says_nothing_about_the_user() throws IOException {
        service.close();

        assertThatThrownBy(() -> signUpOrIn())
                .isInstanceOf(DescopeUnavailableException.class)
                .hasMessageContaining(service.baseUri());
    }

    @ParameterizedTest
    @CsvSource({
        "Retry-After: 5, 5",
        "Retry-After: 0, 1",
        "Retry-After: -1, 60",
        "Retry-After: 100000000000, 300",
        "Retry-After: 99999999999999999999, 60",
        "'Retry-After: Fri, 31 Dec 2100 23:59:59 GMT', 60",
        "Retry-After: soon, 60",
        "X-Nothing: 1, 60"
    })
    void K16_a_rate_limit_tells_when_to_come_back_within_bounds(String header, long seconds) {
        service.answers(SIGN_UP_OR_IN, json(429, "{\"errorCode\":\"E130429\"}", header));

        assertThatThrownBy(() -> signUpOrIn())
                .isInstanceOfSatisfying(
                        RateLimitedException.class,
                        limited -> assertThat(limited.retryAfter()).isEqualTo(Duration.ofSeconds(seconds)));
        assertThat(service.requests(SIGN_UP_OR_IN)).hasSize(1);
    }

    @Test
    void a_refusal_carries_what_Descope_said_but_its_message_is_fit_for_a_log() {
        service.answers(
                SIGN_UP_OR_IN,
                json(
                        400,
                        "{\"errorCode\":\"E011004\",\"errorDescription\":\"Invalid arguments\","
                                + "\"errorMessage\":\"ada@example.com is odd\",\"message\":\"x\"}"));

        assertThatThrownBy(() -> signUpOrIn())
                .isInstanceOfSatisfying(RefusedByDescopeException.class, refused -> {
                    assertThat(refused.status()).isEqualTo(400);
                    assertThat(refused.errorCode()).isEqualTo("E011004");
                    assertThat(refused.errorDescription()).isEqualTo("Invalid arguments");
                    assertThat(refused.errorMessage()).isEqualTo("ada@example.com is odd");
                })
                .hasMessageNotContaining("ada@example.com");
    }

    @Test
    void L2_what_does_not_look_like_an_error_code_is_none() {
        service.answers(VERIFY, json(400, "{\"errorCode\":\"E1\\n00:00 INFO signed in\"}"));

        assertThatThrownBy(() -> descope.magicLinks().verify("link-token"))
                .isInstanceOf(DescopeUnavailableException.class)
                .hasMessageNotContaining("signed in");
    }

    @Test
    void K13_a_jwt_of_another_project_in_the_answer_signs_nobody_in() {
        try (DescopeEmulator another = DescopeEmulator.start();
                Descope theirs = Descope.connect(DescopeSettings.forProject(another.projectId())
                        .baseUri(another.baseUri().toString())
                        .build())) {
            theirs.magicLinks().signUpOrIn(DeliveryMethod.EMAIL, "eve@example.com", REDIRECT);
            Tokens tokens = theirs.magicLinks()
                    .verify(another.inbox().latest("eve@example.com").token())
                    .tokens();
            service.answers(
                    VERIFY,
                    json(
                            200,
                            "{\"sessionJwt\":\"" + tokens.sessionJwt() + "\",\"refreshJwt\":\"" + tokens.refreshJwt()
                                    + "\"}"));

            assertThatThrownBy(() -> descope.magicLinks().verify("link-token"))
                    .isInstanceOf(InvalidSessionException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 500})
    void L4_no_exception_holds_a_token_or_what_Descope_answered(int status) {
        String secret = "eyJhbGciOiJSUzI1NiJ9.c2VjcmV0.c2lnbmF0dXJl";
        service.answers(VERIFY, json(status, "{\"sessionJwt\":[\"" + secret + "\"]}"));

        assertThatThrownBy(() -> descope.magicLinks().verify("link-token-of-ada"))
                .isInstanceOf(DescopeException.class)
                .satisfies(thrown -> {
                    StringWriter everything = new StringWriter();
                    thrown.printStackTrace(new PrintWriter(everything));
                    assertThat(everything.toString()).doesNotContain("c2VjcmV0", "link-token-of-ada");
                });
    }

    @Test
    void requests_look_like_those_of_Descopes_own_clients() {
        service.answers(SIGN_UP_OR_IN, json(200, "{\"maskedEmail\":\"a***@example.com\"}"));

        LinkSent sent = signUpOrIn();

        assertThat(sent.maskedRecipient()).isEqualTo("a***@example.com");
        assertThat(service.requests(SIGN_UP_OR_IN)).singleElement().satisfies(request -> {
            assertThat(request.line()).isEqualTo("POST " + SIGN_UP_OR_IN + " HTTP/1.1");
            assertThat(request.headers())
                    .containsEntry("Authorization", "Bearer " + PROJECT_ID)
                    .containsEntry("x-descope-project-id", PROJECT_ID)
                    .containsEntry("Content-Type", "application/json");
            assertThat(request.body())
                    .isEqualTo("{\"URI\":\"https://app.example.com/auth/verify\",\"loginId\":\"ada@example.com\","
                            + "\"loginOptions\":{}}");
        });
    }

    private LinkSent signUpOrIn() {
        return descope.magicLinks().signUpOrIn(DeliveryMethod.EMAIL, "ada@example.com", REDIRECT);
    }
}
