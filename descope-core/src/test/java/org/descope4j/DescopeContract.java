package org.descope4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.descope4j.session.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What Descope promises and this client relies on, for whichever Descope there is. It stages one test user of a fixed login ID and leaves
 * them there, so that it can run against a real project without touching anybody else in it.
 */
interface DescopeContract {
    String LOGIN_ID = "descope4j-contract@test.example";
    URI VERIFY = URI.create("http://localhost:8080/auth/verify");

    /** A client of the Descope under test, with a management key. */
    Descope descope();

    @BeforeEach
    default void the_test_user_is_there_also_when_made_twice() {
        TestUser testUser = TestUser.withLoginId(LOGIN_ID)
                .name("Contract Test")
                .email(LOGIN_ID)
                .build();

        User first = descope().testUsers().create(testUser);
        User second = descope().testUsers().create(testUser);

        assertThat(first.isTestUser()).isTrue();
        assertThat(second.id()).isEqualTo(first.id());
    }

    @Test
    default void a_generated_link_leads_to_the_redirect_uri_with_the_token_in_t() {
        TestLink link = generated(LoginOptions.builder().redirectUri(VERIFY).build());

        assertThat(link.loginId()).isEqualTo(LOGIN_ID);
        assertThat(link.link().toString()).startsWith(VERIFY + "?t=");
    }

    @Test
    default void a_link_signs_its_user_in_and_the_session_is_valid() {
        SignIn signIn = signedIn();

        assertThat(signIn.user().loginIds()).contains(LOGIN_ID);
        assertThat(signIn.user().isEmailVerified()).isTrue();
        Session session = descope().validator().validate(signIn.tokens().sessionJwt());
        assertThat(session.userId()).isEqualTo(signIn.user().id());
        assertThat(session.authenticationMethods()).contains("email");
    }

    @Test
    default void a_link_is_good_once() {
        String linkToken =
                generated(LoginOptions.builder().redirectUri(VERIFY).build()).linkToken();
        descope().magicLinks().verify(linkToken);

        assertThatThrownBy(() -> descope().magicLinks().verify(linkToken))
                .isInstanceOf(RefusedByDescopeException.class);
    }

    @Test
    default void another_link_does_not_cancel_the_one_before() {
        LoginOptions options = LoginOptions.builder().redirectUri(VERIFY).build();
        TestLink first = generated(options);
        TestLink second = generated(options);
        descope().magicLinks().signUpOrIn(DeliveryMethod.EMAIL, LOGIN_ID, VERIFY);

        assertThat(descope().magicLinks().verify(second.linkToken()).user().loginIds())
                .contains(LOGIN_ID);
        assertThat(descope().magicLinks().verify(first.linkToken()).user().loginIds())
                .contains(LOGIN_ID);
    }

    @Test
    default void a_link_token_that_descope_did_not_make_is_refused() {
        assertRefused("token", () -> descope().magicLinks().verify("bogus-link-token"));
    }

    @Test
    default void claims_of_the_caller_are_in_the_session() {
        LoginOptions options = LoginOptions.builder()
                .redirectUri(VERIFY)
                .customClaims(Map.of("contract", "kept"))
                .build();

        SignIn signIn = descope().magicLinks().verify(generated(options).linkToken());

        assertThat(signIn.session().claims().toString()).contains("contract=kept");
    }

    @Test
    default void a_refresh_brings_a_session_of_the_same_user() {
        SignIn signIn = signedIn();

        RefreshedSession refreshed =
                descope().sessions().refresh(signIn.tokens().refreshJwt());

        assertThat(refreshed.session().subject()).isEqualTo(signIn.session().subject());
    }

    @Test
    default void me_and_the_history_are_the_users() {
        SignIn signIn = signedIn();
        String refreshJwt = signIn.tokens().refreshJwt();

        assertThat(descope().sessions().me(refreshJwt).id())
                .isEqualTo(signIn.user().id());
        assertThat(descope().sessions().loginHistory(refreshJwt))
                .allSatisfy(login ->
                        assertThat(login.userId()).hasValue(signIn.user().id()));
    }

    @Test
    default void after_a_logout_the_refresh_jwt_is_refused() {
        String refreshJwt = signedIn().tokens().refreshJwt();

        descope().sessions().logout(refreshJwt);

        assertRefused("logout", () -> descope().sessions().me(refreshJwt));
    }

    @Test
    default void a_logout_of_all_ends_the_other_sessions_too() {
        String one = signedIn().tokens().refreshJwt();
        String other = signedIn().tokens().refreshJwt();

        descope().sessions().logoutAll(other);

        assertThatThrownBy(() -> descope().sessions().me(one)).isInstanceOf(RefusedByDescopeException.class);
    }

    @Test
    default void who_is_known_cannot_sign_up_and_who_is_not_cannot_sign_in() {
        assertThatThrownBy(() -> descope().magicLinks().signUp(DeliveryMethod.EMAIL, LOGIN_ID, VERIFY))
                .isInstanceOf(RefusedByDescopeException.class);
        assertThatThrownBy(() ->
                        descope().magicLinks().signIn(DeliveryMethod.EMAIL, "descope4j-nobody@test.example", VERIFY))
                .isInstanceOf(RefusedByDescopeException.class);
    }

    private static void assertRefused(String word, ThrowingCallable call) {
        assertThatExceptionOfType(RefusedByDescopeException.class)
                .isThrownBy(call)
                .satisfies(refused -> assertThat(refused.errorDescription() + " " + refused.errorMessage())
                        .containsIgnoringCase(word));
    }

    private SignIn signedIn() {
        return descope()
                .magicLinks()
                .verify(generated(LoginOptions.builder().redirectUri(VERIFY).build())
                        .linkToken());
    }

    private TestLink generated(LoginOptions options) {
        return descope().testUsers().magicLink(DeliveryMethod.EMAIL, LOGIN_ID, options);
    }
}
