package org.descope4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.descope4j.ScriptedService.http;
import static org.descope4j.ScriptedService.json;
import static org.descope4j.session.TokenMint.aRefreshToken;
import static org.descope4j.session.TokenMint.aSession;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.descope4j.session.InvalidSessionException;
import org.descope4j.session.InvalidSessionException.Reason;
import org.descope4j.session.MovableClock;
import org.descope4j.session.Secrets;
import org.descope4j.session.SigningAlgorithm;
import org.descope4j.session.SigningKey;
import org.descope4j.session.TokenMint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer with HTTP 200 is taken for nothing but what its JWTs prove. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class JudgedAnswersTest {
    private static final String PROJECT_ID = "P2abcdefghijklmnopqrstuvwxyz";
    private static final String LOGOUT = "/v1/auth/logout";
    private static final String VERIFY = "/v1/auth/magiclink/verify";
    private static final String REFRESH = "/v1/auth/refresh";
    private static final SigningKey KEY = SigningKey.generate("SKgenuine", SigningAlgorithm.RS256);
    private static final SigningKey NAMESAKE = SigningKey.generate("SKgenuine", SigningAlgorithm.RS256);
    private static final String SESSION = aSession().signedBy(KEY);
    private static final String REFRESH_JWT = aRefreshToken().signedBy(KEY);
    private static final String SOMEBODY_ELSE = "U2zyxwvutsrqponmlkjihgfedcba";

    private final ScriptedService service = new ScriptedService();
    private final Descope descope = Descope.connect(DescopeSettings.forProject(PROJECT_ID)
            .baseUri(service.baseUri())
            .clock(new MovableClock())
            .build());

    @BeforeEach
    void publishKeys() {
        service.answers(
                "/v2/keys/" + PROJECT_ID, json(200, new String(SigningKey.document(KEY), StandardCharsets.UTF_8)));
    }

    @AfterEach
    void stop() throws IOException {
        descope.close();
        service.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void K13_an_answer_whose_jwts_prove_nothing_signs_nobody_in(String what, String sessionJwt, String refreshJwt) {
        service.answers(VERIFY, json(200, answer(sessionJwt, refreshJwt)));

        Throwable thrown = catchThrowable(() -> descope.magicLinks().verify("link-token"));

        assertThat(thrown).isInstanceOfAny(InvalidSessionException.class, DescopeUnavailableException.class);
        assertThat(Secrets.in(thrown)).isEmpty();
    }

    static Stream<Arguments> K13_an_answer_whose_jwts_prove_nothing_signs_nobody_in() {
        Map<String, String> sessions = new LinkedHashMap<>();
        sessions.put("missing", "");
        sessions.put("no JWT", "signed-in");
        sessions.put(
                "of another project",
                aSession().with("iss", "P2zyxwvutsrqponmlkjihgfedcba").signedBy(KEY));
        sessions.put("of another user", aSession().with("sub", SOMEBODY_ELSE).signedBy(KEY));
        sessions.put("of another kind", REFRESH_JWT);
        sessions.put(
                "unsigned",
                aSession()
                                .withHeader("alg", "\"none\"")
                                .withHeader("kid", "\"SKgenuine\"")
                                .unsigned() + ".");
        sessions.put("signed by a stranger", aSession().signedBy(NAMESAKE));
        sessions.put(
                "expired",
                aSession().with("exp", TokenMint.NOW.getEpochSecond() - 6).signedBy(KEY));
        Map<String, String> refreshes = new LinkedHashMap<>();
        refreshes.put("missing", "");
        refreshes.put("no JWT", "signed-in");
        refreshes.put(
                "of another user", aRefreshToken().with("sub", SOMEBODY_ELSE).signedBy(KEY));
        refreshes.put("of another kind", SESSION);
        refreshes.put("signed by a stranger", aRefreshToken().signedBy(NAMESAKE));
        return Stream.concat(
                sessions.entrySet().stream()
                        .map(session ->
                                Arguments.of("session JWT " + session.getKey(), session.getValue(), REFRESH_JWT)),
                refreshes.entrySet().stream()
                        .map(refresh -> Arguments.of("refresh JWT " + refresh.getKey(), SESSION, refresh.getValue())));
    }

    @Test
    void K13_a_refresh_that_answers_another_users_session_refreshes_nothing() {
        service.answers(
                REFRESH,
                json(
                        200,
                        answer(
                                aSession().with("sub", SOMEBODY_ELSE).signedBy(KEY),
                                aRefreshToken().with("sub", SOMEBODY_ELSE).signedBy(KEY))));

        assertThat(catchThrowable(() -> descope.sessions().refresh(REFRESH_JWT)))
                .isInstanceOf(InvalidSessionException.class);
    }

    @Test
    void N10_va_01_the_answer_for_one_user_with_the_description_of_another_signs_nobody_in() {
        service.answers(VERIFY, json(200, answer(SESSION, REFRESH_JWT, user(SOMEBODY_ELSE))));
        service.answers(REFRESH, json(200, answer(SESSION, REFRESH_JWT, user(SOMEBODY_ELSE))));
        service.answers("/v1/auth/tenant/select", json(200, answer(SESSION, REFRESH_JWT, user(SOMEBODY_ELSE))));
        service.answers("/v1/auth/try-refresh", json(200, answer(SESSION, REFRESH_JWT, user(SOMEBODY_ELSE))));
        service.answers("/v1/auth/me", json(200, user(SOMEBODY_ELSE)));

        assertRefused(() -> descope.magicLinks().verify("link-token"));
        assertRefused(() -> descope.sessions().refresh(REFRESH_JWT));
        assertRefused(() -> descope.sessions().tryRefresh(REFRESH_JWT));
        assertRefused(() -> descope.sessions().selectTenant(REFRESH_JWT, "acme"));
        assertRefused(() -> descope.sessions().validateAndRefresh(expired(aSession()), REFRESH_JWT));
        assertRefused(() -> descope.sessions().me(REFRESH_JWT));
    }

    @Test
    void N10_a_description_that_names_no_user_id_describes_nobody() {
        service.answers(
                VERIFY,
                json(200, answer(SESSION, REFRESH_JWT, "{\"loginIds\":[\"ada@example.com\"],\"name\":\"Ada\"}")));

        SignIn signIn = descope.magicLinks().verify("link-token");

        assertThat(signIn.user().id()).isEqualTo(signIn.session().userId());
        assertThat(signIn.user().loginIds()).isEmpty();
        assertThat(signIn.user().name()).isEmpty();
    }

    @Test
    void N10_va_10_an_answer_without_a_user_signs_in_by_its_jwts_alone() {
        service.answers(VERIFY, json(200, answer(SESSION, REFRESH_JWT, "null")));

        assertThat(descope.magicLinks().verify("link-token").user().loginIds()).isEmpty();
    }

    @ParameterizedTest(name = "session {0} {1}, refresh {2} {3}")
    @CsvSource({
        "shared, U9, shared, U8",
        "shared, U9, other, U8",
        "shared, , shared, U8",
        "shared, U9, other, ",
        "U9, , U8, ",
        "U9, , U9, U8",
        "U9, U8, U9, U9",
        "shared, U9, U9, ",
        "U9, , shared, U9",
        "shared, U9, other, U9"
    })
    void N10_va_02_a_session_and_a_refresh_jwt_of_two_users_are_refused_whatever_their_subjects(
            String sessionSubject, String sessionUser, String refreshSubject, String refreshUser) {
        String session = of(aSession(), sessionSubject, sessionUser).signedBy(KEY);
        String refresh = of(aRefreshToken(), refreshSubject, refreshUser).signedBy(KEY);
        service.answers(VERIFY, json(200, answer(session, refresh)));
        service.answers(REFRESH, json(200, answer(session, "")));

        assertRefused(() -> descope.magicLinks().verify("link-token"));
        assertRefused(() -> descope.sessions().refresh(refresh));
        assertRefused(() ->
                descope.sessions().validateAndRefresh(expired(of(aSession(), sessionSubject, sessionUser)), refresh));
    }

    @ParameterizedTest(name = "session {0} {1}, refresh {2} {3}")
    @CsvSource({"ada@example.com, U9, ada@example.com, U9", "ada@example.com, U9, ada@example.com, "})
    void a_template_for_the_subject_keeps_nobody_out(
            String sessionSubject, String sessionUser, String refreshSubject, String refreshUser) {
        String session = of(aSession(), sessionSubject, sessionUser).signedBy(KEY);
        String refresh = of(aRefreshToken(), refreshSubject, refreshUser).signedBy(KEY);
        service.answers(VERIFY, json(200, answer(session, refresh, user("U9"))));
        service.answers(REFRESH, json(200, answer(session, "", user("U9"))));
        service.answers("/v1/auth/me", json(200, user("U9")));

        assertThat(descope.magicLinks().verify("link-token").user().id()).isEqualTo("U9");
        assertThat(descope.sessions().refresh(refresh).session().userId()).isEqualTo("U9");
        assertThat(descope.sessions()
                        .validateAndRefresh(expired(of(aSession(), sessionSubject, sessionUser)), refresh)
                        .session()
                        .userId())
                .isEqualTo("U9");
        assertThat(descope.sessions().me(refresh).id()).isEqualTo("U9");
    }

    @Test
    void N10_an_expired_session_of_one_user_goes_on_as_no_other_of_the_same_subject() {
        String refresh = of(aRefreshToken(), "shared", "").signedBy(KEY);
        service.answers(REFRESH, json(200, answer(of(aSession(), "shared", "U8").signedBy(KEY), "")));

        assertRefused(() -> descope.sessions().validateAndRefresh(expired(of(aSession(), "shared", "U9")), refresh));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[%s]", "[[%s]]", "[%s,%s]", " \n[%s]", "\"%s\"", "null", "1", ""})
    void K13_va_03_an_answer_of_another_shape_signs_nobody_in(String shape) {
        String good = answer(SESSION, REFRESH_JWT);
        service.answers(VERIFY, json(200, shape.replace("%s", good)));

        assertThat(catchThrowable(() -> descope.magicLinks().verify("link-token")))
                .isInstanceOf(DescopeUnavailableException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"sessionJwt\":[\"S\"],\"refreshJwt\":\"R\"}",
                "{\"sessionJwt\":{\"jwt\":\"S\"},\"refreshJwt\":\"R\"}",
                "{\"sessionJwt\":\"S\",\"refreshJwt\":[\"R\"]}",
                "{\"answer\":{\"sessionJwt\":\"S\",\"refreshJwt\":\"R\"}}"
            })
    void K13_jwts_in_another_place_of_an_answer_sign_nobody_in(String body) {
        service.answers(
                VERIFY,
                json(200, body.replace("\"S\"", '"' + SESSION + '"').replace("\"R\"", '"' + REFRESH_JWT + '"')));

        assertThat(catchThrowable(() -> descope.magicLinks().verify("link-token")))
                .isInstanceOf(DescopeUnavailableException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"userId\":[\"X\"]}",
                "[{\"userId\":\"X\"}]",
                "{\"userId\":\"X\",\"loginIds\":[[\"ada@example.com\"]]}"
            })
    void N10_a_description_of_another_shape_adds_no_login_id(String described) {
        service.answers(
                VERIFY,
                json(200, answer(SESSION, REFRESH_JWT, described.replace("X", "U2abcdefghijklmnopqrstuvwxyz"))));

        try {
            assertThat(descope.magicLinks().verify("link-token").user().loginIds())
                    .isEmpty();
        } catch (DescopeUnavailableException e) {
            assertThat(Secrets.in(e)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"claims\":{\"x\":%s}",
                "\"cookieMaxAge\":%s",
                "\"user\":{\"createdTime\":%s}",
                "\"claims\":{\"x\":1e-%s}",
                "\"claims\":{\"x\":0.%s}"
            })
    void N12_va_04_va_05_va_06_a_number_of_absurd_length_is_refused_before_anybody_converts_it(String member) {
        String body =
                answer(SESSION, REFRESH_JWT).replaceFirst("}$", ",") + member.formatted("9".repeat(900_000)) + "}";
        service.answers(VERIFY, json(200, body));

        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThat(catchThrowable(() -> descope.magicLinks().verify("link-token")))
                        .isInstanceOf(DescopeUnavailableException.class));
    }

    @Test
    void N12_va_07_two_session_cookies_of_two_users_sign_nobody_in() {
        String other = aSession().with("sub", SOMEBODY_ELSE).signedBy(KEY);
        String otherRefresh = aRefreshToken().with("sub", SOMEBODY_ELSE).signedBy(KEY);
        service.answers(
                VERIFY,
                json(
                        200,
                        "{}",
                        "Set-Cookie: DS=" + SESSION + "; Path=/",
                        "Set-Cookie: DSR=" + REFRESH_JWT + "; Path=/",
                        "Set-Cookie: DS=" + other + "; Path=/a",
                        "Set-Cookie: DSR=" + otherRefresh + "; Path=/a"));

        assertThat(catchThrowable(() -> descope.magicLinks().verify("link-token")))
                .isInstanceOf(DescopeUnavailableException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DS=; Max-Age=0; Path=/old",
                "DS=x; Path=/old; max-age=0",
                "DS=x; Max-Age=-1",
                "DS",
                "=",
                ";",
                "DS=",
                "%%=%%"
            })
    void N12_va_08_a_cookie_that_is_deleted_or_none_is_not_the_session(String odd) {
        service.answers(
                VERIFY,
                json(
                        200,
                        "{}",
                        "Set-Cookie: DS=" + SESSION + "; Path=/; HttpOnly; Max-Age=600",
                        "Set-Cookie: DSR=" + REFRESH_JWT + "; Path=/; Expires=Thu, 01 Jan 2099 00:00:00 GMT",
                        "Set-Cookie: " + odd));

        assertThat(descope.magicLinks().verify("link-token").session().userId())
                .isEqualTo("U2abcdefghijklmnopqrstuvwxyz");
    }

    @Test
    void N12_va_09_text_in_another_charset_is_read_by_it_and_refused_where_that_is_not_so() {
        byte[] body = answer(
                        SESSION, REFRESH_JWT, "{\"userId\":\"U2abcdefghijklmnopqrstuvwxyz\",\"name\":\"Ad\u00e9\"}")
                .getBytes(StandardCharsets.ISO_8859_1);
        for (String charset :
                List.of("", "; charset=utf-8", "; charset=US-ASCII", "; charset=UTF-16", "; charset=klingon")) {
            service.answers(
                    VERIFY,
                    "HTTP/1.1 200 X\r\nContent-Type: application/json" + charset + "\r\nContent-Length: " + body.length
                            + "\r\nConnection: close\r\n\r\n",
                    body);

            assertThat(catchThrowable(() -> descope.magicLinks().verify("link-token")))
                    .isInstanceOf(DescopeUnavailableException.class);
        }
        for (String charset : List.of("; charset=ISO-8859-1", ";charset=\"windows-1252\"", "; x=y; Charset = latin1")) {
            service.answers(
                    VERIFY,
                    "HTTP/1.1 200 X\r\nContent-Type: application/json" + charset + "\r\nContent-Length: " + body.length
                            + "\r\nConnection: close\r\n\r\n",
                    body);

            assertThatCode(() -> assertThat(descope.magicLinks()
                                    .verify("link-token")
                                    .user()
                                    .name())
                            .hasValue("Ad\u00e9"))
                    .as(charset)
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "text/plain; charset=utf-8",
                "application/octet-stream",
                "application/vnd.descope+json",
                "application/json;",
                "application/json; charset",
                "application/json; charset=",
                "application/json, text/html",
                "json",
                "/",
                "a/b/c",
                ";",
                "application/json; =",
                "\"",
                "*/*",
                " ",
                "\u00e9"
            })
    void an_answer_that_is_JSON_is_read_whatever_its_content_type_says(String contentType) {
        service.answers(VERIFY, http(200, contentType, answer(SESSION, REFRESH_JWT)));
        service.answers(LOGOUT, http(200, contentType, "{}"));

        assertThat(descope.magicLinks().verify("link-token").session().userId())
                .isEqualTo("U2abcdefghijklmnopqrstuvwxyz");
        descope.sessions().logout(REFRESH_JWT);
    }

    @Test
    void an_answer_without_a_body_is_one_whatever_its_content_type_says() {
        service.answers(LOGOUT, http(200, "text/html", ""));

        descope.sessions().logout(REFRESH_JWT);

        assertThat(service.requests(LOGOUT)).hasSize(1);
    }

    @Test
    void an_error_beside_JWTs_signs_nobody_in() {
        service.answers(
                VERIFY, json(200, answer(SESSION, REFRESH_JWT).replaceFirst("}$", ",") + "\"errorCode\":\"E062503\"}"));

        assertThat(catchThrowable(() -> descope.magicLinks().verify("link-token")))
                .isInstanceOf(DescopeUnavailableException.class);
    }

    @Test
    void an_answer_without_a_content_type_or_packed_by_gzip_unasked_is_read() throws IOException {
        String body = answer(SESSION, REFRESH_JWT);
        service.answers(VERIFY, json(200, body).replace("Content-Type: application/json\r\n", ""));
        assertThat(descope.magicLinks().verify("link-token").session().userId()).isNotEmpty();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(body.getBytes(StandardCharsets.UTF_8));
        }
        service.answers(
                VERIFY,
                "HTTP/1.1 200 X\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: "
                        + packed.size() + "\r\nConnection: close\r\n\r\n",
                packed.toByteArray());

        assertThat(descope.magicLinks().verify("link-token").session().userId()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=b; Expires=0",
                "a=b; Expires=-1",
                "a=b; Expires",
                "a=b; Expires=",
                "a=b; Expires=Session",
                "a=b; Expires=Thu Jan 01 1970",
                "a=b; Expires=2030-01-01T00:00:00Z",
                "; ",
                "a=b; SameSite=Foo",
                "a=b; SameSite=",
                "a=b; Max-Age=99999999999",
                "a=b; Max-Age=abc",
                "a=b; Version=x",
                "a=b; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
                "a=b; Partitioned; Priority=High",
                "DS; Expires=0"
            })
    void N12_a_cookie_of_somebody_else_spoils_no_answer(String foreign) {
        service.answers(VERIFY, json(200, answer(SESSION, REFRESH_JWT), "Set-Cookie: " + foreign));
        service.answers(LOGOUT, json(200, "{}", "Set-Cookie: " + foreign));
        assertThat(descope.magicLinks().verify("link-token").session().userId()).isNotEmpty();
        descope.sessions().logout(REFRESH_JWT);

        service.answers(
                VERIFY,
                json(
                        200,
                        "{}",
                        "Set-Cookie: DS=" + SESSION + "; Path=/",
                        "Set-Cookie: " + foreign,
                        "Set-Cookie: DSR=" + REFRESH_JWT + "; Path=/"));
        assertThat(descope.magicLinks().verify("link-token").session().userId()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Encoding: x",
                "Content-Language: \u00e9\u00e9",
                "Content-Location: ::",
                "Location: ht tp://%%",
                "Link: <",
                "Allow: ;;",
                "ETag: x",
                "Date: yesterday",
                "Last-Modified: 0",
                "Expires: 0",
                "Retry-After: -",
                "Age: x",
                "Vary:",
                "WWW-Authenticate: ,",
                "X: "
            })
    void N12_a_header_that_no_parser_likes_spoils_no_answer(String header) {
        service.answers(VERIFY, json(200, answer(SESSION, REFRESH_JWT), header));

        assertThat(descope.magicLinks().verify("link-token").session().userId()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"idpResponse\":\"\"",
                "\"externalToken\":{}",
                "\"claims\":[]",
                "\"claims\":\"\"",
                "\"trustedDeviceJwt\":1",
                "\"tenantSSOID\":[]",
                "\"unsavedSSO\":\"no\"",
                "\"cookieDomain\":{}",
                "\"cookiePath\":7",
                "\"cookieName\":{}",
                "\"sessionCookieName\":[1]",
                "\"cookieMaxAge\":\"x\"",
                "\"nextRefreshSeconds\":{}"
            })
    void a_member_of_an_odd_type_that_decides_nothing_costs_nothing(String member) {
        service.answers(VERIFY, json(200, answer(SESSION, REFRESH_JWT).replaceFirst("}$", ",") + member + "}"));

        assertThat(descope.magicLinks().verify("link-token").session().userId()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"roleNames\":\"x\"",
                "\"roleNames\":[1]",
                "\"userTenants\":{}",
                "\"userTenants\":[\"x\"]",
                "\"verifiedEmail\":\"yes\"",
                "\"name\":7",
                "\"picture\":{}",
                "\"customAttributes\":[]",
                "\"status\":1"
            })
    void a_member_of_an_odd_type_in_the_user_costs_nothing(String member) {
        service.answers(
                VERIFY,
                json(
                        200,
                        answer(SESSION, REFRESH_JWT, "{\"userId\":\"U2abcdefghijklmnopqrstuvwxyz\"," + member + "}")));

        assertThat(descope.magicLinks().verify("link-token").user().id()).isEqualTo("U2abcdefghijklmnopqrstuvwxyz");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"userId\":{}", "\"loginIds\":\"x\"", "\"loginIds\":[{}]", "\"email\":[]"})
    void an_odd_member_that_says_who_it_is_makes_it_no_answer(String member) {
        service.answers(VERIFY, json(200, answer(SESSION, REFRESH_JWT, "{" + member + "}")));

        assertThat(catchThrowable(() -> descope.magicLinks().verify("link-token")))
                .isInstanceOf(DescopeUnavailableException.class);
    }

    private static TokenMint of(TokenMint token, String subject, String userId) {
        TokenMint named = token.with("sub", subject);
        return userId == null || userId.isEmpty() ? named : named.with("dsub", userId);
    }

    private static String expired(TokenMint session) {
        return session.with("iat", TokenMint.NOW.getEpochSecond() - 900)
                .with("exp", TokenMint.NOW.getEpochSecond() - 60)
                .signedBy(KEY);
    }

    private static String user(String userId) {
        return "{\"userId\":\"" + userId + "\",\"loginIds\":[\"ada@example.com\"],\"name\":\"Ada\"}";
    }

    private static void assertRefused(ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        InvalidSessionException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.WRONG_SUBJECT));
        assertThat(Secrets.in(thrown)).isEmpty();
    }

    @Test
    void K14_a_cookie_domain_and_path_in_an_answer_are_hints_and_cost_no_sign_in() {
        service.answers(
                VERIFY,
                json(
                        200,
                        answer(SESSION, REFRESH_JWT)
                                .replace(
                                        "{",
                                        "{\"cookieDomain\":\".evil\",\"cookiePath\":\"/;x=y\",\"cookieName\":\"a b\",")));

        SignIn signIn = descope.magicLinks().verify("link-token");

        assertThat(signIn.session().subject()).isNotBlank();
        assertThat(signIn.details().cookies().domain()).contains(".evil");
        assertThat(signIn.details().cookies().path()).contains("/;x=y");
    }

    private static String answer(String sessionJwt, String refreshJwt, String user) {
        return answer(sessionJwt, refreshJwt).replaceFirst("}$", ",\"user\":") + user + "}";
    }

    private static String answer(String sessionJwt, String refreshJwt) {
        return "{\"sessionJwt\":\"" + sessionJwt + "\",\"refreshJwt\":\"" + refreshJwt + "\"}";
    }
}
