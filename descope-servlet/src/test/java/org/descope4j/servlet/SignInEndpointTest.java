package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.descope4j.emulator.DescopeEmulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SignInEndpointTest {
    private static final String FORM = "/app/auth/sign-in";

    private final DescopeEmulator emulator = DescopeEmulator.start();
    private final ServedApplication application = ServedApplication.start(emulator);

    @BeforeEach
    void signUpAda() {
        application.signedIn("ada@example.com");
    }

    @AfterEach
    void stop() {
        application.close();
        emulator.close();
    }

    @Test
    void S1_known_and_unknown_users_get_the_same_answer() {
        Answer known = application.browser().askForLink("email", "ada@example.com", "");
        Answer unknown = application.browser().askForLink("email", "eve@example.com", "");

        assertThat(unknown.status()).isEqualTo(known.status()).isEqualTo(303);
        assertThat(unknown.location()).isEqualTo(known.location());
        assertThat(unknown.setCookie("DSB").length())
                .isEqualTo(known.setCookie("DSB").length());
    }

    @Test
    void S3_only_login_id_method_and_return_to_are_read() {
        Browser browser = application.browser();
        String csrf = browser.get(FORM).hidden("_descope_csrf");

        browser.post(
                FORM,
                Map.of(
                        "_descope_csrf", csrf,
                        "loginId", "eve@example.com",
                        "deliveryMethod", "email",
                        "customClaims", "{\"roles\":[\"editor\"]}",
                        "user.roles", "editor",
                        "URI", "https://evil.example/"));
        browser.get(application.linkTo("eve@example.com").toString());

        assertThat(application.linkTo("eve@example.com").getHost())
                .isEqualTo(application.base().getHost());
        assertThat(browser.get("/app/admin/users").status()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({"Sec-Fetch-Site, cross-site", "Sec-Fetch-Site, same-site", "Origin, https://evil.example"})
    void S7_a_page_of_another_site_sends_no_link(String header, String value) {
        Browser browser = application.browser();
        String csrf = browser.get(FORM).hidden("_descope_csrf");

        Answer answer = browser.post(
                FORM,
                Map.of("_descope_csrf", csrf, "loginId", "victim@example.com", "deliveryMethod", "email"),
                header,
                value);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(emulator.inbox().messages("victim@example.com")).isEmpty();
    }

    @Test
    void S7_without_the_field_no_link_is_sent() {
        Browser browser = application.browser();
        browser.get(FORM);

        Answer answer = browser.post(FORM, Map.of("loginId", "victim@example.com", "deliveryMethod", "email"));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(emulator.inbox().messages("victim@example.com")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ada", "ada@example.com,eve@example.com", "<script>alert(1)</script>@example.com"})
    void S2_what_no_message_can_be_sent_to_is_asked_for_again(String loginId) {
        Answer answer = application.browser().askForLink("email", loginId, "");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("role=\"alert\"").doesNotContain("<script");
    }

    @Test
    void a_project_that_Descope_does_not_know_is_told_instead_of_check_your_inbox() {
        try (DescopeEmulator another = DescopeEmulator.builder()
                        .projectId("PEmulator0000000000000000001")
                        .start();
                ServedApplication wrong = ServedApplication.start(another, emulator.baseUri(), settings -> settings)) {
            Answer answer = wrong.browser().askForLink("email", "ada@example.com", "");

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.body()).doesNotContain("Exception");
        }
    }
}
