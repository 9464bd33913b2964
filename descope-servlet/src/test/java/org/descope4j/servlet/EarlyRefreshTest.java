package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.emulator.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions are refreshed before they end, and what needs no user waits for nobody (issue 14, points 4b and 4c). */
@DisplayNameGeneration(ReplaceUnderscores.class)
class EarlyRefreshTest {
    private static final String ADA = "ada@example.com";
    private static final String REFRESH = "/v1/auth/refresh";

    private final DescopeEmulator emulator =
            DescopeEmulator.builder().rotatesRefreshTokens(true).start();
    private final FaultyDescope descope = FaultyDescope.before(emulator.baseUri(), 0, Duration.ZERO);
    private final ServedApplication application =
            ServedApplication.start(emulator, descope.baseUri(), settings -> settings);

    @AfterEach
    void stop() {
        application.close();
        descope.close();
        emulator.close();
    }

    private long refreshes() {
        return emulator.requests().stream()
                .filter(request -> request.path().equals(REFRESH))
                .count();
    }

    /** A session of 10 minutes is refreshed from a moment in the last 150 to 60 seconds on. */
    @Test
    void a_session_is_refreshed_shortly_before_its_end() {
        Browser browser = application.signedIn(ADA);
        String sessionJwt = browser.cookie("DS");
        emulator.advanceClock(Duration.ofSeconds(449));
        Answer early = browser.get("/app/account");
        emulator.advanceClock(Duration.ofSeconds(92));

        Answer late = browser.get("/app/account");

        assertThat(early.setCookies()).isEmpty();
        assertThat(late.body()).contains("name=" + ADA);
        assertThat(browser.cookie("DS")).isNotEqualTo(sessionJwt);
        assertThat(refreshes()).isEqualTo(1);
    }

    @Test
    void sessions_that_began_at_the_same_moment_are_refreshed_at_different_ones() {
        int users = 24;
        Browser[] browsers = IntStream.range(0, users)
                .mapToObj(i -> application.signedIn("user" + i + "@example.com"))
                .toArray(Browser[]::new);
        emulator.advanceClock(Duration.ofSeconds(450));
        long most = 0;
        long before = refreshes();
        for (int step = 0; step < 10; step++) {
            emulator.advanceClock(Duration.ofSeconds(9));
            for (Browser browser : browsers) {
                browser.get("/app/account");
            }
            most = Math.max(most, refreshes() - before);
            before = refreshes();
        }

        assertThat(refreshes()).isEqualTo(users);
        assertThat(most).isLessThan(users / 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"503", "429", "404", "dropped"})
    void a_failure_is_not_seen_while_the_session_is_good(String failure) {
        Browser browser = application.signedIn(ADA);
        emulator.advanceClock(Duration.ofSeconds(541));
        emulator.misbehave(
                switch (failure) {
                    case "503" -> Fault.status(503).at(REFRESH);
                    case "429" -> Fault.rateLimited(Duration.ofSeconds(1)).at(REFRESH);
                    case "404" -> Fault.status(404).at(REFRESH);
                    default -> Fault.dropped().at(REFRESH);
                });

        Answer during = browser.get("/app/account");
        emulator.advanceClock(Duration.ofSeconds(5));
        Answer after = browser.get("/app/account");

        assertThat(during.body()).contains("name=" + ADA);
        assertThat(during.setCookies()).isEmpty();
        assertThat(after.body()).contains("name=" + ADA);
        assertThat(after.setCookie("DSR")).isNotEmpty();
    }

    @Test
    void a_refusal_before_the_end_is_noted_and_the_session_goes_on_to_its_end() {
        Browser browser = application.signedIn(ADA);
        emulator.advanceClock(Duration.ofSeconds(541));
        application.browser().get("/app/who", "Cookie", browser.cookieHeader("/app/who"));
        emulator.advanceClock(Duration.ofSeconds(1));
        // on another node, which does not know the answer
        try (ServedApplication other = ServedApplication.start(emulator, settings -> settings)) {
            Browser there = browser.at(other.base());

            Answer answer = there.get("/app/account");

            assertThat(answer.body()).contains("name=" + ADA);
            assertThat(answer.setCookies()).singleElement().asString().startsWith("DSE=");
            long asked = refreshes();
            assertThat(there.get("/app/account").body()).contains("name=" + ADA);
            assertThat(refreshes()).as("Descope is not asked at each request").isEqualTo(asked);
        }
    }

    @Test
    void while_Descope_hangs_a_page_that_needs_nobody_is_served_and_the_user_is_there_afterwards() throws Exception {
        Browser browser = application.signedIn(ADA);
        emulator.advanceClock(Duration.ofMinutes(11));
        FaultyDescope.Gate gate = descope.hold(REFRESH);
        CompletableFuture<Answer> first = CompletableFuture.supplyAsync(() -> browser.get("/app/who"));
        gate.awaitCall();

        Answer inPublic = first.join();
        Answer again = browser.get("/app/who");

        assertThat(inPublic.status()).isEqualTo(200);
        assertThat(inPublic.body()).contains("principal=none");
        assertThat(inPublic.setCookies()).isEmpty();
        assertThat(again.body()).contains("principal=none");
        gate.open();
        assertThat(browser.get("/app/account").body()).contains("name=" + ADA);
        assertThat(refreshes()).as("whose answer came late").isEqualTo(1);
    }

    @Test
    void a_session_that_is_good_yet_does_not_wait_for_a_Descope_that_hangs() throws Exception {
        Browser browser = application.signedIn(ADA);
        emulator.advanceClock(Duration.ofSeconds(541));
        FaultyDescope.Gate gate = descope.hold(REFRESH);
        CompletableFuture<Answer> first = CompletableFuture.supplyAsync(() -> browser.get("/app/account"));
        gate.awaitCall();

        assertThat(first.join().body()).contains("name=" + ADA);
        assertThat(browser.get("/app/account").body()).contains("name=" + ADA);
        emulator.advanceClock(Duration.ofMinutes(2));
        gate.open();
        assertThat(browser.get("/app/account").body()).contains("name=" + ADA);
        assertThat(refreshes()).isEqualTo(1);
    }
}
