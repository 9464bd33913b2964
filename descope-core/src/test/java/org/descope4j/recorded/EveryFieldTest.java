package org.descope4j.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.util.List;
import org.descope4j.DeliveryMethod;
import org.descope4j.Descope;
import org.descope4j.DescopeSettings;
import org.descope4j.SignIn;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the recorded calls do not show: every documented field with something in it, and a base URL with a path. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class EveryFieldTest {
    private static final RecordedTokens TOKENS = new RecordedTokens();
    private static final String PROJECT_ID = "P2wireTestProject00000000001";
    private static final String VERIFY = "/v1/auth/magiclink/verify";

    /** Descope documents 34 fields; its Go client knows one more, modifiedTime. */
    private static final String USER = """
            {"loginIds":["ana@example.com","ana"],"userId":"U2wireTestUser000000000000001","name":"Ana Example",
            "email":"ana@example.com","phone":"+15551234567","verifiedEmail":true,"verifiedPhone":true,"roleNames":["editor"],
            "userTenants":[{"tenantId":"T1","tenantName":"One","roleNames":["admin"],"permissions":["doc.read"]}],
            "status":"enabled","externalIds":["x1"],"picture":"https://img.example.com/ana.png","test":true,
            "customAttributes":{"plan":"pro","seats":3,"deep":{"list":[1,"b",true]}},"createdTime":1700000000,"TOTP":true,
            "SAML":true,"OAuth":{"google":true},"webauthn":true,"password":true,"ssoAppIds":["app1"],"givenName":"Ana",
            "middleName":"B","familyName":"Example","editable":true,"SCIM":true,"push":true,"permissions":["doc.write"],
            "OIDC":true,"consentExpiration":1800000000,"recoveryEmail":"r@example.com","verifiedRecoveryEmail":true,
            "recoveryPhone":"+15557654321","verifiedRecoveryPhone":true,"modifiedTime":1700000001}""";

    /** The 19 documented fields; the numbers are larger than 32 bits, which cost Descope's Java client the sign-in. */
    private static final String ANSWER = """
            {"sessionJwt":"{{jwt:session_ok}}","refreshJwt":"{{jwt:refresh_ok}}","cookieDomain":"example.com","cookiePath":"/app",
            "cookieMaxAge":4102444800,"cookieExpiration":4102444801,"user":%s,"firstSeen":true,
            "idpResponse":{"samlResponse":"s","idpGroups":["g1"],"oidcResponse":"o"},"sessionExpiration":4102444802,
            "externalToken":"ext","claims":{"c":1},"tenantSSOID":"sso1","trustedDeviceJwt":"device","nextRefreshSeconds":540,
            "cookieName":"MYDSR","sessionCookieName":"MYDS","sessionCookieDomain":"s.example.com","unsavedSSO":true}""";

    @Test
    void a_sign_in_carries_every_documented_field_of_the_answer_and_of_the_user() throws IOException {
        JsonObject answer = parsed(TOKENS.filledIn(ANSWER.formatted(USER)));
        assertThat(answer).hasSize(19);
        assertThat(answer.getJsonObject("user")).hasSize(35);

        try (RecordedService service = answering("POST", VERIFY, answer);
                Descope descope = connect(service.baseUri())) {
            SignIn signIn = descope.magicLinks().verify("link-token");

            JsonObject shown = new Shown(PROJECT_ID, descope.validator())
                    .asInNode(signIn, "")
                    .asJsonObject();
            assertThat(shown).containsAllEntriesOf(answer);
        }
    }

    @Test
    void a_user_carries_every_documented_field() throws IOException {
        JsonObject user = parsed(USER);

        try (RecordedService service = answering("GET", "/v1/auth/me", user);
                Descope descope = connect(service.baseUri())) {
            Object me = descope.sessions().me(TOKENS.filledIn("{{jwt:refresh_ok}}"));

            assertThat(new Shown(PROJECT_ID, descope.validator())
                            .asInJava(me, "")
                            .asJsonObject())
                    .containsAllEntriesOf(user);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/gateway", "/gateway/", "/a/b", "/"})
    void a_base_url_may_have_a_path_and_end_with_a_slash(String path) throws IOException {
        String prefix = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        JsonObject answer = parsed(TOKENS.filledIn(ANSWER.formatted(USER)));

        try (RecordedService service = answering("POST", prefix + VERIFY, answer);
                Descope descope = connect(service.baseUri() + path)) {
            descope.magicLinks().verify("link-token");

            assertThat(service.requests())
                    .extracting(Request::path)
                    .containsExactly(prefix + "/v2/keys/" + PROJECT_ID, prefix + VERIFY);
        }
    }

    @Test
    void a_refresh_and_a_log_out_have_options_that_neither_recorded_client_has() throws IOException {
        String refreshJwt = TOKENS.filledIn("{{jwt:refresh_ok}}");
        JsonObject answer = parsed(TOKENS.filledIn(ANSWER.formatted(USER)));

        try (RecordedService service = answering("POST", "/v1/auth/refresh", answer);
                Descope descope = connect(service.baseUri())) {
            descope.sessions().refresh(refreshJwt, "another provider's");

            assertThat(last(service).body()).isEqualTo(parsed("{\"externalToken\":\"another provider's\"}"));
        }
        try (RecordedService service = answering("POST", "/v1/auth/logoutall", answer);
                Descope descope = connect(service.baseUri())) {
            descope.sessions().logoutAll(refreshJwt, "web", "mobile");

            assertThat(last(service).body()).isEqualTo(parsed("{\"logoutType\":[\"web\",\"mobile\"]}"));
        }
    }

    @Test
    void calls_share_a_connection() throws IOException {
        try (RecordedService service =
                        answering("POST", "/v1/auth/magiclink/signup-in/email", JsonValue.EMPTY_JSON_OBJECT);
                Descope descope = connect(service.baseUri())) {
            for (int call = 0; call < 10; call++) {
                descope.magicLinks()
                        .signUpOrIn(
                                DeliveryMethod.EMAIL, "ana@example.com", URI.create("https://app.example.com/verify"));
            }

            assertThat(service.requests()).hasSize(10);
            assertThat(service.connections()).isEqualTo(1);
        }
    }

    private static Request last(RecordedService service) {
        return service.requests().get(service.requests().size() - 1);
    }

    private static RecordedService answering(String method, String path, JsonObject body) {
        JsonObject answer = Json.createObjectBuilder()
                .add("status", 200)
                .add("headers", Json.createObjectBuilder().add("content-type", "application/json"))
                .add("body", body)
                .build();
        Request request = new Request(method, path, "", "", JsonValue.NULL);
        return new RecordedService(List.of(new RecordedCall.Exchange(request, answer)), TOKENS.defaultKeys());
    }

    private static Descope connect(String baseUri) {
        return Descope.connect(
                DescopeSettings.forProject(PROJECT_ID).baseUri(baseUri).build());
    }

    private static JsonObject parsed(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readObject();
        }
    }
}
