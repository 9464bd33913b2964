package org.descope4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.descope4j.emulator.DescopeEmulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class MagicLinksTest {
    private static final URI REDIRECT = URI.create("https://app.example.com/auth/verify/state");

    private final DescopeEmulator emulator =
            DescopeEmulator.builder().rolesForNewUsers("member").start();
    private final Descope descope = Descope.connect(DescopeSettings.forProject(emulator.projectId())
            .baseUri(emulator.baseUri().toString())
            .build());

    @AfterEach
    void stop() {
        descope.close();
        emulator.close();
    }

    @Test
    void a_new_user_asks_for_a_link_by_e_mail_and_is_signed_in_by_it() {
        LinkSent sent = descope.magicLinks().signUpOrIn(DeliveryMethod.EMAIL, "ada@example.com", REDIRECT);
        SignIn signIn = descope.magicLinks().verify(latestToken("ada@example.com"));

        assertThat(sent.deliveryMethod()).isEqualTo(DeliveryMethod.EMAIL);
        assertThat(sent.maskedRecipient()).contains("*").endsWith("example.com");
        assertThat(signIn.firstSeen()).isTrue();
        assertThat(signIn.user().loginIds()).containsExactly("ada@example.com");
        assertThat(signIn.session().subject()).isEqualTo(signIn.user().id());
        assertThat(signIn.session().roles()).containsExactly("member");
        assertThat(descope.validator().validate(signIn.tokens().sessionJwt()).subject())
                .isEqualTo(signIn.session().subject());
    }

    @ParameterizedTest
    @EnumSource(
            value = DeliveryMethod.class,
            names = {"SMS", "WHATSAPP"})
    void a_link_reaches_a_phone(DeliveryMethod deliveryMethod) {
        descope.magicLinks().signUpOrIn(deliveryMethod, "+15555550123", REDIRECT);

        SignIn signIn = descope.magicLinks().verify(latestToken("+15555550123"));

        assertThat(signIn.user().phone()).contains("+15555550123");
        assertThat(signIn.session().authenticationMethods()).containsExactly(deliveryMethod.pathSegment());
    }

    @Test
    void the_link_leads_to_the_redirect_uri_with_its_token_as_query_parameter_t() {
        descope.magicLinks().signUpOrIn(DeliveryMethod.EMAIL, "ada@example.com", REDIRECT);

        URI link = emulator.inbox().latest("ada@example.com").link();

        assertThat(link.toString()).isEqualTo(REDIRECT + "?t=" + latestToken("ada@example.com"));
    }

    @Test
    void sign_in_refuses_a_user_who_does_not_exist() {
        assertThatThrownBy(() -> descope.magicLinks().signIn(DeliveryMethod.EMAIL, "nobody@example.com", REDIRECT))
                .isInstanceOfSatisfying(
                        RefusedByDescopeException.class,
                        refused -> assertThat(refused.errorCode()).isEqualTo(RefusedByDescopeException.USER_NOT_FOUND))
                .hasMessageNotContaining("nobody@example.com");
    }

    @Test
    void sign_up_refuses_a_user_who_exists_and_sign_in_serves_them() {
        descope.magicLinks().signUp(DeliveryMethod.EMAIL, "ada@example.com", REDIRECT);

        assertThatThrownBy(() -> descope.magicLinks().signUp(DeliveryMethod.EMAIL, "ada@example.com", REDIRECT))
                .isInstanceOfSatisfying(
                        RefusedByDescopeException.class,
                        refused -> assertThat(refused.errorCode())
                                .isEqualTo(RefusedByDescopeException.USER_ALREADY_EXISTS));
        descope.magicLinks().signIn(DeliveryMethod.EMAIL, "ada@example.com", REDIRECT);
        assertThat(descope.magicLinks()
                        .verify(latestToken("ada@example.com"))
                        .user()
                        .loginIds())
                .containsExactly("ada@example.com");
    }

    @Test
    void a_link_works_once() {
        descope.magicLinks().signUpOrIn(DeliveryMethod.EMAIL, "ada@example.com", REDIRECT);
        String linkToken = latestToken("ada@example.com");
        descope.magicLinks().verify(linkToken);

        assertThatThrownBy(() -> descope.magicLinks().verify(linkToken))
                .isInstanceOf(RefusedByDescopeException.class)
                .hasMessageNotContaining(linkToken);
    }

    @Test
    void a_link_past_its_time_is_refused() {
        descope.magicLinks().signUpOrIn(DeliveryMethod.EMAIL, "ada@example.com", REDIRECT);
        emulator.advanceClock(Duration.ofMinutes(4));

        assertThatThrownBy(() -> descope.magicLinks().verify(latestToken("ada@example.com")))
                .isInstanceOfSatisfying(
                        RefusedByDescopeException.class,
                        refused -> assertThat(refused.errorCode())
                                .isEqualTo(RefusedByDescopeException.LINK_NO_LONGER_VALID));
    }

    @Test
    void a_link_that_never_was_is_refused() {
        assertThatThrownBy(() -> descope.magicLinks().verify("never-issued"))
                .isInstanceOf(RefusedByDescopeException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\r\nX: y", "t\u0000", "t\u00e9", "<t>"})
    void what_cannot_be_a_link_token_is_the_callers_mistake(String linkToken) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> descope.magicLinks().verify(linkToken))
                .withMessageContaining("nothing was sent");
    }

    @Test
    void a_link_token_is_at_most_2048_characters() {
        assertThatThrownBy(() -> descope.magicLinks().verify("t".repeat(2048)))
                .isInstanceOf(RefusedByDescopeException.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> descope.magicLinks().verify("t".repeat(2049)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "ada@example.com\r\nBcc: eve@example.com", "ada\u0000@example.com"})
    void what_cannot_be_a_login_id_is_the_callers_mistake(String loginId) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> descope.magicLinks().signUpOrIn(DeliveryMethod.EMAIL, loginId, REDIRECT))
                .withMessageContaining("nothing was sent");
        assertThat(emulator.inbox().messages()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/auth/verify",
                "//app.example.com/auth/verify",
                "javascript:alert(1)",
                "https://user@app.example.com/auth/verify",
                "https://app.example.com/auth/verify#x"
            })
    void what_cannot_be_a_redirect_uri_is_the_callers_mistake(String redirect) {
        URI redirectUri = URI.create(redirect);

        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> descope.magicLinks().signUpOrIn(DeliveryMethod.EMAIL, "ada@example.com", redirectUri));
    }

    private String latestToken(String to) {
        return emulator.inbox().latest(to).token();
    }
}
