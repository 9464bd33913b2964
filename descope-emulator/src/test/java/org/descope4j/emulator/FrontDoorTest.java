package org.descope4j.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.descope4j.emulator.Caller.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FrontDoorTest {
    private static final String SIGN_UP_OR_IN = "/v1/auth/magiclink/signup-in/email";

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

    @ParameterizedTest
    @ValueSource(
            strings = {"Host: localhost", "Host: LOCALHOST:1", "Host: 127.0.0.1:80", "Host: [::1]:8081", "Host: [::1]"})
    void G3_a_loopback_host_is_let_in(String header) throws IOException {
        assertThat(statusOf("GET /inbox HTTP/1.1\r\n" + header + "\r\n")).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: evil.example",
                "Host: localhost.evil.example",
                "Host: evil.example:localhost",
                "Host: localhost@evil.example",
                "Host: 127.0.0.1.evil.example",
                "Host: localhost\r\nHost: evil.example",
                "Host:",
                "Accept: */*"
            })
    @DisplayName("G3: another Host than a loopback name is refused (DNS rebinding)")
    void another_host_is_refused(String header) throws IOException {
        assertThat(statusOf("GET /_emulator/messages HTTP/1.1\r\n" + header + "\r\n"))
                .isIn(400, 421);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://evil.example", "null", "http://localhost.evil.example", "http://localhost@evil.example"
            })
    void G3_a_page_of_another_site_cannot_send_requests(String origin) {
        Answer answer = caller.send(HttpRequest.newBuilder(EMULATOR.baseUri().resolve("/_emulator/reset"))
                .header("Origin", origin)
                .POST(BodyPublishers.noBody())
                .build());

        assertThat(answer.status()).isEqualTo(403);
    }

    @Test
    void G3_no_answer_allows_other_origins() {
        Answer answer = caller.send(HttpRequest.newBuilder(EMULATOR.baseUri().resolve("/_emulator/messages"))
                .header("Origin", "http://localhost:3000")
                .build());

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.response().headers().map().keySet()).noneMatch(name -> name.startsWith("access-control"));
        assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /_emulator/messages",
        "POST, /_emulator/reset",
        "POST, /_emulator/clock",
        "POST, /_emulator/faults",
        "GET, /_emulator/requests",
        "GET, /_emulator/project",
        "OPTIONS, /_emulator/messages"
    })
    @DisplayName("G3: a page of another port of this machine cannot use the control calls")
    void a_page_of_another_port_is_refused(String method, String path) throws IOException {
        int port = EMULATOR.baseUri().getPort();
        String own = "localhost:" + port;
        for (String header : new String[] {
            "Origin: http://localhost:3000",
            "Origin: http://localhost",
            "Origin: http://127.0.0.1:" + port,
            "Origin: http://[::1]:" + port,
            "Origin: ftp://" + own,
            "Origin: http://" + own + "\r\nOrigin: http://localhost:3000",
            "Sec-Fetch-Site: same-site",
            "Sec-Fetch-Site: cross-site",
            "Sec-Fetch-Site: SAME-SITE",
            "Sec-Fetch-Site: none\r\nSec-Fetch-Site: same-site",
            "Origin: http://" + own + "\r\nSec-Fetch-Site: same-site"
        }) {
            assertThat(statusOf(method + " " + path + " HTTP/1.1\r\nHost: " + own + "\r\n" + header + "\r\n"))
                    .as(header)
                    .isEqualTo(403);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Accept: */*", "Sec-Fetch-Site: none", "Sec-Fetch-Site: same-origin"})
    void G3_programs_persons_and_its_own_pages_can_use_the_control_calls(String header) throws IOException {
        String own = "localhost:" + EMULATOR.baseUri().getPort();
        String head = "GET /_emulator/messages HTTP/1.1\r\nHost: " + own + "\r\n";

        assertThat(statusOf(head + header + "\r\n")).isEqualTo(200);
        assertThat(statusOf(head + "Origin: http://" + own + "\r\n" + header + "\r\n"))
                .isEqualTo(200);
    }

    @Test
    void a_link_on_a_page_of_another_port_still_leads_to_the_inbox() throws IOException {
        assertThat(statusOf("GET /inbox HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-site\r\n"))
                .isEqualTo(200);
    }

    @Test
    void G3_it_listens_on_the_loopback_interface_only() {
        assertThat(InetAddress.getLoopbackAddress().isLoopbackAddress()).isTrue();
        assertThat(EMULATOR.baseUri().getHost()).isEqualTo("localhost");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "\"text\"", "null", "{} {}", "{\"loginId\":}", "not json"})
    void a_body_that_is_no_object_is_malformed(String body) {
        Answer answer = caller.post(SIGN_UP_OR_IN, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("errorCode")).isEqualTo("E011001");
    }

    @Test
    void a_body_that_is_not_utf_8_is_malformed() {
        Answer answer = caller.send(
                "POST", SIGN_UP_OR_IN, "Bearer " + EMULATOR.projectId(), BodyPublishers.ofByteArray(new byte[] {
                    '{', (byte) 0xC3, '}'
                }));

        assertThat(answer.text("errorCode")).isEqualTo("E011001");
    }

    @Test
    void a_deeply_nested_body_is_refused_not_a_failure() {
        Answer answer = caller.post(SIGN_UP_OR_IN, "{\"a\":" + "[".repeat(30_000) + "]".repeat(30_000) + "}");

        assertThat(answer.status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"65536, 200", "65537, 413", "200000, 413"})
    void a_body_has_at_most_64_kib(int size, int status) {
        String start = "{\"loginId\":\"ana@example.com\",\"padding\":\"";
        String body = start + "x".repeat(size - start.length() - 2) + "\"}";

        assertThat(caller.post(SIGN_UP_OR_IN, body).status()).isEqualTo(status);
    }

    @Test
    void an_unknown_path_is_answered_in_the_form_of_descope() {
        Answer answer = caller.post("/v1/auth/otp/signin/email", "{}");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().keySet())
                .containsExactlyInAnyOrder("errorCode", "errorDescription", "errorMessage", "message");
        assertThat(answer.text("message")).contains("POST /v1/auth/otp/signin/email");
    }

    @Test
    void a_wrong_method_is_refused() {
        assertThat(caller.get(SIGN_UP_OR_IN).status()).isEqualTo(405);
        assertThat(caller.post("/inbox", "").status()).isEqualTo(405);
    }

    @Test
    void a_head_request_is_answered_without_a_body() throws IOException {
        assertThat(statusOf("HEAD /inbox HTTP/1.1\r\nHost: localhost\r\n")).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer P2anotherProject0000000000000", "Bearer ", "Bearer :token", "Basic abc"})
    void a_wrong_project_is_refused(String authorization) {
        Answer answer = caller.send(
                "POST", SIGN_UP_OR_IN, authorization, BodyPublishers.ofString("{\"loginId\":\"ana@example.com\"}"));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.json()).containsKey("errorCode");
        assertThat(EMULATOR.inbox().messages()).isEmpty();
    }

    @Test
    void the_keys_of_a_wrong_project_are_refused() {
        assertThat(caller.get("/v2/keys/P2anotherProject0000000000000").status())
                .isEqualTo(401);
    }

    @Test
    void a_key_has_the_six_fields_of_descope() {
        Answer set = caller.get("/v2/keys/" + EMULATOR.projectId());

        assertThat(set.json().getJsonArray("keys").getJsonObject(0).keySet())
                .containsExactlyInAnyOrder("alg", "e", "kid", "kty", "n", "use");
        assertThat(set.header("Content-Type")).isEqualTo("application/json");
    }

    private int statusOf(String head) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), EMULATOR.baseUri().getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write((head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            out.flush();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(answer.substring(9, 12));
        }
    }
}
