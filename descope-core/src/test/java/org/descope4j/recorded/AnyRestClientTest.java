package org.descope4j.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.ws.rs.client.ClientBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.descope4j.DeliveryMethod;
import org.descope4j.Descope;
import org.descope4j.DescopeSettings;
import org.descope4j.DescopeUnavailableException;
import org.descope4j.LoginOptions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds whatever REST client serves: this class runs with Jersey, and once more with RESTEasy in its place. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AnyRestClientTest {
    private static final RecordedTokens TOKENS = new RecordedTokens();
    private static final String PROJECT_ID = "P2wireTestProject00000000001";
    private static final String REFRESH_JWT = TOKENS.filledIn("{{jwt:refresh_ok}}");
    private static final URI VERIFY = URI.create("https://app.example.com/verify");
    private static final JsonObject DROP = Json.createObjectBuilder()
            .add("status", 0)
            .add("behavior", "close-before-reply")
            .build();

    private static final String CLIENT = System.getProperty("rest.client.package", "org.glassfish.jersey");

    /** The timeouts are a second, and a slow machine needs some more; the service answers after 30, the system gives up after 127. */
    private static final Duration LONG_BEFORE_ANYTHING_ELSE_ENDS_IT = Duration.ofSeconds(20);

    /** Apache's client beneath RESTEasy asks a question up to four times when connections drop; the one of the JDK twice. */
    private static final int MOST_QUESTIONS_DROPPED = CLIENT.contains("resteasy") ? 4 : 2;

    @Test
    void the_client_is_the_one_that_this_run_is_for() {
        assertThat(ClientBuilder.newBuilder().getClass().getName()).startsWith(CLIENT);
    }

    @ParameterizedTest
    @MethodSource("calls_that_change_something")
    void K15_a_post_whose_connection_drops_is_sent_once(String path, Consumer<Descope> call) throws IOException {
        try (RecordedService service = answering("POST", path, DROP);
                Descope descope = connect(service)) {
            assertThatThrownBy(() -> call.accept(descope)).isInstanceOf(DescopeUnavailableException.class);
            assertThat(posts(service)).hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("calls_that_change_something")
    void K15_a_post_on_a_connection_that_served_before_is_sent_once(String path, Consumer<Descope> call)
            throws IOException {
        try (RecordedService service = answering("POST", path, DROP);
                Descope descope = connect(service)) {
            descope.validator().requireKeys();

            assertThatThrownBy(() -> call.accept(descope)).isInstanceOf(DescopeUnavailableException.class);
            assertThat(posts(service)).hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("calls_that_change_something")
    void K15_a_post_that_a_server_in_trouble_answers_is_sent_once(String path, Consumer<Descope> call)
            throws IOException {
        try (RecordedService service = answering("POST", path, answer(503, "{}", "retry-after", "1"));
                Descope descope = connect(service)) {
            assertThatThrownBy(() -> call.accept(descope)).isInstanceOf(DescopeUnavailableException.class);
            assertThat(posts(service)).hasSize(1);
        }
    }

    @Test
    void a_question_that_a_server_in_trouble_answers_is_asked_once_more() throws IOException {
        try (RecordedService service =
                        answering("GET", "/v1/auth/me", answer(502, "{}"), answer(200, "{\"name\":\"Ana\"}"));
                Descope descope = connect(service)) {
            assertThat(descope.sessions().me(REFRESH_JWT).name()).contains("Ana");
            assertThat(questions(service)).hasSize(2);
        }
    }

    @Test
    void a_question_is_not_asked_a_third_time() throws IOException {
        try (RecordedService service = answering("GET", "/v1/auth/me", answer(503, "{}"));
                Descope descope = connect(service)) {
            assertThatThrownBy(() -> descope.sessions().me(REFRESH_JWT))
                    .isInstanceOf(DescopeUnavailableException.class);
            assertThat(questions(service)).hasSize(2);
        }
    }

    @Test
    void a_question_whose_connection_drops_is_not_asked_for_ever() throws IOException {
        try (RecordedService service = answering("GET", "/v1/auth/me", DROP);
                Descope descope = connect(service)) {
            assertThatThrownBy(() -> descope.sessions().me(REFRESH_JWT))
                    .isInstanceOf(DescopeUnavailableException.class);
            assertThat(questions(service)).hasSizeBetween(1, MOST_QUESTIONS_DROPPED);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void K8_no_redirect_is_followed_to_another_host_or_to_the_same(int status) throws IOException {
        try (RecordedService elsewhere = new RecordedService(List.of(), TOKENS.defaultKeys())) {
            for (String target : List.of(elsewhere.baseUri() + "/v1/auth/me", "/v1/auth/elsewhere")) {
                JsonObject redirect = answer(status, "{}", "location", target);
                try (RecordedService service = answering("GET", "/v1/auth/me", redirect);
                        Descope descope = connect(service)) {
                    assertThatThrownBy(() -> descope.sessions().me(REFRESH_JWT))
                            .isInstanceOf(DescopeUnavailableException.class);
                    assertThat(questions(service)).hasSize(1);
                }
                try (RecordedService service = answering("POST", "/v1/auth/magiclink/verify", redirect);
                        Descope descope = connect(service)) {
                    assertThatThrownBy(() -> descope.magicLinks().verify("link-token"))
                            .isInstanceOf(DescopeUnavailableException.class);
                    assertThat(questions(service)).isEmpty();
                    assertThat(posts(service)).hasSize(1);
                }
            }
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void an_answer_that_takes_too_long_is_given_up_in_time() throws IOException {
        JsonObject late = Json.createObjectBuilder(answer(200, "{}"))
                .add("delayMs", 30_000)
                .build();
        try (RecordedService service = answering("POST", "/v1/auth/magiclink/verify", late);
                Descope descope = connectWithoutPatience(service.baseUri())) {
            descope.validator().requireKeys();
            long start = System.nanoTime();

            assertThatThrownBy(() -> descope.magicLinks().verify("link-token"))
                    .isInstanceOf(DescopeUnavailableException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(900), LONG_BEFORE_ANYTHING_ELSE_ENDS_IT);
            assertThat(posts(service)).hasSize(1);
        }
    }

    @Test
    void a_host_that_takes_no_connection_is_given_up_in_time() throws IOException {
        List<Socket> waiting = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Descope descope = connectWithoutPatience("http://localhost:" + full.getLocalPort())) {
            for (int connections = 0; connections < 3; connections++) {
                Socket socket = new Socket();
                waiting.add(socket);
                connectUnlessFull(socket, full);
            }
            long start = System.nanoTime();

            assertThatThrownBy(() -> descope.magicLinks().signUpOrIn(DeliveryMethod.EMAIL, "ana@example.com", VERIFY))
                    .isInstanceOf(DescopeUnavailableException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONG_BEFORE_ANYTHING_ELSE_ENDS_IT);
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    static Stream<Arguments> calls_that_change_something() {
        String magicLink = "/v1/auth/magiclink/";
        LoginOptions options = LoginOptions.builder().redirectUri(VERIFY).build();
        return Stream.of(
                call(magicLink + "verify", d -> d.magicLinks().verify("link-token")),
                call(
                        magicLink + "signup-in/email",
                        d -> d.magicLinks().signUpOrIn(DeliveryMethod.EMAIL, "ana@example.com", options)),
                call(
                        magicLink + "update/email",
                        d -> d.magicLinks().updateEmail("ana@example.com", "new@example.com", REFRESH_JWT, VERIFY)),
                call(
                        magicLink + "update/phone/sms",
                        d -> d.magicLinks()
                                .updatePhone(
                                        DeliveryMethod.SMS, "ana@example.com", "+4791234589", REFRESH_JWT, VERIFY)),
                call("/v1/auth/refresh", d -> d.sessions().refresh(REFRESH_JWT)),
                call("/v1/auth/logout", d -> d.sessions().logout(REFRESH_JWT)),
                call("/v1/auth/accesskey/exchange", d -> d.sessions().exchangeAccessKey("K2key")));
    }

    private static Arguments call(String path, Consumer<Descope> call) {
        return Arguments.of(path, Named.of("its call", call));
    }

    private static void connectUnlessFull(Socket socket, ServerSocket full) {
        try {
            socket.connect(full.getLocalSocketAddress(), 100);
        } catch (IOException e) {
            // that is what it shall be
        }
    }

    private static RecordedService answering(String method, String path, JsonObject... answers) {
        Request request = new Request(method, path, "", "", JsonValue.NULL);
        return new RecordedService(
                Stream.of(answers)
                        .map(answer -> new RecordedCall.Exchange(request, answer))
                        .toList(),
                TOKENS.defaultKeys());
    }

    private static JsonObject answer(int status, String body, String... header) {
        var headers = Json.createObjectBuilder().add("content-type", "application/json");
        for (int index = 0; index < header.length; index += 2) {
            headers.add(header[index], header[index + 1]);
        }
        return Json.createObjectBuilder()
                .add("status", status)
                .add("headers", headers)
                .add("rawBody", body)
                .build();
    }

    private static Descope connect(RecordedService service) {
        return Descope.connect(DescopeSettings.forProject(PROJECT_ID)
                .baseUri(service.baseUri())
                .readTimeout(Duration.ofSeconds(20))
                .build());
    }

    private static Descope connectWithoutPatience(String baseUri) {
        return Descope.connect(DescopeSettings.forProject(PROJECT_ID)
                .baseUri(baseUri)
                .connectTimeout(Duration.ofSeconds(1))
                .readTimeout(Duration.ofSeconds(1))
                .build());
    }

    private static List<Request> posts(RecordedService service) {
        return service.requests().stream()
                .filter(request -> request.method().equals("POST"))
                .toList();
    }

    private static List<Request> questions(RecordedService service) {
        return service.requests().stream()
                .filter(request -> request.method().equals("GET") && !request.isForKeys())
                .toList();
    }
}
