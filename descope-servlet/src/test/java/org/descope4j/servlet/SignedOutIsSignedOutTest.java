package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.emulator.Fault;
import org.descope4j.servlet.FaultyDescope.Gate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Once the answer to a sign-out was sent, nothing that the browser had signs anybody in on that node (security N1, N2). */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SignedOutIsSignedOutTest {
    private static final String ADA = "ada@example.com";
    private static final String EVE = "eve@example.com";
    private static final String NEW = "ada@example.org";
    private static final String REFRESH = "/v1/auth/refresh";
    private static final String VERIFY = "/v1/auth/magiclink/verify";

    private DescopeEmulator emulator = DescopeEmulator.start();
    private FaultyDescope descope = FaultyDescope.before(emulator.baseUri(), 0, Duration.ZERO);
    private ServedApplication application = serve();

    private ServedApplication serve() {
        return ServedApplication.start(
                emulator,
                descope.baseUri(),
                settings -> settings.updateMethods("email")
                        .setting("fresh-paths", "/transfer/*=10m")
                        .setting("online-check-paths", "/checked"));
    }

    @AfterEach
    void stop() {
        application.close();
        descope.close();
        emulator.close();
    }

    private void restart(boolean rotates) {
        stop();
        emulator = DescopeEmulator.builder().rotatesRefreshTokens(rotates).start();
        descope = FaultyDescope.before(emulator.baseUri(), 0, Duration.ZERO);
        application = serve();
    }

    /** The ways to sign out. */
    enum Way {
        HERE,
        EVERYWHERE,
        LOGOUT;

        void signOut(Browser browser) {
            if (this == LOGOUT) {
                assertThat(browser.get("/app/logout").status()).isEqualTo(200);
                return;
            }
            Answer form = browser.get("/app/auth/sign-out");
            Answer answer = browser.post(
                    "/app/auth/sign-out",
                    Map.of(
                            "_descope_csrf",
                            form.hidden("_descope_csrf"),
                            "everywhere",
                            this == EVERYWHERE ? "true" : ""));
            assertThat(answer.status()).isEqualTo(303);
        }
    }

    private Browser with(String sessionJwt, String refreshJwt) {
        Browser browser = application.browser();
        if (!sessionJwt.isEmpty()) {
            browser.plant("DS", sessionJwt);
        }
        if (!refreshJwt.isEmpty()) {
            browser.plant("DSR", refreshJwt);
        }
        return browser;
    }

    private void assertSignsNobodyIn(String sessionJwt, String refreshJwt) {
        Answer answer = with(sessionJwt, refreshJwt).get("/app/account");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.setCookies()).noneMatch(cookie -> cookie.matches("DSR?=[^;].*"));
        assertThat(with(sessionJwt, refreshJwt).get("/app/who").body()).contains("principal=none");
    }

    @ParameterizedTest(name = "{0}, rotation: {1}")
    @CsvSource({"HERE, false", "HERE, true", "EVERYWHERE, false", "EVERYWHERE, true", "LOGOUT, false", "LOGOUT, true"})
    void N1_a_refresh_jwt_that_was_used_shortly_before_signs_nobody_in_after_a_sign_out(Way way, boolean rotates) {
        restart(rotates);
        Browser browser = application.signedIn(ADA);
        String first = browser.cookie("DSR");
        emulator.advanceClock(Duration.ofMinutes(11));
        assertThat(browser.get("/app/account").status()).isEqualTo(200);
        String second = browser.cookie("DSR");
        String session = browser.cookie("DS");

        way.signOut(browser);

        for (int wait : new int[] {0, 20, 30}) {
            emulator.advanceClock(Duration.ofSeconds(wait));
            assertSignsNobodyIn("", first);
            assertSignsNobodyIn("", second);
            assertSignsNobodyIn(session, "");
            assertSignsNobodyIn(session, first);
        }
        assertThat(browser.get("/app/who").body()).contains("principal=none");
    }

    @Test
    void N1_a_session_jwt_that_was_replaced_before_its_end_is_over_with_the_session_that_went_on() {
        restart(true);
        Browser browser = application.signedIn(ADA);
        String session = browser.cookie("DS");
        String refresh = browser.cookie("DSR");
        emulator.advanceClock(Duration.ofMinutes(9).plusSeconds(10));
        assertThat(browser.get("/app/account").setCookie("DS")).isNotEmpty();
        assertThat(browser.cookie("DS")).isNotEqualTo(session);

        Way.HERE.signOut(browser);

        assertSignsNobodyIn(session, "");
        assertSignsNobodyIn(session, refresh);
    }

    @Test
    void N1_where_descope_did_not_hear_of_the_sign_out_the_session_is_over_here_all_the_same() {
        Browser browser = application.signedIn(ADA);
        String session = browser.cookie("DS");
        String refresh = browser.cookie("DSR");
        emulator.misbehave(Fault.status(503).at("/v1/auth/logout").times(5));

        Way.HERE.signOut(browser);

        assertSignsNobodyIn(session, refresh);
        emulator.advanceClock(Duration.ofMinutes(11));
        assertSignsNobodyIn("", refresh);
        emulator.advanceClock(Duration.ofHours(5));
        assertSignsNobodyIn("", refresh);
    }

    @Test
    void N1_the_session_jwt_of_a_session_that_was_ended_here_is_no_bearer_token_any_more() {
        Browser browser = application.signedIn(ADA);
        String bearer = "Bearer " + browser.cookie("DS");
        assertThat(application
                        .browser()
                        .get("/app/account", "Authorization", bearer)
                        .status())
                .isEqualTo(200);

        Way.HERE.signOut(browser);

        assertThat(application
                        .browser()
                        .get("/app/account", "Authorization", bearer)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void N1_signing_out_ends_no_other_session_of_the_same_user() {
        Browser browser = application.signedIn(ADA);
        Browser phone = application.signedIn(ADA);

        Way.HERE.signOut(browser);

        assertThat(phone.get("/app/account").status()).isEqualTo(200);
        application.signIn(browser, ADA);
        assertThat(browser.get("/app/account").status()).isEqualTo(200);
    }

    @ParameterizedTest(name = "{0}, rotation: {1}")
    @CsvSource({"HERE, false", "HERE, true", "EVERYWHERE, false", "LOGOUT, false", "LOGOUT, true"})
    void N2_a_refresh_that_is_on_its_way_during_a_sign_out_signs_nobody_in_afterwards(Way way, boolean rotates)
            throws InterruptedException {
        restart(rotates);
        Browser browser = application.signedIn(ADA);
        emulator.advanceClock(Duration.ofMinutes(9).plusSeconds(30));
        Browser otherTab = application.browser();
        // the session JWT is over in this tab's request alone, so that it waits for Descope
        otherTab.plant("DSR", browser.cookie("DSR"));
        otherTab.plant("DSP", browser.cookie("DSP"));
        Gate gate = descope.holdAnswer(REFRESH);
        CompletableFuture<Answer> held = CompletableFuture.supplyAsync(() -> otherTab.get("/app/account"));
        gate.awaitCall();

        way.signOut(browser);
        gate.open();
        Answer late = held.join();

        assertThat(late.status()).isEqualTo(401);
        assertThat(late.setCookies()).noneMatch(cookie -> cookie.matches("DSR?=[^;].*"));
        assertThat(otherTab.get("/app/who").body()).contains("principal=none");
        assertThat(browser.get("/app/who").body()).contains("principal=none");
    }

    @ParameterizedTest
    @EnumSource(names = {"HERE", "LOGOUT"})
    void N2_an_answer_of_another_node_with_newer_cookies_signs_nobody_in_where_the_sign_out_was(Way way) {
        restart(true);
        try (ServedApplication other = ServedApplication.start(emulator, descope.baseUri(), settings -> settings)) {
            Browser browser = application.signedIn(ADA);
            emulator.advanceClock(Duration.ofMinutes(11));
            Browser atOther = browser.at(other.base());
            Answer onItsWay = atOther.get("/app/account");
            assertThat(onItsWay.setCookie("DSR")).isNotEmpty();
            Browser here = browser.at(application.base());

            way.signOut(here);
            here.accept(onItsWay);

            assertThat(here.get("/app/account").status()).isEqualTo(401);
        }
    }

    @Test
    void N2_a_refresh_on_its_way_does_not_bring_back_whom_another_sign_in_replaced() throws InterruptedException {
        restart(true);
        Browser browser = application.signedIn(ADA);
        emulator.advanceClock(Duration.ofMinutes(9).plusSeconds(30));
        application.browser().askForLink("email", EVE, "");
        Browser otherTab = application.browser();
        otherTab.plant("DSR", browser.cookie("DSR"));
        otherTab.plant("DSP", browser.cookie("DSP"));
        Gate gate = descope.holdAnswer(REFRESH);
        CompletableFuture<Answer> held = CompletableFuture.supplyAsync(() -> otherTab.get("/app/account"));
        gate.awaitCall();

        Answer page = browser.get(application.linkTo(EVE).toString());
        Answer switched = browser.confirm(page, application.linkTo(EVE));
        assertThat(switched.setCookie("DSR")).isNotEmpty();
        gate.open();
        browser.accept(held.join());

        assertThat(browser.get("/app/account").body()).contains("name=" + EVE);
    }

    @Test
    void N2_a_step_up_that_is_on_its_way_during_a_sign_out_signs_nobody_in() throws InterruptedException {
        Browser browser = application.signedIn(ADA);
        emulator.advanceClock(Duration.ofMinutes(11));
        Answer form = browser.get("/app/auth/step-up?returnTo=%2Fapp%2Ftransfer%2F1", "Accept", "text/html");
        browser.post(
                "/app/auth/step-up",
                Map.of("returnTo", form.hidden("returnTo"), "_descope_csrf", form.hidden("_descope_csrf")));
        String link = application.linkTo(ADA).toString();
        Gate gate = descope.hold(VERIFY);
        CompletableFuture<Answer> held = CompletableFuture.supplyAsync(() -> browser.get(link));
        gate.awaitCall();

        Way.LOGOUT.signOut(browser);
        gate.open();
        Answer late = held.join();

        assertThat(late.setCookies()).noneMatch(cookie -> cookie.matches("DSR?=[^;].*"));
        assertThat(browser.get("/app/who").body()).contains("principal=none");
    }

    @Test
    void N2_a_change_of_address_that_is_on_its_way_during_a_sign_out_signs_nobody_in() throws InterruptedException {
        Browser browser = application.signedIn(ADA);
        askToChange(browser);
        String link = application.linkTo(NEW).toString();
        Gate gate = descope.hold(VERIFY);
        CompletableFuture<Answer> held = CompletableFuture.supplyAsync(() -> browser.get(link));
        gate.awaitCall();

        Way.LOGOUT.signOut(browser);
        gate.open();
        Answer late = held.join();

        assertThat(late.setCookies()).noneMatch(cookie -> cookie.matches("DSR?=[^;].*"));
        assertThat(browser.get("/app/who").body()).contains("principal=none");
    }

    private static void askToChange(Browser browser) {
        Answer form = browser.get("/app/auth/update");
        Answer asked = browser.post(
                "/app/auth/update",
                Map.of("_descope_csrf", form.hidden("_descope_csrf"), "deliveryMethod", "email", "loginId", NEW));
        assertThat(asked.location()).isEqualTo("/app/auth/update/sent");
    }

    @Test
    void N2_after_a_change_of_address_the_session_before_it_is_over_and_a_double_click_has_the_new_one() {
        restart(true);
        Browser browser = application.signedIn(ADA);
        String session = browser.cookie("DS");
        String refresh = browser.cookie("DSR");
        askToChange(browser);
        String link = application.linkTo(NEW).toString();
        Browser firstClick = application.browser();
        for (String cookie : new String[] {"DS", "DSR", "DSP", "DSB", "DSC"}) {
            if (browser.has(cookie)) {
                firstClick.plant(cookie, browser.cookie(cookie));
            }
        }
        assertThat(firstClick.get(link).location()).isEqualTo("/app/auth/update/done");

        Answer secondClick = browser.get(link);

        assertThat(secondClick.location()).isEqualTo("/app/auth/update/done");
        assertThat(browser.get("/app/account").status()).isEqualTo(200);
        assertSignsNobodyIn(session, refresh);
    }

    @Test
    void V17_the_second_click_on_a_change_of_address_is_no_sign_out_while_the_first_waits_for_Descope()
            throws InterruptedException {
        restart(true);
        Browser browser = application.signedIn(ADA);
        askToChange(browser);
        String link = application.linkTo(NEW).toString();
        Browser secondClick = browser.at(application.base());
        // the first click has ended the session so far then, and tells Descope of it
        Gate revocation = descope.hold("/v1/auth/logout");
        CompletableFuture<Answer> first = CompletableFuture.supplyAsync(() -> browser.get(link));
        revocation.awaitCall();

        Answer second = secondClick.get(link);
        revocation.open();

        assertThat(second.location()).isEqualTo("/app/auth/update/done");
        assertThat(first.join().location()).isEqualTo("/app/auth/update/done");
        assertThat(browser.get("/app/account").status()).isEqualTo(200);
        assertThat(secondClick.get("/app/account").status()).isEqualTo(200);
    }

    @Test
    void V17_whoever_else_opens_a_link_that_has_changed_an_address_gets_no_session() {
        Browser browser = application.signedIn(ADA);
        askToChange(browser);
        String link = application.linkTo(NEW).toString();
        browser.forget("DSR");
        assertThat(browser.get(link).location()).isEqualTo("/app/auth/update/done");

        Answer answer = application.browser().get(link);

        assertThat(answer.setCookies()).noneMatch(cookie -> cookie.matches("DS[RP]?=[^;].*"));
        assertThat(answer.location()).isEmpty();
    }

    @Test
    void a_request_with_cookies_from_before_clears_no_newer_ones() {
        Browser browser = application.signedIn(ADA);
        String session = browser.cookie("DS");
        String refresh = browser.cookie("DSR");
        Way.HERE.signOut(browser);
        Answer late = with(session, refresh).get("/app/who");

        application.signIn(browser, ADA);
        browser.accept(late);

        assertThat(browser.get("/app/account").status()).isEqualTo(200);
        emulator.advanceClock(Duration.ofSeconds(20));
        assertThat(with(session, refresh).get("/app/who").setCookie("DSR")).contains("Max-Age=0");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void C22_an_online_check_that_is_refused_clears_no_cookies_that_another_request_has_just_got(boolean isOver) {
        restart(true);
        Browser browser = application.signedIn(ADA);
        Browser slowTab = application.browser();
        for (String cookie : new String[] {"DS", "DSR", "DSP"}) {
            slowTab.plant(cookie, browser.cookie(cookie));
        }
        emulator.advanceClock(Duration.ofMinutes(9).plusSeconds(10));
        assertThat(browser.get("/app/account").setCookie("DSR")).isNotEmpty();
        descope.refusesOnce(
                "/v1/auth/me",
                isOver ? 401 : 404,
                isOver ? "{\"errorCode\":\"E061005\",\"errorDescription\":\"Token is invalid\"}" : "{}");

        Answer slow = slowTab.get("/app/checked");
        browser.accept(slow);

        assertThat(slow.status()).isEqualTo(isOver ? 401 : 503);
        assertThat(browser.get("/app/account").status()).isEqualTo(200);
        assertThat(browser.get("/app/checked").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(names = {"HERE", "LOGOUT"})
    void who_signs_out_while_descope_cannot_be_asked_is_signed_out(Way way) {
        Browser browser = application.signedIn(ADA);
        String refresh = browser.cookie("DSR");
        emulator.advanceClock(Duration.ofMinutes(11));
        emulator.misbehave(Fault.status(503).at(REFRESH).times(1));

        way.signOut(browser);
        emulator.advanceClock(Duration.ofSeconds(10));

        assertThat(browser.has("DSR")).isFalse();
        assertSignsNobodyIn("", refresh);
    }

    @Test
    void sign_out_everywhere_that_descope_did_not_hear_says_so_and_can_be_tried_again() {
        Browser phone = application.signedIn(ADA);
        Browser browser = application.signedIn(ADA);
        Answer form = browser.get("/app/auth/sign-out");
        emulator.misbehave(Fault.status(503).at("/v1/auth/logoutall").times(2));

        Answer page = browser.post(
                "/app/auth/sign-out", Map.of("_descope_csrf", form.hidden("_descope_csrf"), "everywhere", "true"));

        assertThat(page.status()).isEqualTo(503);
        assertThat(page.body()).contains("signed out on this device only", "Try again");
        assertThat(page.header("Cache-Control")).contains("no-store");
        assertThat(browser.has("DSR")).isFalse();
        Map<String, String> again = Map.of(
                "_descope_csrf", page.hidden("_descope_csrf"), "everywhere", "true", "unheard", page.hidden("unheard"));
        assertThat(browser.post("/app/auth/sign-out", again).status()).isEqualTo(503);
        assertThat(application.browser().post("/app/auth/sign-out", again).status())
                .as("another browser")
                .isEqualTo(403);
        Answer done = browser.post("/app/auth/sign-out", again);
        assertThat(done.status()).isEqualTo(303);
        emulator.advanceClock(Duration.ofMinutes(11));
        assertThat(phone.get("/app/account").status()).isEqualTo(401);
        assertThat(browser.post("/app/auth/sign-out", again).status())
                .as("open for too long")
                .isEqualTo(403);
    }

    @Test
    void sign_out_everywhere_without_a_refresh_jwt_says_that_other_devices_are_still_signed_in() {
        Browser browser = application.signedIn(ADA);
        browser.forget("DSR");
        Answer form = browser.get("/app/auth/sign-out");

        Answer page = browser.post(
                "/app/auth/sign-out", Map.of("_descope_csrf", form.hidden("_descope_csrf"), "everywhere", "true"));

        assertThat(page.status()).isEqualTo(409);
        assertThat(page.body()).contains("signed out on this device only", "sign in again and choose");
        assertThat(browser.has("DS")).isFalse();
    }

    /** Signs out when the browser has begun to read the page. */
    static final class LateLogout extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().println("begun");
            response.flushBuffer();
            try {
                request.logout();
            } catch (ServletException e) {
                response.getWriter().println(e.getMessage());
            }
        }
    }

    @Test
    void a_logout_after_the_response_was_committed_is_told_and_the_session_is_over_all_the_same() {
        try (ServedApplication late = ServedApplication.start(emulator, settings -> settings, context -> {
            context.addServletContainerInitializer(
                    (types, servlets) ->
                            servlets.addServlet("late", new LateLogout()).addMapping("/late-logout"),
                    Set.of());
        })) {
            Browser browser = late.signedIn(ADA);

            Answer answer = browser.get("/app/late-logout");

            assertThat(answer.body()).contains("after the response had been committed");
            assertThat(browser.has("DSR")).isTrue();
            assertThat(browser.get("/app/account").status()).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HERE", "LOGOUT"})
    void a_clock_that_is_set_back_by_an_hour_revives_no_kept_answer(Way way) {
        restart(true);
        try (ServedNode node = ServedNode.start(emulator, descope.baseUri(), Duration.ofSeconds(5))) {
            Browser browser = new Browser(node.base(), emulator.clock());
            browser.askForLink("email", ADA, "");
            browser.get(node.at(emulator.inbox().latest(ADA).link()));
            String first = browser.cookie("DSR");
            emulator.advanceClock(Duration.ofMinutes(11));
            assertThat(browser.get("/app/account/1").status()).isEqualTo(200);
            way.signOut(browser);

            node.clock().isWrongBy(Duration.ofHours(-1));
            Browser old = new Browser(node.base(), emulator.clock());
            old.plant("DSR", first);

            assertThat(old.get("/app/who").body()).contains("principal=none");
        }
    }
}
