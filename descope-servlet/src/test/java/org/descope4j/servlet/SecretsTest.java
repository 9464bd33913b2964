package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.descope4j.emulator.DescopeEmulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SecretsTest {
    private static final String NEWER = "another secret of more than 32 characters";

    private final DescopeEmulator emulator = DescopeEmulator.start();

    @AfterEach
    void stop() {
        emulator.close();
    }

    @ParameterizedTest
    @CsvSource({"sms, +4915112345678", "email, ada@example.com"})
    void a_link_asked_for_before_the_secret_was_replaced_opens_at_once_for_its_own_user_only(
            String method, String loginId) {
        try (ServedApplication before = ServedApplication.start(emulator);
                ServedApplication after = ServedApplication.start(
                        emulator, settings -> settings.secrets(NEWER, ServedApplication.SECRET))) {
            Browser browser = before.browser();
            browser.askForLink(method, loginId, "/app/account/x");
            URI link = after.linkTo(loginId);
            before.browser().askForLink("email", "eve@example.com", "");
            String evesToken = emulator.inbox().latest("eve@example.com").token();

            assertThat(browser.get(link.toString().replaceAll("t=.*", "t=" + evesToken))
                            .status())
                    .isEqualTo(400);
            Answer answer = browser.get(link.toString());

            assertThat(answer.status()).isEqualTo(303);
            assertThat(answer.location()).isEqualTo("/app/account/x");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {ServedApplication.SECRET, NEWER + "," + ServedApplication.SECRET})
    void a_link_asked_for_on_one_server_opens_at_once_on_another_that_knows_the_secret(String secrets) {
        try (ServedApplication one = ServedApplication.start(emulator);
                ServedApplication other =
                        ServedApplication.start(emulator, settings -> settings.secrets(secrets.split(",", -1)))) {
            Browser browser = one.browser();
            browser.askForLink("email", "ada@example.com", "/app/account/x");

            Answer answer = browser.get(other.linkTo("ada@example.com").toString());

            assertThat(answer.status()).isEqualTo(303);
            assertThat(answer.location()).isEqualTo("/app/account/x");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada@example.com"})
    void N5_a_server_with_another_secret_names_the_account_after_a_click_and_signs_in_by_a_second(String loginId) {
        try (ServedApplication one = ServedApplication.start(emulator);
                ServedApplication other = ServedApplication.start(emulator, settings -> settings.secrets(NEWER))) {
            one.browser().askForLink("email", loginId, "/app/account/x");
            Browser browser = other.browser();
            URI link = other.linkTo(loginId);

            Answer page = browser.get(link.toString());
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.body()).doesNotContain("***");

            Answer named = browser.confirm(page, link);
            assertThat(named.body()).contains(loginId);
            assertThat(browser.has("DS")).isFalse();
            assertThat(browser.confirmAccount(named).status()).isEqualTo(303);
            assertThat(browser.has("DS")).isTrue();
        }
    }
}
