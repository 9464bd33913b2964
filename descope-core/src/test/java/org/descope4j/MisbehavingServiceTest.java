package org.descope4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.descope4j.ScriptedService.http;
import static org.descope4j.ScriptedService.json;
import static org.descope4j.session.TokenMint.aRefreshToken;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.descope4j.session.KeysUnavailableException;
import org.descope4j.session.MovableClock;
import org.descope4j.session.Secrets;
import org.descope4j.session.SigningAlgorithm;
import org.descope4j.session.SigningKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that a service can do wrong, for a call that works once, one that may be repeated, one that sends, and the keys. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class MisbehavingServiceTest {
    private static final String PROJECT_ID = "P2abcdefghijklmnopqrstuvwxyz";
    private static final URI REDIRECT = URI.create("https://app.example.com/auth/verify");
    private static final Duration TIME_LIMIT = Duration.ofSeconds(1);

    /** Of a busy machine. */
    private static final Duration SLACK = Duration.ofSeconds(3);

    private static final SigningKey KEY = SigningKey.generate("SKgenuine", SigningAlgorithm.RS256);
    private static final String KEY_SET = new String(SigningKey.document(KEY), StandardCharsets.UTF_8);
    private static final String REFRESH_JWT = aRefreshToken().signedBy(KEY);
    private static final int TWO_MEGABYTES = 2 * 1024 * 1024;
    private static final String TOO_LARGE = "{\"keys\":[],\"pad\":\"" + "x".repeat(TWO_MEGABYTES) + "\"}";

    private final ScriptedService service = new ScriptedService();
    private final ScriptedService elsewhere = new ScriptedService();
    private final Descope descope = Descope.connect(DescopeSettings.forProject(PROJECT_ID)
            .baseUri(service.baseUri())
            .managementKey("K2management-key")
            .authManagementKey("K2auth-management-key")
            .readTimeout(TIME_LIMIT)
            .clock(new MovableClock())
            .build());

    /** What we ask of the service, and how often at most: a GET that is dropped is sent twice by the client of the JDK itself. The others differ from these three in what they send only, above all in the credential. */
    enum Call {
        VERIFY(
                "/v1/auth/magiclink/verify",
                true,
                1,
                descope -> descope.magicLinks().verify("link-token-of-ada")),
        SIGN_UP_OR_IN(
                "/v1/auth/magiclink/signup-in/email",
                false,
                1,
                descope -> descope.magicLinks().signUpOrIn(DeliveryMethod.EMAIL, "ada@example.com", REDIRECT)),
        UPDATE(
                "/v1/auth/magiclink/update/email",
                false,
                1,
                descope ->
                        descope.magicLinks().updateEmail("ada@example.com", "ada@example.org", REFRESH_JWT, REDIRECT)),
        ME("/v1/auth/me", true, 2, descope -> descope.sessions().me(REFRESH_JWT)),
        TEST_USER(
                "/v1/mgmt/user/create/test",
                false,
                1,
                descope -> descope.testUsers()
                        .create(TestUser.withLoginId("test-user").build())),
        KEYS("/v2/keys/" + PROJECT_ID, true, 2, descope -> descope.validator().requireKeys());

        private final String path;
        private final boolean isOneOfItsKind;
        private final int mostRequests;

        /** A lambda that captures nothing, which the type cannot say. */
        @SuppressWarnings("ImmutableEnumChecker")
        private final Consumer<Descope> made;

        Call(String path, boolean isOneOfItsKind, int mostRequests, Consumer<Descope> made) {
            this.path = path;
            this.isOneOfItsKind = isOneOfItsKind;
            this.mostRequests = mostRequests;
            this.made = made;
        }

        Class<? extends Exception> failure() {
            return this == KEYS ? KeysUnavailableException.class : DescopeUnavailableException.class;
        }
    }

    @BeforeEach
    void publishKeys() {
        service.answers(Call.KEYS.path, json(200, KEY_SET));
    }

    @AfterEach
    void stop() throws IOException {
        descope.close();
        service.close();
        elsewhere.close();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource
    void K3_K8_K15_L4_whatever_comes_a_call_ends_in_time_in_the_right_exception_and_tells_no_secret(
            Call call, String fault, String answer) {
        prepare(call);
        service.answers(call.path, answer.replace("ELSEWHERE", elsewhere.baseUri()));

        assertFailsInTime(call);
        assertThat(elsewhere.connections()).isZero();
    }

    static Stream<Arguments>
            K3_K8_K15_L4_whatever_comes_a_call_ends_in_time_in_the_right_exception_and_tells_no_secret() {
        return Stream.of(Call.values())
                .flatMap(call -> faults().entrySet().stream()
                        .filter(fault -> call.isOneOfItsKind || fault.getKey().contains("another host"))
                        .map(fault -> Arguments.of(call, fault.getKey(), fault.getValue())));
    }

    private static Map<String, String> faults() {
        String body = "{\"user\":{\"name\":\"" + "Ada".repeat(50) + "\"}}";
        String good = json(200, body);
        Map<String, String> faults = new TreeMap<>();
        faults.put("drops the request", ScriptedService.DROP);
        faults.put("hangs before the head", ScriptedService.HANG);
        faults.put("hangs in the head", "HTTP/1.1 200 OK\r\n" + ScriptedService.HANG);
        faults.put("hangs in the body", good.substring(0, good.length() - 9) + ScriptedService.HANG);
        faults.put("trickles the head", ScriptedService.TRICKLE + good);
        faults.put("trickles the body", good.replace("\r\n\r\n", "\r\n\r\n" + ScriptedService.TRICKLE));
        faults.put("resets before the head", ScriptedService.RESET);
        faults.put("resets in the body", good.substring(0, good.length() - 9) + ScriptedService.RESET);
        faults.put("is cut off in the body", good.substring(0, good.length() - 9));
        faults.put("sends truncated JSON", json(200, body.substring(0, 20)));
        faults.put("sends JSON nested without end", json(200, "{\"user\":" + "[".repeat(50_000)));
        faults.put("sends a name twice", json(200, "{\"keys\":[],\"user\":{},\"user\":{}}"));
        faults.put("sends a name twice further inside", json(200, "{\"user\":{\"a\":{\"b\":1,\"b\":2}}}"));
        faults.put("sends a page", http(200, "text/html", "<html>Sign in to the hotel's network</html>"));
        faults.put("sends a page that is JSON", http(200, "text/html", body));
        faults.put("sends 2 MB", json(200, TOO_LARGE));
        faults.put(
                "sends 2 MB without their length",
                json(200, "").replace("Content-Length: 0\r\n", "") + TOO_LARGE + ScriptedService.HANG);
        faults.put("speaks another protocol", "SSH-2.0-OpenSSH_9.2\r\n\r\n");
        faults.put("answers 500", json(500, "{\"errorCode\":\"E010009\"}"));
        faults.put("answers 503 with a page", http(503, "text/html", "<html>"));
        for (int status : new int[] {301, 302, 303, 307, 308}) {
            faults.put(
                    "redirects to another host with " + status, json(status, "{}", "Location: ELSEWHERE/v1/auth/me"));
        }
        return faults;
    }

    @ParameterizedTest
    @EnumSource(
            value = Call.class,
            names = {"VERIFY", "ME", "KEYS"})
    void K3_a_body_that_unpacks_to_a_thousand_times_its_size_is_not_unpacked(Call call) throws IOException {
        prepare(call);
        byte[] bomb = gzipped(new byte[50 * 1024 * 1024]);
        String head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: "
                + bomb.length + "\r\nConnection: close\r\n\r\n";
        service.answers(call.path, head, bomb);

        assertFailsInTime(call);
    }

    @ParameterizedTest
    @EnumSource(Call.class)
    void K3_nobody_there_is_told_at_once(Call call) throws IOException {
        prepare(call);
        service.close();

        assertFailsInTime(call);
    }

    /** A call that is judged by keys has them before anything goes wrong. */
    private void prepare(Call call) {
        if (call != Call.KEYS) {
            descope.validator().requireKeys();
        }
    }

    private void assertFailsInTime(Call call) {
        long start = System.nanoTime();
        Throwable thrown = catchThrowable(() -> call.made.accept(descope));
        Duration taken = Duration.ofNanos(System.nanoTime() - start);

        assertThat(thrown).isInstanceOf(call.failure());
        assertThat(Secrets.in(thrown)).isEmpty();
        assertThat(taken).isLessThan(TIME_LIMIT.plus(SLACK));
        assertThat(service.requests(call.path)).hasSizeLessThanOrEqualTo(call.mostRequests);
    }

    private static byte[] gzipped(byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(content);
        }
        return packed.toByteArray();
    }
}
