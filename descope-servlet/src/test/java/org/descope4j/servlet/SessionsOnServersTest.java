package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContainerInitializer;
import java.net.URI;
import java.time.Duration;
import org.descope4j.Descope;
import org.descope4j.DescopeSettings;
import org.descope4j.emulator.DescopeEmulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a server's own habits could undo: how it keeps cookies until it sends them, how it reads paths. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SessionsOnServersTest {
    private static final String ADA = "ada@example.com";

    private final DescopeEmulator emulator =
            DescopeEmulator.builder().rotatesRefreshTokens(true).start();

    @AfterEach
    void stop() {
        emulator.close();
    }

    @ParameterizedTest
    @EnumSource(Servers.class)
    void C14_C15_C20_new_cookies_are_kept_by_no_cache_and_the_user_is_known_on(Servers server) throws Exception {
        try (Servers.Running running = server.start("/app", application())) {
            Browser browser = signedIn(URI.create("http://localhost:" + running.port() + "/app"));
            browser.get("/app/account/who");
            assertThat(browser.get("/app/account/who").header("Cache-Control")).isEqualTo("private, no-store");
            assertThat(browser.get("/app/account/cached").header("Cache-Control"))
                    .isEqualTo("public, max-age=60");
            emulator.advanceClock(Duration.ofMinutes(11));

            Answer refreshed = browser.get("/app/account/cached");

            assertThat(refreshed.setCookie("DS")).isNotEmpty();
            assertThat(refreshed.setCookie("DSR")).contains("HttpOnly", "SameSite=Lax", "/app");
            assertThat(refreshed.header("Cache-Control")).isEqualTo("no-store");
            assertThat(browser.get("/app/account/who").body()).contains("authType=DESCOPE", "name=" + ADA);
        }
    }

    @ParameterizedTest
    @EnumSource(Servers.class)
    void C17_no_spelling_of_a_protected_path_is_served_to_nobody_on(Servers server) throws Exception {
        try (Servers.Running running = server.start("/app", application())) {
            for (String path : new String[] {
                "//account/x",
                "/./account/x",
                "/%61ccount/x",
                "/account;x/y",
                "/public/..;/account/x",
                "/public/%2e%2e/account/x",
                "/account//x",
                "/account/%00",
                "/account%2fx"
            }) {
                String answer = RawRequest.send(
                        running.port(),
                        "",
                        "GET /app" + path + " HTTP/1.1",
                        "Host: localhost:" + running.port(),
                        "Accept: application/json");

                assertThat(answer).as(path).doesNotContain("authType");
            }
        }
    }

    private ServletContainerInitializer application() {
        DescopeSettings descope = DescopeSettings.forProject(emulator.projectId())
                .baseUri(emulator.baseUri().toString())
                .clock(emulator.clock())
                .build();
        ServletSettings settings = ServletSettings.forProject(descope)
                .answerTime("0s")
                .secrets(ServedApplication.SECRET)
                .protectedPaths("/account/*")
                .build();
        return (types, context) -> {
            context.addServlet("who", new ProbeServlets.WhoAmI()).addMapping("/");
            context.addServlet("cached", new ProbeServlets.Cached()).addMapping("/account/cached");
            DescopeFilters.install(context, Descope.connect(descope), settings);
        };
    }

    private Browser signedIn(URI base) {
        Browser browser = new Browser(base, emulator.clock());
        browser.askForLink("email", ADA, "");
        URI link = emulator.inbox().latest(ADA).link();
        browser.get("http://" + base.getAuthority() + link.getRawPath() + "?" + link.getRawQuery());
        assertThat(browser.has("DS")).isTrue();
        return browser;
    }
}
