package org.descope4j.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import org.descope4j.emulator.DescopeEmulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that claim to be for another host. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class HostTricksTest {
    private static final String CLAIMS =
            "X-Forwarded-Host: evil.example|X-Forwarded-Proto: https|X-Forwarded-Server: evil.example"
                    + "|Forwarded: host=evil.example;proto=https|X-Original-URL: //evil.example|X-Rewrite-URL: //evil.example"
                    + "|X-Forwarded-Prefix: //evil.example";

    private final DescopeEmulator emulator = DescopeEmulator.start();
    private final ServedApplication application =
            ServedApplication.start(emulator, settings -> settings.publicUrl("https://app.example.com/app"));
    private final Browser browser = application.browser();

    @AfterEach
    void stop() {
        application.close();
        emulator.close();
    }

    private String send(String method, String target, String body, String hosts) {
        String cookies = browser.cookieHeader("/app/auth/verify");
        String lines = method + " " + target + " HTTP/1.1|" + hosts + "|" + CLAIMS
                + "|Content-Type: application/x-www-form-urlencoded|Cookie: " + cookies;
        return RawRequest.send(application.port(), body, lines.split("\\|", -1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/app/auth/sign-in", "http://evil.example/app/auth/sign-in"})
    void V21_S4_a_link_leads_to_the_configured_address_whatever_the_request_says(String target) {
        Answer form = browser.get("/app/auth/sign-in");
        String fields = "loginId=ada%40example.com&deliveryMethod=email&_descope_csrf="
                + URLEncoder.encode(form.hidden("_descope_csrf"), UTF_8);

        String answer = send("POST", target, fields, "Host: evil.example");

        assertThat(answer).startsWith("HTTP/1.1 303").doesNotContain("evil");
        URI link = emulator.inbox().latest("ada@example.com").link();
        assertThat(link.toString()).startsWith("https://app.example.com/app/auth/verify/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/app/auth/sign-in",
                "/app/auth/sign-in/sent",
                "/app/auth/sign-out",
                "/app/auth/verify",
                "/app/auth/verify?t=abc",
                "/app/account",
                "http://evil.example/app/auth/sign-in",
                "http://evil.example/app/auth/verify?t=abc"
            })
    void V21_no_answer_repeats_a_host_that_was_made_up(String target) {
        String answer = send("GET", target, "", "Host: evil.example");

        assertThat(answer).matches("(?s)HTTP/1.1 (200|303|400|401).*").doesNotContain("evil");
        answer.lines()
                .filter(line -> line.startsWith("Location:"))
                .forEach(line -> assertThat(line).startsWith("Location: /app/"));
    }

    @Test
    void V21_two_hosts_are_refused_or_lead_nowhere_else() {
        String answer = send("GET", "/app/auth/sign-in", "", "Host: app.example.com|Host: evil.example");

        assertThat(answer).startsWith("HTTP/1.1 400").doesNotContain("evil");
    }

    @Test
    void V21_a_link_opened_under_another_host_goes_on_to_a_path() {
        browser.askForLink("email", "ada@example.com", "/app/account/x");
        URI link = application.linkTo("ada@example.com");

        String answer = send("GET", link.getRawPath() + "?" + link.getRawQuery(), "", "Host: evil.example");

        assertThat(answer)
                .startsWith("HTTP/1.1 303")
                .contains("Location: /app/account/x\r\n")
                .doesNotContain("evil");
        assertThat(answer).as("beside a public URL of https").contains("Secure");
    }
}
