package org.descope4j;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.descope4j.session.TokenMint.aRefreshToken;
import static org.descope4j.session.TokenMint.aSession;

import com.code_intelligence.jazzer.junit.FuzzTest;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.descope4j.session.InvalidSessionException;
import org.descope4j.session.SigningAlgorithm;
import org.descope4j.session.SigningKey;
import org.descope4j.session.TokenMint;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;

/**
 * Any bytes as the answer to any call, the key set excepted, which has a test of its own. The first byte chooses the call. {@code $S} and
 * {@code $R} stand for JWTs that pass, since nothing else would come as far as the user.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AnswerFuzzTest {
    private static final String PROJECT_ID = "P2abcdefghijklmnopqrstuvwxyz";
    private static final SigningKey KEY = SigningKey.generate("SKgenuine", SigningAlgorithm.RS256);
    private static final String SESSION_JWT = aSession().signedBy(KEY);
    private static final String REFRESH_JWT = aRefreshToken().signedBy(KEY);
    private static final URI REDIRECT = URI.create("https://app.example.com/auth/verify");
    private static final String LOGIN_ID = "ada@example.com";
    private static final TestUser TEST_USER = TestUser.withLoginId("test-user").build();

    private static final List<Function<Descope, Object>> CALLS = List.of(
            descope -> descope.magicLinks().verify("link-token"),
            descope -> descope.sessions().refresh(REFRESH_JWT),
            descope -> descope.sessions().selectTenant(REFRESH_JWT, "T1"),
            descope -> descope.sessions().exchangeAccessKey("K2access-key"),
            descope -> descope.sessions().me(REFRESH_JWT),
            descope -> descope.sessions().loginHistory(REFRESH_JWT),
            descope -> descope.sessions().tenants(REFRESH_JWT, Set.of("T1")),
            descope -> descope.sessions().selectedTenant(REFRESH_JWT),
            descope -> descope.magicLinks().signUpOrIn(DeliveryMethod.EMAIL, LOGIN_ID, REDIRECT),
            descope -> descope.magicLinks().signUp(DeliveryMethod.SMS, "+4915112345678", REDIRECT),
            descope -> descope.magicLinks().updateEmail(LOGIN_ID, "ada@example.org", REFRESH_JWT, REDIRECT),
            descope -> descope.testUsers().create(TEST_USER),
            descope -> descope.testUsers().magicLink(DeliveryMethod.EMAIL, "test-user", REDIRECT));

    private static final List<Integer> FAILURES =
            List.of(400, 401, 403, 404, 408, 409, 422, 429, 500, 503, 302, 204, 299);

    private static final Answers ANSWERS = new Answers();
    private static final Client CLIENT = ClientBuilder.newClient().register(ANSWERS);
    private static final Descope DESCOPE = Descope.connect(
            DescopeSettings.forProject(PROJECT_ID)
                    .managementKey("K2management")
                    .clock(Clock.fixed(TokenMint.NOW, ZoneOffset.UTC))
                    .build(),
            CLIENT);

    @FuzzTest(maxDuration = "1m")
    void K13_K14_K17_an_answer_is_understood_or_refused_and_nothing_else(byte[] input) {
        if (input.length > 0) {
            ANSWERS.set(200, "", withJwts(Arrays.copyOfRange(input, 1, input.length)));
            play(CALLS.get(Math.floorMod(input[0] - 'a', CALLS.size())));
        }
    }

    /** The second byte chooses the status; what stands before the first line break is when to come back. */
    @FuzzTest(maxDuration = "1m")
    void K16_K17_a_refusal_is_understood_whatever_it_says(byte[] input) {
        if (input.length > 1) {
            String text = new String(input, 2, input.length - 2, ISO_8859_1);
            int lineBreak = Math.max(0, text.indexOf('\n'));
            ANSWERS.set(
                    FAILURES.get(Math.floorMod(input[1] - 'a', FAILURES.size())),
                    text.substring(0, lineBreak),
                    text.substring(lineBreak).getBytes(ISO_8859_1));
            play(CALLS.get(Math.floorMod(input[0] - 'a', CALLS.size())));
        }
    }

    private static void play(Function<Descope, Object> call) {
        try {
            Object result = call.apply(DESCOPE);

            readAllOf(result);
        } catch (RateLimitedException e) {
            assertThat(e.retryAfter()).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(5));
        } catch (RefusedByDescopeException e) {
            assertThat(e.status()).isBetween(400, 499);
            assertThat(e.errorCode()).matches("[A-Za-z0-9_-]{0,32}");
        } catch (DescopeUnavailableException | InvalidSessionException e) {
            assertThat(e.getMessage()).doesNotContain(SESSION_JWT, REFRESH_JWT);
        }
    }

    /** Whatever can be asked of a result has an answer, and nothing prints a JWT (D9). */
    private static void readAllOf(Object result) {
        if (result instanceof Optional<?> optional) {
            optional.ifPresent(AnswerFuzzTest::readAllOf);
        } else if (result instanceof Collection<?> elements) {
            elements.forEach(AnswerFuzzTest::readAllOf);
        } else if (result.getClass().getPackageName().startsWith("org.descope4j")
                && !(result instanceof Enum<?>)
                && Modifier.isPublic(result.getClass().getModifiers())) {
            assertThat(result.toString()).doesNotContain(SESSION_JWT, REFRESH_JWT);
            Arrays.stream(result.getClass().getMethods())
                    .filter(method -> method.getParameterCount() == 0
                            && !Modifier.isStatic(method.getModifiers())
                            && method.getDeclaringClass().equals(result.getClass()))
                    .forEach(accessor -> readAllOf(valueOf(accessor, result)));
        }
    }

    private static Object valueOf(Method accessor, Object result) {
        try {
            return accessor.invoke(result);
        } catch (InvocationTargetException e) {
            if (result instanceof TestLink && e.getCause() instanceof IllegalStateException) {
                return Optional.empty(); // as documented, where the link has no token
            }
            throw new AssertionError("An accessor of a result failed", e.getCause());
        } catch (IllegalAccessException e) {
            throw new LinkageError("A public accessor cannot be called", e);
        }
    }

    private static byte[] withJwts(byte[] body) {
        return new String(body, ISO_8859_1)
                .replace("$S", SESSION_JWT)
                .replace("$R", REFRESH_JWT)
                .getBytes(ISO_8859_1);
    }

    /** Answers in place of a service, behind a real REST client: a socket would take most of the fuzzer's minute. */
    private static final class Answers implements ClientRequestFilter {
        private final byte[] keySet = SigningKey.document(KEY);
        private int status;
        private String retryAfter = "";
        private byte[] body = {};

        void set(int nextStatus, String nextRetryAfter, byte[] nextBody) {
            status = nextStatus;
            retryAfter = nextRetryAfter;
            body = nextBody;
        }

        @Override
        public void filter(ClientRequestContext request) {
            boolean isForKeys = request.getUri().getPath().startsWith("/v2/keys/");
            Response.ResponseBuilder answer = isForKeys
                    ? Response.ok(keySet)
                    : Response.status(status).entity(body).header(HttpHeaders.RETRY_AFTER, retryAfter);
            request.abortWith(answer.type(MediaType.APPLICATION_JSON_TYPE).build());
        }
    }
}
