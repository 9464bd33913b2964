package org.descope4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.session.InvalidSessionException;
import org.descope4j.session.InvalidSessionException.Reason;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SessionsTest {
    @Test
    void a_refresh_answers_a_new_session_and_keeps_the_refresh_jwt() {
        try (Service service = new Service(DescopeEmulator.builder())) {
            SignIn signIn = service.signIn("ada@example.com");
            service.advance(Duration.ofSeconds(2));

            RefreshedSession refreshed =
                    service.descope.sessions().refresh(signIn.tokens().refreshJwt());

            assertThat(refreshed.session().subject()).isEqualTo(signIn.session().subject());
            assertThat(refreshed.session().expiresAt()).isAfter(signIn.session().expiresAt());
            assertThat(refreshed.tokens().refreshJwt())
                    .isEqualTo(signIn.tokens().refreshJwt());
            assertThat(refreshed.user().loginIds()).containsExactly("ada@example.com");
        }
    }

    @Test
    void where_refresh_jwts_rotate_the_new_one_is_the_one_to_keep() {
        try (Service service = new Service(DescopeEmulator.builder().rotatesRefreshTokens(true))) {
            SignIn signIn = service.signIn("ada@example.com");

            RefreshedSession refreshed =
                    service.descope.sessions().refresh(signIn.tokens().refreshJwt());

            assertThat(refreshed.tokens().refreshJwt())
                    .isNotEqualTo(signIn.tokens().refreshJwt());
            service.descope.sessions().refresh(refreshed.tokens().refreshJwt());
            assertThatThrownBy(() ->
                            service.descope.sessions().refresh(signIn.tokens().refreshJwt()))
                    .isInstanceOf(RefusedByDescopeException.class);
        }
    }

    @Test
    void after_log_out_the_refresh_jwt_is_refused() {
        try (Service service = new Service(DescopeEmulator.builder())) {
            SignIn phone = service.signIn("ada@example.com");
            SignIn laptop = service.signIn("ada@example.com");

            service.descope.sessions().logout(phone.tokens().refreshJwt());

            assertThatThrownBy(() ->
                            service.descope.sessions().refresh(phone.tokens().refreshJwt()))
                    .isInstanceOf(RefusedByDescopeException.class);
            assertThat(service.descope
                            .sessions()
                            .refresh(laptop.tokens().refreshJwt())
                            .session()
                            .subject())
                    .isEqualTo(laptop.session().subject());
        }
    }

    @Test
    void after_log_out_everywhere_no_refresh_jwt_of_the_user_is_accepted() {
        try (Service service = new Service(DescopeEmulator.builder())) {
            SignIn phone = service.signIn("ada@example.com");
            SignIn laptop = service.signIn("ada@example.com");

            service.descope.sessions().logoutAll(phone.tokens().refreshJwt());

            assertThatThrownBy(() ->
                            service.descope.sessions().refresh(laptop.tokens().refreshJwt()))
                    .isInstanceOf(RefusedByDescopeException.class);
        }
    }

    @Test
    void J21_a_session_jwt_is_no_refresh_jwt() {
        try (Service service = new Service(DescopeEmulator.builder())) {
            SignIn signIn = service.signIn("ada@example.com");

            assertThatThrownBy(() ->
                            service.descope.sessions().refresh(signIn.tokens().sessionJwt()))
                    .isInstanceOfSatisfying(
                            InvalidSessionException.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Reason.WRONG_KIND));
        }
    }

    @Test
    void K11_what_is_no_jwt_is_never_put_behind_bearer() {
        try (Service service = new Service(DescopeEmulator.builder())) {
            assertThatThrownBy(() -> service.descope.sessions().logout("a:b\r\nX: y"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("nothing was sent");
        }
    }

    @Test
    void a_session_signed_by_a_key_that_came_after_ours_were_fetched_is_accepted() {
        try (Service service = new Service(DescopeEmulator.builder())) {
            SignIn before = service.signIn("ada@example.com");
            service.emulator.rotateKeys();
            service.advance(Duration.ofSeconds(6));

            RefreshedSession after =
                    service.descope.sessions().refresh(before.tokens().refreshJwt());

            assertThat(after.session().subject()).isEqualTo(before.session().subject());
        }
    }

    /** An emulator and a connection to it. */
    private static final class Service implements AutoCloseable {
        private static final URI REDIRECT = URI.create("https://app.example.com/auth/verify");

        private final ShiftedClock clock = new ShiftedClock();
        private final DescopeEmulator emulator;
        private final Descope descope;

        Service(DescopeEmulator.Builder builder) {
            emulator = builder.start();
            descope = Descope.connect(DescopeSettings.forProject(emulator.projectId())
                    .baseUri(emulator.baseUri().toString())
                    .clock(clock)
                    .build());
        }

        void advance(Duration step) {
            emulator.advanceClock(step);
            clock.advance(step);
        }

        SignIn signIn(String loginId) {
            descope.magicLinks().signUpOrIn(DeliveryMethod.EMAIL, loginId, REDIRECT);
            return descope.magicLinks().verify(emulator.inbox().latest(loginId).token());
        }

        @Override
        public void close() {
            descope.close();
            emulator.close();
        }
    }
}
