package org.descope4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.descope4j.ScriptedService.json;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each option under Descope's own name, and what is refused before anything is sent. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OptionsTest {
    private static final String PROJECT_ID = "P2abcdefghijklmnopqrstuvwxyz";
    private static final URI VERIFY = URI.create("https://app.example.com/auth/verify");
    private static final String ANSWER = json(200, "{\"maskedEmail\":\"a***@example.com\"}");

    private final ScriptedService service = new ScriptedService()
            .answers("/v1/auth/magiclink/signin/email", ANSWER)
            .answers("/v1/auth/magiclink/signup/email", ANSWER)
            .answers("/v1/auth/magiclink/signup/sms", json(200, "{\"maskedPhone\":\"+1***67\"}"))
            .answers("/v1/auth/magiclink/signup-in/email", ANSWER);
    private final Descope descope = Descope.connect(
            DescopeSettings.forProject(PROJECT_ID).baseUri(service.baseUri()).build());

    @AfterEach
    void stop() throws IOException {
        descope.close();
        service.close();
    }

    @Test
    void a_sign_in_sends_every_option_under_Descopes_name() {
        descope.magicLinks()
                .signIn(
                        DeliveryMethod.EMAIL,
                        "ada@example.com",
                        LoginOptions.builder()
                                .redirectUri(VERIFY)
                                .customClaims(Map.of("plan", "pro"))
                                .templateId("T1")
                                .templateOptions(Map.of("shop", "Lovelace & Co."))
                                .providerId("C1")
                                .locale("nb-NO")
                                .tenantId("T2tenant")
                                .revokeOtherSessions("web", "mobile")
                                .pkceChallenge(new byte[] {1, 2, 3})
                                .ssoAppId("S1")
                                .useRecovery()
                                .build());

        assertThat(sent("/v1/auth/magiclink/signin/email")).isEqualTo(parsed("""
                {"loginId":"ada@example.com","URI":"https://app.example.com/auth/verify","providerId":"C1","useRecovery":true,
                "loginOptions":{
                "customClaims":{"plan":"pro"},"templateId":"T1","templateOptions":{"shop":"Lovelace & Co."},"locale":"nb-NO",
                "tenantId":"T2tenant","revokeOtherSessions":true,"revokeOtherSessionsTypes":["web","mobile"],
                "pkceChallenge":"AQID","ssoAppId":"S1"}}"""));
    }

    @Test
    void a_sign_up_sends_every_option_and_every_detail_of_the_user() {
        descope.magicLinks()
                .signUp(
                        DeliveryMethod.EMAIL,
                        "ada@example.com",
                        SignUpOptions.builder()
                                .redirectUri(VERIFY)
                                .user(UserDetails.builder()
                                        .name("Ada Lovelace")
                                        .email("ada@example.com")
                                        .phone("+15551234567")
                                        .givenName("Ada")
                                        .middleName("King")
                                        .familyName("Lovelace")
                                        .recoveryEmail("byron@example.com")
                                        .recoveryPhone("+15551234568")
                                        .build())
                                .customClaims(Map.of("plan", "pro"))
                                .templateId("T1")
                                .templateOptions(Map.of("a", "b"))
                                .providerId("C1")
                                .locale("de")
                                .tenantId("T2tenant")
                                .pkceChallenge(new byte[] {1})
                                .build());

        assertThat(sent("/v1/auth/magiclink/signup/email")).isEqualTo(parsed("""
                {"loginId":"ada@example.com","URI":"https://app.example.com/auth/verify","providerId":"C1",
                "user":{"name":"Ada Lovelace","email":"ada@example.com","phone":"+15551234567","givenName":"Ada",
                "middleName":"King","familyName":"Lovelace","recoveryEmail":"byron@example.com",
                "recoveryPhone":"+15551234568"},
                "loginOptions":{"customClaims":{"plan":"pro"},"templateId":"T1","templateOptions":{"a":"b"},"locale":"de",
                "tenantId":"T2tenant","pkceChallenge":"AQ=="}}"""));
    }

    @Test
    void without_a_redirect_uri_Descope_uses_the_one_of_its_console() {
        descope.magicLinks()
                .signUp(
                        DeliveryMethod.SMS,
                        "+15551234567",
                        SignUpOptions.builder().build());

        assertThat(sent("/v1/auth/magiclink/signup/sms"))
                .isEqualTo(parsed("{\"loginId\":\"+15551234567\",\"loginOptions\":{}}"));
    }

    @Test
    void claims_of_every_kind_that_json_can_say_arrive_as_they_are() {
        Map<String, Object> claims = new HashMap<>();
        claims.put("text", "\u00dcn\u00ef \ud83d\ude00 </script>\u0000");
        claims.put("int", 3);
        claims.put("long", Long.MAX_VALUE);
        claims.put("decimal", new BigDecimal("1.50"));
        claims.put("double", 1.5);
        claims.put("flag", true);
        claims.put("nothing", null);
        claims.put("list", Arrays.asList("a", 1, null, List.of(), Map.of("x", false)));

        descope.magicLinks()
                .signUpOrIn(
                        DeliveryMethod.EMAIL,
                        "ada@example.com",
                        LoginOptions.builder().customClaims(claims).build());

        JsonObject sent = sent("/v1/auth/magiclink/signup-in/email").getJsonObject("loginOptions");
        assertThat(sent.getJsonObject("customClaims")).isEqualTo(parsed("""
                {"text":"\\u00dcn\\u00ef \\ud83d\\ude00 </script>\\u0000","int":3,"long":9223372036854775807,"decimal":1.50,
                "double":1.5,"flag":true,"list":["a",1,null,[],{"x":false}]}"""));
    }

    @Test
    void options_do_not_change_with_the_map_that_they_were_made_from() {
        List<Object> list = new ArrayList<>(List.of("before"));
        Map<String, Object> claims = new HashMap<>(Map.of("list", list));
        LoginOptions options = LoginOptions.builder().customClaims(claims).build();

        list.add("after");
        claims.put("late", true);
        descope.magicLinks().signUpOrIn(DeliveryMethod.EMAIL, "ada@example.com", options);

        assertThat(sent("/v1/auth/magiclink/signup-in/email").getJsonObject("loginOptions"))
                .isEqualTo(parsed("{\"customClaims\":{\"list\":[\"before\"]}}"));
    }

    static List<Map<?, ?>> a_claim_that_json_cannot_say_is_refused_by_name() {
        Map<String, Object> deep = new HashMap<>();
        Map<String, Object> inner = deep;
        for (int level = 0; level < 40; level++) {
            Map<String, Object> next = new HashMap<>();
            inner.put("odd", next);
            inner = next;
        }
        return List.of(
                Map.of("odd", new Object()),
                Map.of("odd", Double.NaN),
                Map.of("odd", Float.POSITIVE_INFINITY),
                Map.of("odd", List.of(new StringBuilder("secret value"))),
                Map.of("odd", Map.of(1, "secret value")),
                deep);
    }

    @ParameterizedTest
    @MethodSource
    @SuppressWarnings("unchecked")
    void a_claim_that_json_cannot_say_is_refused_by_name(Map<?, ?> claims) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LoginOptions.builder().customClaims((Map<String, ?>) claims))
                .withMessageContaining("customClaims.odd")
                .withMessageContaining("nothing was sent")
                .withMessageNotContaining("secret value");
    }

    @Test
    void a_step_up_is_not_for_somebody_who_may_be_unknown() {
        LoginOptions options = LoginOptions.builder().stepUp("a.b.c").build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> descope.magicLinks().signUpOrIn(DeliveryMethod.EMAIL, "ada@example.com", options))
                .withMessageContaining("use signIn");
        assertThat(service.requests("/v1/auth/magiclink/signup-in/email")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:b", "a b", "a\r\nX: y", "", "\u00e4"})
    void K11_what_is_no_jwt_is_no_step_up(String refreshJwt) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LoginOptions.builder().stepUp(refreshJwt));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LoginOptions.builder().mfa(refreshJwt));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/auth/verify",
                "mailto:ada@example.com",
                "https://user@app.example.com/",
                "https://app.example.com/#there",
                "javascript:alert(1)",
                "https:///auth"
            })
    void a_redirect_uri_that_leads_nowhere_is_refused(String redirectUri) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LoginOptions.builder().redirectUri(URI.create(redirectUri)))
                .withMessageContaining("redirect URI");
    }

    @Test
    void a_mobile_application_may_be_redirected_to_by_its_own_scheme() {
        descope.magicLinks().signUpOrIn(DeliveryMethod.EMAIL, "ada@example.com", URI.create("myapp://verify"));

        assertThat(sent("/v1/auth/magiclink/signup-in/email").getString("URI")).isEqualTo("myapp://verify");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ada", "@example.com", "ada@", "a@b@c", "a b@example.com", "ada@example.com\n"})
    void a_new_address_that_is_none_is_refused(String email) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> descope.magicLinks().updateEmail("ada@example.com", email, "a.b.c", VERIFY))
                .withMessageContaining("e-mail address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "+", "+1555ABC", "----", "+1555\n1234567", "123456789012345678901234567890123"})
    void a_new_number_that_is_none_is_refused(String phone) {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        descope.magicLinks().updatePhone(DeliveryMethod.SMS, "ada@example.com", phone, "a.b.c", VERIFY))
                .withMessageContaining("phone number");
    }

    @Test
    void a_number_is_not_verified_by_mail() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> descope.magicLinks()
                        .updatePhone(DeliveryMethod.EMAIL, "ada@example.com", "+15551234567", "a.b.c", VERIFY))
                .withMessageContaining("SMS or WHATSAPP");
    }

    @Test
    void L4_no_options_print_what_is_in_them() {
        String secret = "secret";

        assertThat(List.of(
                        LoginOptions.builder()
                                .customClaims(Map.of("x", secret))
                                .stepUp(secret)
                                .build(),
                        SignUpOptions.builder()
                                .customClaims(Map.of("x", secret))
                                .build(),
                        UpdateOptions.builder()
                                .templateOptions(Map.of("x", secret))
                                .build(),
                        AccessKeyOptions.builder()
                                .customClaims(Map.of("x", secret))
                                .build(),
                        UserDetails.builder().name(secret).build(),
                        new TestLink(secret, URI.create("https://x.example/?t=" + secret))))
                .allSatisfy(options -> assertThat(options.toString()).doesNotContain(secret));
    }

    @Test
    void the_link_of_a_test_user_tells_its_token() {
        assertThat(new TestLink("e2e", URI.create("https://x.example/verify?a=t&t=link-token&b=1")).linkToken())
                .isEqualTo("link-token");
    }

    private JsonObject sent(String path) {
        assertThat(service.requests(path)).hasSize(1);
        return parsed(service.requests(path).get(0).body());
    }

    private static JsonObject parsed(String json) {
        try (var reader = Json.createReader(new StringReader(json))) {
            return reader.readObject();
        }
    }
}
