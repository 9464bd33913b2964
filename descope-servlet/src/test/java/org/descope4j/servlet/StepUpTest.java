package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import org.descope4j.DescopeSettings;
import org.descope4j.emulator.DescopeEmulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StepUpTest {
    private static final String ADA = "ada@example.com";

    private final DescopeEmulator emulator =
            DescopeEmulator.builder().rotatesRefreshTokens(true).start();
    private ServedApplication application;

    @BeforeEach
    void start() {
        application = ServedApplication.start(
                emulator, settings -> settings.setting("fresh-paths", "/transfer/*=10m,/transfer/big=2m"));
    }

    @AfterEach
    void stop() {
        application.close();
        emulator.close();
    }

    @Test
    void who_just_signed_in_goes_on_and_a_refresh_makes_nobody_fresh() {
        Browser browser = application.signedIn(ADA);
        assertThat(browser.get("/app/transfer/1").body()).contains("name=" + ADA);
        emulator.advanceClock(Duration.ofMinutes(3));
        assertThat(browser.get("/app/transfer/1").status()).isEqualTo(200);
        assertThat(browser.get("/app/transfer/big").status()).isEqualTo(401);
        emulator.advanceClock(Duration.ofMinutes(10));

        assertThat(browser.get("/app/account").status()).isEqualTo(200);
        assertThat(browser.get("/app/transfer/1").status()).isEqualTo(401);
    }

    @Test
    void a_page_sends_the_user_a_link_to_the_same_account_and_comes_back() {
        Browser browser = application.signedIn(ADA);
        emulator.advanceClock(Duration.ofMinutes(20));

        Answer denied = browser.get("/app/transfer/1?to=b", "Accept", "text/html");
        assertThat(denied.status()).isEqualTo(303);
        assertThat(denied.location()).isEqualTo("/app/auth/step-up?returnTo=%2Fapp%2Ftransfer%2F1%3Fto%3Db");
        Answer page = browser.get(denied.location());
        assertThat(page.body())
                .contains("Confirm that it is you", "a***@e***.com")
                .doesNotContain(ADA);
        int before = emulator.inbox().messages(ADA).size();
        Answer sent = browser.post(
                "/app/auth/step-up",
                Map.of(
                        "returnTo", page.hidden("returnTo"),
                        "_descope_csrf", page.hidden("_descope_csrf"),
                        "loginId", "eve@example.com"));
        assertThat(sent.location()).isEqualTo("/app/auth/step-up/sent?returnTo=%2Fapp%2Ftransfer%2F1%3Fto%3Db");
        assertThat(emulator.inbox().messages(ADA)).hasSize(before + 1);
        assertThat(emulator.inbox().messages("eve@example.com")).isEmpty();
        Answer waiting = browser.get(sent.location());
        assertThat(waiting.status()).isEqualTo(200);
        assertThat(waiting.header("Refresh")).isEqualTo("10");

        Answer opened = browser.get(application.linkTo(ADA).toString());

        assertThat(opened.status()).isEqualTo(303);
        assertThat(opened.location()).isEqualTo("/app/transfer/1?to=b");
        assertThat(browser.get("/app/transfer/1?to=b").body()).contains("name=" + ADA);
        assertThat(browser.get(sent.location()).location()).isEqualTo("/app/transfer/1?to=b");
        assertThat(SessionRulesTest.claims(browser.cookie("DS"))).contains("\"su\":true");
        emulator.advanceClock(Duration.ofMinutes(11));
        assertThat(browser.get("/app/account").body())
                .as("it is a session like any other")
                .contains("name=" + ADA);
    }

    @Test
    void a_program_gets_the_challenge_of_RFC_9470() {
        Browser browser = application.signedIn(ADA);
        emulator.advanceClock(Duration.ofMinutes(5));

        Answer answer = browser.get("/app/transfer/big", "Accept", "application/json");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate"))
                .contains("Bearer", "error=\"insufficient_user_authentication\"", "max_age=120");
        assertThat(answer.body()).contains("\"signInUrl\":\"/app/auth/step-up\"", "\"maxAge\":120");
    }

    @Test
    void a_bearer_token_that_does_not_say_when_is_not_fresh() {
        String bearer = "Bearer " + application.signedIn(ADA).cookie("DS");

        assertThat(application
                        .browser()
                        .get("/app/transfer/1", "Authorization", bearer)
                        .status())
                .isEqualTo(401);
        assertThat(application
                        .browser()
                        .get("/app/account", "Authorization", bearer)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void nobody_is_asked_to_sign_in_and_the_form_is_for_signed_in_users_only() {
        Browser nobody = application.browser();

        assertThat(nobody.get("/app/transfer/1", "Accept", "text/html").location())
                .startsWith("/app/auth/sign-in");
        assertThat(nobody.get("/app/auth/step-up").location()).isEqualTo("/app/auth/sign-in");
        assertThat(nobody.post("/app/auth/step-up", Map.of()).status()).isEqualTo(403);
    }

    @Test
    void an_application_can_ask_for_it_itself() {
        Browser browser = application.signedIn(ADA);
        assertThat(browser.get("/app/dear").body()).contains("name=" + ADA);
        emulator.advanceClock(Duration.ofMinutes(6));

        assertThat(browser.get("/app/dear", "Accept", "text/html").location())
                .isEqualTo("/app/auth/step-up?returnTo=%2Fapp%2Fdear");
        assertThat(application.browser().get("/app/dear").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/transfer/*", "/transfer/*=soon", "/transfer/*=10s", "transfer=10m", "=10m"})
    void F2_a_path_without_a_time_that_can_be_met_is_refused(String paths) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServletSettings.forProject(DescopeSettings.forProject("P2abcdefghijklmnopqrstuvwxyz")
                                .build())
                        .publicUrl("https://app.example.com")
                        .setting("fresh-paths", paths)
                        .build())
                .withMessageContaining("descope.fresh-paths");
    }
}
