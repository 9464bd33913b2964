package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import org.descope4j.emulator.DescopeEmulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** An application whose old login, by the container or by a filter of its own, stays beside the new one. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OtherLoginTest {
    private final DescopeEmulator emulator = DescopeEmulator.start();
    private final ServedApplication application = ServedApplication.startWithFormLogin(emulator);
    private final Browser browser = application.browser();

    @AfterEach
    void stop() {
        application.close();
        emulator.close();
    }

    private void logInAsBefore() {
        assertThat(browser.get("/app/legacy/desk").body()).contains("j_security_check");
        Answer answer = browser.post(
                "/app/legacy/j_security_check", java.util.Map.of("j_username", "clerk", "j_password", "secret"));
        assertThat(answer.status()).isIn(302, 303);
    }

    @Test
    void the_old_form_login_goes_on_signing_in_on_its_path() {
        logInAsBefore();

        assertThat(browser.get("/app/legacy/desk").body())
                .contains("principal=clerk remoteUser=clerk authType=FORM editor=true");
    }

    @Test
    void who_is_signed_in_the_old_way_alone_is_asked_for_a_link_where_ours_is_needed() {
        logInAsBefore();

        Answer answer = browser.get("/app/account", "Accept", "text/html");

        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.location()).startsWith("/app/auth/sign-in?returnTo=");
    }

    @Test
    void each_login_is_itself_on_its_own_paths() {
        logInAsBefore();
        application.signIn(browser, "ada@example.com");

        assertThat(browser.get("/app/legacy/desk").body()).contains("principal=clerk", "authType=FORM", "editor=true");
        assertThat(browser.get("/app/account").body())
                .contains("authType=DESCOPE", "name=ada@example.com")
                .doesNotContain("clerk");
        assertThat(browser.get("/app/admin/users").status())
                .as("the role of the other login is not ours")
                .isEqualTo(403);
    }

    @Test
    void whom_an_earlier_filter_signed_in_stays_the_user_but_on_our_protected_paths() {
        application.signIn(browser, "ada@example.com");

        assertThat(browser.get("/app/who", "X-Test-User", "robot").body()).contains("principal=robot", "authType=TEST");
        assertThat(browser.get("/app/who").body()).contains("authType=DESCOPE");
        assertThat(browser.get("/app/account", "X-Test-User", "robot").body()).contains("authType=DESCOPE");
    }

    @Test
    void signing_in_by_link_keeps_what_the_old_login_has_in_its_session() {
        logInAsBefore();
        browser.get("/app/visit?note=cart");

        application.signIn(browser, "ada@example.com");

        assertThat(browser.get("/app/visit").body()).contains("note=cart");
        assertThat(browser.get("/app/legacy/desk").body()).contains("principal=clerk");
    }
}
