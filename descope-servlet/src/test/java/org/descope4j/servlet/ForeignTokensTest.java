package org.descope4j.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.emulator.EmulatedProject;
import org.descope4j.emulator.NewProject;
import org.descope4j.emulator.SignedIn;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that are no session of this project, through the filter: 401 and never an error of ours, in a cookie and in a header. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ForeignTokensTest {
    private static final String NEIGHBOUR = "PEmulatorNext000000000000000";

    private final DescopeEmulator emulator = DescopeEmulator.start();
    private final DescopeEmulator otherProject =
            DescopeEmulator.builder().projectId("PEmulatorOther00000000000000").start();
    private final Map<String, String> tokens = new HashMap<>();
    private ServedApplication application;
    private String session = "";

    @BeforeAll
    void start() throws GeneralSecurityException {
        SignedIn early = emulator.signIn("ada@example.com");
        emulator.advanceClock(Duration.ofMinutes(11));
        SignedIn ada = emulator.signIn("ada@example.com");
        session = ada.sessionJwt();
        Map<String, Object> claims = claims(session);
        EmulatedProject neighbour =
                emulator.addProject(NewProject.builder(NEIGHBOUR).build());
        JsonObject key = jwk();
        tokens.put("a refresh JWT", ada.refreshJwt());
        tokens.put("a session that is over", early.sessionJwt());
        tokens.put("of another project", otherProject.signIn("ada@example.com").sessionJwt());
        tokens.put(
                "of a project of the same Descope",
                neighbour.signIn("ada@example.com").sessionJwt());
        tokens.put("of another issuer below our key", emulator.sign(with(claims, "iss", otherProject.projectId())));
        tokens.put("the same claims", emulator.sign(claims));
        tokens.put("without exp", emulator.sign(with(claims, "exp", null)));
        tokens.put("with an exp of text", emulator.sign(with(claims, "exp", "4102444800")));
        tokens.put("alg none", unsigned("none"));
        tokens.put("alg nOnE", unsigned("nOnE"));
        tokens.put("alg none with a signature", unsigned("none") + session.substring(session.lastIndexOf('.') + 1));
        tokens.put("HS256 with the public key, DER", hmac(publicKey(key).getEncoded()));
        tokens.put("HS256 with the public key, PEM", hmac(pem(publicKey(key))));
        tokens.put("HS256 with the public key, JWK", hmac(key.toString().getBytes(UTF_8)));
        tokens.put("HS256 with the modulus", hmac(Base64.getUrlDecoder().decode(key.getString("n"))));
        tokens.put("no JWT", "undefined");
        application = ServedApplication.start(emulator);
    }

    @AfterAll
    void stop() {
        application.close();
        otherProject.close();
        emulator.close();
    }

    @Test
    void the_claims_that_the_others_differ_from_are_a_session() {
        String token = tokens.getOrDefault("the same claims", "");

        assertThat(application
                        .browser()
                        .get("/app/account", "Cookie", "DS=" + token)
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a refresh JWT",
                "a session that is over",
                "of another project",
                "of a project of the same Descope",
                "of another issuer below our key",
                "without exp",
                "with an exp of text",
                "alg none",
                "alg nOnE",
                "alg none with a signature",
                "HS256 with the public key, DER",
                "HS256 with the public key, PEM",
                "HS256 with the public key, JWK",
                "HS256 with the modulus",
                "no JWT"
            })
    void C6_C10_what_is_no_session_of_this_project_is_told_so_in_a_cookie_and_in_a_header(String kind) {
        String token = tokens.getOrDefault(kind, "");
        assertThat(token).isNotEmpty();
        int asked = emulator.requests().size();

        Answer inCookie = application.browser().get("/app/account", "Cookie", "DS=" + token);
        Answer inHeader = application.browser().get("/app/account", "Authorization", "Bearer " + token);
        Answer inPublic = application.browser().get("/app/who", "Cookie", "DS=" + token);

        assertThat(inCookie.status()).isEqualTo(401);
        assertThat(inCookie.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"descope\"");
        assertThat(inCookie.setCookie("DS")).contains("Max-Age=0");
        assertThat(inHeader.status()).isEqualTo(401);
        assertThat(inHeader.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"descope\", error=\"invalid_token\"");
        assertThat(inHeader.setCookies()).isEmpty();
        assertThat(List.of(inCookie, inHeader))
                .allMatch(answer -> answer.header("Content-Type").startsWith("application/problem+json"))
                .allMatch(answer -> answer.body().contains("\"signInUrl\":\"/app/auth/sign-in\""));
        assertThat(inPublic.status()).isEqualTo(200);
        assertThat(inPublic.body()).contains("principal=none");
        assertThat(emulator.requests().subList(asked, emulator.requests().size()))
                .allMatch(request -> request.path().startsWith("/v2/keys/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a session that is over",
                "of another project",
                "of a project of the same Descope",
                "of another issuer below our key",
                "without exp",
                "alg none",
                "HS256 with the public key, DER",
                "no JWT",
                "a session"
            })
    void C10_what_is_no_refresh_JWT_of_this_project_is_never_sent_to_Descope(String kind) {
        String token = kind.equals("a session") ? session : tokens.getOrDefault(kind, "");
        assertThat(token).isNotEmpty();
        int asked = emulator.requests().size();

        Answer answer = application.browser().get("/app/account", "Cookie", "DSR=" + token);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.setCookie("DSR")).contains("Max-Age=0");
        assertThat(emulator.requests().subList(asked, emulator.requests().size()))
                .allMatch(request -> request.path().startsWith("/v2/keys/"));
    }

    @Test
    void C10_a_refresh_JWT_of_a_project_of_the_same_Descope_is_not_sent_to_it() {
        SignedIn elsewhere = emulator.project(NEIGHBOUR).signIn("ada@example.com");

        Answer answer = application.browser().get("/app/account", "Cookie", "DSR=" + elsewhere.refreshJwt());

        assertThat(answer.status()).isEqualTo(401);
        assertThat(emulator.requests())
                .noneMatch(request -> request.header("Authorization").orElse("").contains(elsewhere.refreshJwt()));
    }

    @Test
    void C6_an_authorization_that_is_refused_decides_although_the_cookie_is_good() {
        Browser browser = application.browser();
        String cookie = "DS=" + session;
        String bearer = "Bearer " + session;

        Answer proofOfPossession = browser.get("/app/account", "Cookie", cookie, "Authorization", "DPoP " + session);
        Answer two = browser.get("/app/account", "Cookie", cookie, "Authorization", bearer, "Authorization", bearer);
        Answer junk = browser.get("/app/account", "Cookie", cookie, "Authorization", "Bearer junk");

        assertThat(List.of(proofOfPossession, two, junk))
                .allMatch(answer -> answer.status() == 401)
                .allMatch(answer -> answer.setCookies().isEmpty());
        assertThat(browser.get("/app/account", "Cookie", cookie).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"DS", "DSR", "access_token", "token", "jwt", "session", "sessionJwt", "Authorization", "bearer"})
    void C7_a_session_in_a_form_or_a_query_is_nobodys(String name) {
        Browser browser = application.browser();

        assertThat(browser.post("/app/who", Map.of(name, session)).body()).contains("principal=none");
        assertThat(browser.post("/app/who", Map.of(name, "Bearer " + session)).body())
                .contains("principal=none");
        assertThat(browser.get("/app/who?" + name + "=" + session).body()).contains("principal=none");
        assertThat(browser.get("/app/who;" + name + "=" + session).body()).contains("principal=none");
        assertThat(browser.get("/app/account?" + name + "=" + session).status()).isEqualTo(401);
    }

    private String unsigned(String algorithm) {
        return base64("{\"alg\":\"" + algorithm + "\",\"typ\":\"JWT\",\"kid\":\"" + keyId() + "\"}") + "." + payload()
                + ".";
    }

    private String hmac(byte[] secret) throws GeneralSecurityException {
        String signed = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"" + keyId() + "\"}") + "." + payload();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        return signed + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
    }

    private String payload() {
        return session.split("\\.", -1)[1];
    }

    private String keyId() {
        return json(new String(Base64.getUrlDecoder().decode(session.split("\\.", -1)[0]), UTF_8))
                .getString("kid");
    }

    private JsonObject jwk() {
        return json(emulator.keySet()).getJsonArray("keys").getJsonObject(0);
    }

    private static PublicKey publicKey(JsonObject jwk) throws GeneralSecurityException {
        return KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(number(jwk.getString("n")), number(jwk.getString("e"))));
    }

    private static BigInteger number(String base64) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(base64));
    }

    private static byte[] pem(PublicKey key) {
        return ("-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
                        + "\n-----END PUBLIC KEY-----\n")
                .getBytes(UTF_8);
    }

    static Map<String, Object> claims(String jwt) {
        Map<String, Object> claims = new LinkedHashMap<>();
        json(SessionRulesTest.claims(jwt)).forEach((name, value) -> plain(value, name, claims));
        return claims;
    }

    private static void plain(JsonValue value, String name, Map<String, Object> claims) {
        if (value instanceof JsonString text) {
            claims.put(name, text.getString());
        } else if (value instanceof JsonNumber number) {
            claims.put(name, number.longValueExact());
        }
    }

    private static Map<String, Object> with(Map<String, Object> claims, String name, @Nullable Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(claims);
        if (value == null) {
            changed.remove(name);
        } else {
            changed.put(name, value);
        }
        return changed;
    }

    private static JsonObject json(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }
}
