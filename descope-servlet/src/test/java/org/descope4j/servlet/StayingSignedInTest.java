package org.descope4j.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.emulator.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What logged users out elsewhere, and must not here. Refresh JWTs rotate: an old one is of no use. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StayingSignedInTest {
    private static final String ADA = "ada@example.com";

    private final DescopeEmulator emulator =
            DescopeEmulator.builder().rotatesRefreshTokens(true).start();
    private ServedApplication application;

    @BeforeEach
    void start() {
        application = ServedApplication.start(emulator);
    }

    @AfterEach
    void stop() {
        application.close();
        emulator.close();
    }

    @Test
    void nocturne_326_fifty_requests_of_one_page_with_one_rotating_refresh_token_log_nobody_out() {
        Browser browser = application.signIn(application.staleBrowser(), ADA);
        String cookies = browser.cookieHeader("/app/account");
        emulator.advanceClock(Duration.ofMinutes(11));

        List<Answer> answers = IntStream.range(0, 50)
                .parallel()
                .mapToObj(i -> application.browser().get("/app/account", "Cookie", cookies))
                .toList();

        assertThat(answers).allMatch(answer -> answer.body().contains("name=" + ADA));
        assertThat(refreshes()).isOne();
    }

    @Test
    void OpenRisk_700_and_revel_950_the_slower_of_two_nodes_clears_no_newer_cookie() {
        try (ServedApplication otherNode = ServedApplication.start(emulator)) {
            Browser browser = application.signIn(application.staleBrowser(), ADA);
            String before = browser.cookieHeader("/app/account");
            emulator.advanceClock(Duration.ofMinutes(11));

            // both with the same cookies, as two requests of one page at the same moment; the browser hears from the
            // loser last
            assertThat(browser.get("/app/account").body()).contains("name=" + ADA);
            Answer lost = otherNode.browser().get("/app/account", "Cookie", before);

            assertThat(lost.status()).isEqualTo(401);
            assertThat(lost.setCookie("DSR"))
                    .as("the winner's refresh cookie stays")
                    .isEmpty();
            browser.accept(lost);
            assertThat(browser.get("/app/account").body()).contains("name=" + ADA);
            assertThat(browser.at(otherNode.base()).get("/app/account").body()).contains("name=" + ADA);
        }
    }

    @Test
    void C11_a_refresh_that_Descope_refused_is_over_when_the_browser_still_has_nothing_newer() {
        Browser browser = application.signIn(application.staleBrowser(), ADA);
        Browser other = application.signedIn(ADA);
        other.post(
                "/app/auth/sign-out",
                Map.of("_descope_csrf", other.get("/app/auth/sign-out").hidden("_descope_csrf"), "everywhere", "true"));
        emulator.advanceClock(Duration.ofMinutes(11));

        Answer refused = browser.get("/app/who");
        assertThat(refused.body()).contains("principal=none");
        assertThat(refused.setCookie("DS") + refused.setCookie("DSR")).isEmpty();
        long asked = refreshes();
        Answer again = browser.get("/app/who");
        assertThat(again.setCookies()).isEmpty();
        assertThat(refreshes()).isEqualTo(asked);
        emulator.advanceClock(Duration.ofSeconds(20));
        Answer later = browser.get("/app/who");

        assertThat(later.body()).contains("principal=none");
        assertThat(later.setCookie("DS")).contains("Max-Age=0", "Path=/app");
        assertThat(later.setCookie("DSR")).contains("Max-Age=0", "Path=/app");
        assertThat(refreshes())
                .as("Descope is asked once more before the cookies are cleared")
                .isEqualTo(asked + 1);
    }

    @Test
    void nocturne_391_who_lost_the_answer_on_the_way_gets_the_successor() {
        Browser browser = application.signIn(application.staleBrowser(), ADA);
        String before = browser.cookieHeader("/app/account");
        emulator.advanceClock(Duration.ofMinutes(11));
        application.browser().get("/app/account", "Cookie", before);
        emulator.advanceClock(Duration.ofSeconds(50));

        Answer again = browser.get("/app/account");

        assertThat(again.body()).contains("name=" + ADA);
        emulator.advanceClock(Duration.ofMinutes(11));
        assertThat(browser.get("/app/account").body()).contains("name=" + ADA);
    }

    @Test
    void the_successor_of_a_session_of_seconds_is_refreshed_with_its_own_token() {
        try (DescopeEmulator shortLived = DescopeEmulator.builder()
                        .rotatesRefreshTokens(true)
                        .sessionLifetime(Duration.ofSeconds(10))
                        .start();
                ServedApplication served = ServedApplication.start(shortLived)) {
            Browser browser = served.signIn(served.staleBrowser(), ADA);
            String before = browser.cookieHeader("/app/account");
            shortLived.advanceClock(Duration.ofSeconds(20));
            served.browser().get("/app/account", "Cookie", before);
            shortLived.advanceClock(Duration.ofSeconds(20));

            assertThat(served.browser().get("/app/account", "Cookie", before).body())
                    .contains("name=" + ADA);
        }
    }

    @Test
    void without_rotation_a_session_of_seconds_is_refreshed_again_and_again() {
        try (DescopeEmulator shortLived = DescopeEmulator.builder()
                        .sessionLifetime(Duration.ofSeconds(10))
                        .start();
                ServedApplication served = ServedApplication.start(shortLived)) {
            Browser browser = served.signIn(served.browser(), ADA);
            for (int i = 0; i < 5; i++) {
                shortLived.advanceClock(Duration.ofSeconds(20));

                assertThat(browser.get("/app/account").body()).contains("name=" + ADA);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"503", "429", "dropped", "notJson"})
    void C12_while_Descope_fails_nobody_is_logged_out_and_after_it_everybody_goes_on(String failure) {
        Browser browser = application.signedIn(ADA);
        emulator.advanceClock(Duration.ofMinutes(11));
        emulator.misbehave(fault(failure).at("/v1/auth/refresh").times(1));

        Answer during = browser.get("/app/account");
        Answer inPublic = browser.get("/app/who");

        assertThat(during.status()).isEqualTo(503);
        assertThat(during.header("Retry-After")).isNotEmpty();
        assertThat(inPublic.body()).contains("principal=none");
        assertThat(during.setCookies()).isEmpty();
        assertThat(inPublic.setCookies()).isEmpty();
        emulator.advanceClock(Duration.ofSeconds(5));
        assertThat(browser.get("/app/account").body()).contains("name=" + ADA);
    }

    @Test
    void C12_an_answer_of_Descope_that_was_cut_off_is_asked_for_again() {
        // where refresh JWTs rotate, the new one is gone with such an answer, and nobody has it
        try (DescopeEmulator plain = DescopeEmulator.start();
                ServedApplication served = ServedApplication.start(plain)) {
            Browser browser = served.signedIn(ADA);
            plain.advanceClock(Duration.ofMinutes(11));
            plain.misbehave(Fault.cutOff().at("/v1/auth/refresh").times(1));

            assertThat(browser.get("/app/account").status()).isEqualTo(503);
            plain.advanceClock(Duration.ofSeconds(5));
            assertThat(browser.get("/app/account").body()).contains("name=" + ADA);
        }
    }

    @Test
    void C13_a_refresh_that_answers_with_another_user_is_no_session() throws IOException {
        var eve = emulator.signIn("eve@example.com");
        String answer = "{\"sessionJwt\":\"" + eve.sessionJwt() + "\",\"refreshJwt\":\"" + eve.refreshJwt()
                + "\",\"user\":{\"userId\":\"U1\",\"loginIds\":[\"eve@example.com\"]}}";
        HttpServer confused = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        confused.createContext("/v2/keys", exchange -> answer(exchange, emulator.keySet()));
        confused.createContext("/v1/auth/refresh", exchange -> answer(exchange, answer));
        confused.start();
        URI address = URI.create("http://localhost:" + confused.getAddress().getPort());
        var ada = emulator.signIn(ADA);
        try (ServedApplication served = ServedApplication.start(emulator, address, settings -> settings)) {
            Browser browser = served.browser();
            browser.plant("DSR", ada.refreshJwt());

            Answer refused = browser.get("/app/who");

            assertThat(refused.body()).contains("principal=none");
            assertThat(refused.setCookie("DSR")).contains("Max-Age=0");
        } finally {
            confused.stop(0);
        }
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        byte[] body = json.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void with_Descope_down_all_the_time_signed_in_users_go_on_as_long_as_their_sessions() {
        Browser browser = application.signedIn(ADA);
        emulator.misbehave(Fault.status(503).times(10_000));

        for (int minute = 0; minute < 9; minute++) {
            assertThat(browser.get("/app/account").body()).contains("name=" + ADA);
            emulator.advanceClock(Duration.ofMinutes(1));
        }
        emulator.advanceClock(Duration.ofMinutes(5));
        assertThat(browser.get("/app/account").status()).isEqualTo(503);
        emulator.reset();
    }

    @Test
    void node_535_a_project_that_manages_tokens_in_cookies_signs_in_and_refreshes() {
        try (DescopeEmulator inCookies = DescopeEmulator.builder()
                        .tokensInCookies(true)
                        .rotatesRefreshTokens(true)
                        .start();
                ServedApplication served = ServedApplication.start(inCookies)) {
            Browser browser = served.signedIn(ADA);
            assertThat(browser.get("/app/account").body()).contains("name=" + ADA);
            inCookies.advanceClock(Duration.ofMinutes(11));

            assertThat(browser.get("/app/account").body()).contains("name=" + ADA);
            assertThat(browser.has("DS") && browser.has("DSR")).isTrue();
        }
    }

    private static Fault fault(String failure) {
        return switch (failure) {
            case "dropped" -> Fault.dropped();
            case "notJson" -> Fault.notJson();
            case "429" -> Fault.rateLimited(Duration.ofSeconds(1));
            default -> Fault.status(Integer.parseInt(failure));
        };
    }

    private long refreshes() {
        return emulator.requests().stream()
                .filter(request -> request.path().equals("/v1/auth/refresh"))
                .count();
    }
}
