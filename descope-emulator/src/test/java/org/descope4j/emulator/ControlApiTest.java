package org.descope4j.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import org.descope4j.emulator.Caller.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ControlApiTest {
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
    void messages_are_answered_newest_first_and_by_address() {
        caller.linkTokenFor("ana@example.com");
        caller.linkTokenFor("bob+x@example.com");

        assertThat(caller.get("/_emulator/messages").array())
                .extracting(message -> message.asJsonObject().getString("to"))
                .containsExactly("bob+x@example.com", "ana@example.com");
        assertThat(caller.get("/_emulator/messages?to=BOB%2Bx%40example.com").array())
                .hasSize(1);
        assertThat(caller.get("/_emulator/messages?to=nobody@example.com").array())
                .isEmpty();
    }

    @Test
    void a_message_in_java_and_over_http_is_the_same() {
        String token = caller.linkTokenFor("ana@example.com");

        Message message = EMULATOR.inbox().latest("ana@example.com");
        assertThat(message.token()).isEqualTo(token);
        assertThat(message.link()).hasToString(Caller.REDIRECT + "?t=" + token);
        assertThat(caller.get("/_emulator/messages").array().getJsonObject(0).getString("sentAt"))
                .isEqualTo(message.sentAt().toString());
    }

    @Test
    void a_user_added_over_http_can_sign_in_by_each_login_id() {
        Answer added = caller.post("/_emulator/users", """
                {"loginIds":["Ana@Example.com","+1 555-123-4567"],"name":"Ana","roles":["admin"],"verifiedPhone":true,
                 "picture":"https://img.example.com/a.png","customAttributes":{"plan":"pro"},"test":true}""");

        assertThat(added.status()).isEqualTo(200);
        assertThat(added.json().getBoolean("verifiedEmail")).isFalse();
        assertThat(added.json().getBoolean("verifiedPhone")).isTrue();
        assertThat(added.json().getBoolean("test")).isTrue();
        assertThat(added.text("picture")).isEqualTo("https://img.example.com/a.png");
        assertThat(added.json().getJsonObject("customAttributes")).hasToString("{\"plan\":\"pro\"}");
        assertThat(caller.askForLink("signin", "ana@example.com").status()).isEqualTo(200);
        assertThat(caller.post("/v1/auth/magiclink/signin/sms", "{\"loginId\":\"+15551234567\"}")
                        .status())
                .isEqualTo(200);
        assertThat(caller.signIn("ana@example.com").json().getJsonObject("user").getString("userId"))
                .isEqualTo(added.text("userId"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"loginIds\":[]}",
                "{\"loginIds\":[\" \"]}",
                "{\"loginIds\":\"ana@example.com\"}",
                "{\"loginIds\":[\"ana@example.com\"],\"role\":[\"admin\"]}",
                "{\"loginIds\":[\"ana@example.com\"],\"tenants\":[{\"name\":\"Acme\"}]}"
            })
    void a_mistake_in_a_user_is_refused(String body) {
        assertThat(caller.post("/_emulator/users", body).status()).isEqualTo(400);
        assertThat(EMULATOR.users().all()).isEmpty();
    }

    @Test
    void an_access_key_added_over_http_can_be_exchanged() {
        Answer added = caller.post("/_emulator/access-keys", """
                {"name":"job","roles":["reader"],"permissions":["doc.read"],"customClaims":{"team":"ops"},
                 "tenants":[{"id":"T2acme","name":"Acme","roles":["admin"],"permissions":[]}]}""");

        Answer exchanged = caller.post("/v1/auth/accesskey/exchange", "{}", added.text("key"));

        assertThat(exchanged.text("keyId")).isEqualTo(added.text("keyId"));
        assertThat(exchanged.sessionClaims().getClaim("team")).isEqualTo("ops");
        assertThat(exchanged.sessionClaims().getClaim("roles")).isEqualTo(List.of("reader"));
        assertThat(caller.post("/_emulator/access-keys", "{\"role\":\"reader\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void the_project_tells_the_management_key_to_tests() {
        Answer project = caller.get("/_emulator/project");

        assertThat(project.text("projectId")).isEqualTo(EMULATOR.projectId());
        assertThat(project.text("managementKey")).isEqualTo(EMULATOR.managementKey());
    }

    @Test
    void a_login_id_belongs_to_one_user() {
        EMULATOR.users().add(NewUser.builder("ana@example.com").build());

        assertThat(caller.post("/_emulator/users", "{\"loginIds\":[\"ANA@example.com\"]}")
                        .text("errorCode"))
                .isEqualTo("E062107");
        assertThatIllegalStateException()
                .isThrownBy(() -> EMULATOR.users()
                        .add(NewUser.builder("new@example.com")
                                .loginId("ana@example.com")
                                .build()));
        assertThat(EMULATOR.users().all()).hasSize(1);
    }

    @Test
    void the_clock_moves_forward() {
        Instant before = Instant.parse(caller.get("/_emulator/clock").text("now"));

        Instant after = Instant.parse(
                caller.post("/_emulator/clock", "{\"advance\":\"PT1H\"}").text("now"));

        assertThat(after).isAfterOrEqualTo(before.plus(Duration.ofHours(1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"advance\":\"ten minutes\"}",
                "{\"advance\":\"PT-1S\"}",
                "{\"advance\":\"P99999999D\"}",
                "{\"by\":\"PT1S\"}"
            })
    void the_clock_moves_in_no_other_way(String body) {
        assertThat(caller.post("/_emulator/clock", body).status()).isEqualTo(400);
        assertThatIllegalArgumentException().isThrownBy(() -> EMULATOR.advanceClock(Duration.ofSeconds(-1)));
    }

    @Test
    void a_rotation_answers_the_id_of_the_key_that_signs_now() {
        String keyId = caller.post("/_emulator/keys/rotate", "").text("kid");

        assertThat(caller.get("/v1/keys/" + EMULATOR.projectId())
                        .array()
                        .getJsonObject(0)
                        .getString("kid"))
                .isEqualTo(keyId);
    }

    @Test
    void a_reset_forgets_everything_but_the_keys() {
        String refreshJwt = caller.signIn("ana@example.com").text("refreshJwt");
        String token = caller.linkTokenFor("ana@example.com");
        EMULATOR.advanceClock(Duration.ofDays(1));
        String keys = caller.get("/v2/keys/" + EMULATOR.projectId()).body();

        assertThat(caller.post("/_emulator/reset", "").status()).isEqualTo(200);

        assertThat(EMULATOR.inbox().messages()).isEmpty();
        assertThat(EMULATOR.users().all()).isEmpty();
        assertThat(caller.verify(token).status()).isEqualTo(401);
        assertThat(caller.get("/v1/auth/me", refreshJwt).status()).isEqualTo(401);
        assertThat(Instant.parse(caller.get("/_emulator/clock").text("now")))
                .isBefore(Instant.now().plus(Duration.ofHours(1)));
        assertThat(caller.get("/v2/keys/" + EMULATOR.projectId()).body()).isEqualTo(keys);
    }

    @Test
    void an_inbox_without_the_message_says_so() {
        assertThatExceptionOfType(NoSuchElementException.class)
                .isThrownBy(() -> EMULATOR.inbox().latest("ana@example.com"))
                .withMessageContaining("ana@example.com");
    }
}
