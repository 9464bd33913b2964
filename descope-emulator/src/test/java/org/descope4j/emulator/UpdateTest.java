package org.descope4j.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.descope4j.emulator.Caller.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UpdateTest {
    private static final String ANA = "ana@example.com";
    private static final String NEW = "new@example.com";

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
    void the_link_goes_to_the_new_address_which_holds_once_it_is_redeemed() {
        Answer signIn = caller.signIn(ANA);

        Answer asked = updateEmail(signIn, "");

        assertThat(asked.json()).hasSize(1);
        assertThat(asked.text("maskedEmail")).isEqualTo("n***@example.com");
        assertThat(EMULATOR.inbox().latest(NEW).link())
                .hasToString(
                        Caller.REDIRECT + "?t=" + EMULATOR.inbox().latest(NEW).token());
        assertThat(me(signIn).text("email")).isEqualTo(ANA);

        Answer verified = caller.verifyLatest(NEW);

        assertThat(verified.user().getString("email")).isEqualTo(NEW);
        assertThat(verified.user().getBoolean("verifiedEmail")).isTrue();
        assertThat(verified.user().getString("userId")).isEqualTo(signIn.user().getString("userId"));
        assertThat(verified.json().getBoolean("firstSeen")).isFalse();
        assertThat(me(signIn).text("email")).isEqualTo(NEW);
    }

    @ParameterizedTest
    @CsvSource({"phone/sms, sms", "phone/whatsapp, whatsapp", "phone, sms"})
    void a_phone_number_is_updated_in_the_same_way(String path, String method) {
        Answer signIn = caller.signIn(ANA);

        Answer asked = caller.post(
                "/v1/auth/magiclink/update/" + path,
                "{\"loginId\":\"ana@example.com\",\"phone\":\"+1-555-555-5556\"}",
                signIn.text("refreshJwt"));

        assertThat(asked.text("maskedPhone")).isEqualTo("+1********56");
        assertThat(EMULATOR.inbox().latest("+15555555556").deliveryMethod()).isEqualTo(method);
        Answer verified = caller.verifyLatest("+15555555556");
        assertThat(verified.user().getString("phone")).isEqualTo("+15555555556");
        assertThat(verified.user().getBoolean("verifiedPhone")).isTrue();
        assertThat(verified.user().getString("email")).isEqualTo(ANA);
        assertThat(verified.sessionClaims().getClaim("amr")).isEqualTo(List.of("email", method));
    }

    @Test
    void the_new_address_is_a_login_id_only_when_that_was_asked_for() {
        Answer signIn = caller.signIn(ANA);
        updateEmail(signIn, "");
        caller.verifyLatest(NEW);
        assertThat(caller.askForLink("signin", NEW).errorCode()).isEqualTo("E062108");

        updateEmail(signIn, ",\"addToLoginIDs\":true");
        Answer verified = caller.verifyLatest(NEW);

        assertThat(verified.user().getJsonArray("loginIds")).hasToString("[\"ana@example.com\",\"new@example.com\"]");
        assertThat(caller.askForLink("signin", NEW).status()).isEqualTo(200);
        assertThat(caller.askForLink("signin", ANA).status()).isEqualTo(200);
    }

    @Test
    void options_stand_at_the_top_level() {
        Answer signIn = caller.signIn(ANA);

        updateEmail(
                signIn,
                ",\"templateOptions\":{\"app\":\"Acme\"},\"templateId\":\"change\",\"providerId\":\"p1\","
                        + "\"locale\":\"nb-NO\",\"mfa\":true,\"crossDevice\":false");

        Message message = EMULATOR.inbox().latest(NEW);
        assertThat(message.templateOptions()).isEqualTo(Map.of("app", "Acme"));
        assertThat(message.template()).isEqualTo("change");
        assertThat(message.locale()).isEqualTo("nb-NO");
        assertThat(caller.verifyLatest(NEW).sessionClaims().getClaim("amr")).isEqualTo(List.of("email", "mfa"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"URI", "redirectUrl"})
    void both_names_of_the_redirect_are_taken(String field) {
        Answer signIn = caller.signIn(ANA);

        caller.post(
                "/v1/auth/magiclink/update/email",
                "{\"loginId\":\"ana@example.com\",\"email\":\"new@example.com\",\"" + field
                        + "\":\"https://app.example.com/changed\"}",
                signIn.text("refreshJwt"));

        assertThat(EMULATOR.inbox().latest(NEW).link().toString()).startsWith("https://app.example.com/changed?t=");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "email     | {\"loginId\":\"ana@example.com\"}                                    | E011004",
                "email     | {\"loginId\":\"ana@example.com\",\"email\":\"new\"}                  | E011004",
                "email     | {\"email\":\"new@example.com\"}                                      | E011002",
                "email     | {\"loginId\":\"nobody@example.com\",\"email\":\"new@example.com\"}   | E062108",
                "email     | {\"loginId\":\"ana@example.com\",\"email\":\"n@e.org\",\"mfa\":\"yes\"} | E011001",
                "phone/sms | {\"loginId\":\"ana@example.com\",\"phone\":\"call me\"}              | E011004"
            })
    void a_request_that_cannot_be_served_sends_nothing(String path, String body, String code) {
        Answer signIn = caller.signIn(ANA);

        Answer answer = caller.post("/v1/auth/magiclink/update/" + path, body, signIn.text("refreshJwt"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorCode()).isEqualTo(code);
        assertThat(EMULATOR.inbox().messages()).hasSize(1);
    }

    @Test
    void somebody_elses_refresh_jwt_or_none_is_refused() {
        caller.signIn(ANA);
        Answer bob = caller.signIn("bob@example.com");

        assertThat(updateEmail(bob, "").errorCode()).isEqualTo("E061005");
        assertThat(caller.post("/v1/auth/magiclink/update/email", "{\"loginId\":\"ana@example.com\"}")
                        .status())
                .isEqualTo(401);
        assertThat(EMULATOR.inbox().messages(NEW)).isEmpty();
    }

    @Test
    void G4_the_link_works_once_and_expires() {
        Answer signIn = caller.signIn(ANA);
        updateEmail(signIn, "");
        assertThat(caller.verifyLatest(NEW).status()).isEqualTo(200);
        assertThat(caller.verifyLatest(NEW).errorCode()).isEqualTo("E062504");

        updateEmail(signIn, "");
        EMULATOR.advanceClock(Duration.ofMinutes(3));

        assertThat(caller.verifyLatest(NEW).errorCode()).isEqualTo("E062504");
    }

    @Nested
    class When_another_user_has_the_new_login_id {
        private String existingId;
        private String updatedId;
        private Answer signIn;

        @BeforeEach
        void add_both() {
            existingId = EMULATOR.users()
                    .add(NewUser.builder(NEW)
                            .name("New Example")
                            .roles("owner")
                            .phone("+15551234567")
                            .build());
            signIn = caller.signIn(ANA);
            updatedId = signIn.user().getString("userId");
        }

        @Test
        void the_updated_user_takes_over_what_the_other_had() {
            Answer existing = caller.signIn(NEW);
            updateEmail(signIn, ",\"addToLoginIDs\":true");

            Answer verified = caller.verifyLatest(NEW);

            assertThat(verified.user().getString("userId")).isEqualTo(updatedId);
            assertThat(verified.user().getJsonArray("loginIds"))
                    .hasToString("[\"ana@example.com\",\"new@example.com\"]");
            assertThat(verified.user().getString("name")).isEqualTo("New Example");
            assertThat(verified.user().getString("phone")).isEqualTo("+15551234567");
            assertThat(verified.user().getString("email")).isEqualTo(NEW);
            assertThat(verified.sessionClaims().getClaim("roles")).isEqualTo(List.of("owner"));
            assertThat(EMULATOR.users().all()).extracting(User::id).containsExactly(updatedId);
            assertThat(me(existing).errorCode()).isEqualTo("E064001");
            assertThat(me(signIn).status()).isEqualTo(200);
        }

        @Test
        void on_merge_use_existing_keeps_the_other_and_ends_the_sessions_of_the_updated_one() {
            updateEmail(signIn, ",\"addToLoginIDs\":true,\"onMergeUseExisting\":true");

            Answer verified = caller.verifyLatest(NEW);

            assertThat(verified.user().getString("userId")).isEqualTo(existingId);
            assertThat(verified.user().getJsonArray("loginIds"))
                    .hasToString("[\"new@example.com\",\"ana@example.com\"]");
            assertThat(EMULATOR.users().all()).extracting(User::id).containsExactly(existingId);
            assertThat(me(signIn).errorCode()).isEqualTo("E064001");
            caller.askForLink("signin", ANA);
            assertThat(caller.verifyLatest(NEW).user().getString("userId")).isEqualTo(existingId);
        }

        @Test
        void fail_on_conflict_refuses_and_sends_nothing() {
            Answer answer = updateEmail(signIn, ",\"addToLoginIDs\":true,\"failOnConflict\":true");

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.errorCode()).isEqualTo("E062125");
            assertThat(EMULATOR.inbox().messages(NEW)).isEmpty();
        }

        @Test
        void an_address_that_is_to_be_no_login_id_is_no_conflict() {
            updateEmail(signIn, ",\"failOnConflict\":true");

            assertThat(caller.verifyLatest(NEW).user().getString("userId")).isEqualTo(updatedId);
            assertThat(EMULATOR.users().all()).hasSize(2);
        }
    }

    @Test
    void a_conflict_that_arises_before_the_click_is_refused_at_the_click() {
        Answer signIn = caller.signIn(ANA);
        updateEmail(signIn, ",\"addToLoginIDs\":true,\"failOnConflict\":true");
        String token = EMULATOR.inbox().latest(NEW).token();
        caller.signIn(NEW);

        assertThat(caller.verify(token).errorCode()).isEqualTo("E062125");
        assertThat(EMULATOR.users().all()).hasSize(2);
        assertThat(me(signIn).text("email")).isEqualTo(ANA);
    }

    private Answer updateEmail(Answer signIn, String options) {
        return caller.post(
                "/v1/auth/magiclink/update/email",
                "{\"loginId\":\"" + ANA + "\",\"email\":\"" + NEW + "\",\"URI\":\"" + Caller.REDIRECT + "\"" + options
                        + "}",
                signIn.text("refreshJwt"));
    }

    private Answer me(Answer signIn) {
        return caller.get("/v1/auth/me", signIn.text("refreshJwt"));
    }
}
