package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.descope4j.Descope;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.emulator.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What one user stored in the HttpSession, and everybody else who comes with the same browser. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class HttpSessionOwnerTest {
    private static final String ADA = "ada@example.com";
    private static final String BOB = "bob@example.com";
    private static final String OF_ADA = "note=of-ada";

    private final DescopeEmulator emulator =
            DescopeEmulator.builder().rotatesRefreshTokens(true).start();
    private ServedApplication application = started(settings -> settings);

    @AfterEach
    void stop() {
        application.close();
        emulator.close();
    }

    private ServedApplication started(UnaryOperator<ServletSettings.Builder> change) {
        return ServedApplication.start(
                emulator,
                settings -> change.apply(
                        settings.setting("online-check-paths", "/checked").setting("ignored-paths", "/ignored/*")),
                HttpSessionOwnerTest::addMore);
    }

    private void restart(UnaryOperator<ServletSettings.Builder> change) {
        application.close();
        application = started(change);
    }

    private static void addMore(Context context) {
        context.addServletContainerInitializer(
                (types, servlets) -> {
                    servlets.addServlet("peek", new Peek()).addMapping("/peek", "/ignored/peek", "/account/peek");
                    servlets.addServlet("raw", new BehindTheWrapper()).addMapping("/raw");
                    servlets.addFilter("gateway", new Gateway())
                            .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/peek");
                },
                Set.of());
    }

    /** Says what is in the HttpSession, and makes none. */
    static final class Peek extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            var httpSession = request.getSession(false);
            response.getWriter().write("note=" + (httpSession == null ? "gone" : httpSession.getAttribute("note")));
            if (httpSession != null && request.getParameter("types") != null) {
                for (String name : Collections.list(httpSession.getAttributeNames())) {
                    response.getWriter()
                            .write(" " + httpSession.getAttribute(name).getClass());
                }
            }
        }
    }

    /** Makes an HttpSession by the request of the container, as beans do that are injected it. */
    static final class BehindTheWrapper extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            HttpServletRequest inner = request;
            while (inner instanceof jakarta.servlet.http.HttpServletRequestWrapper wrapper) {
                inner = (HttpServletRequest) wrapper.getRequest();
            }
            inner.getSession().setAttribute("note", "of-ada");
            response.getWriter().write("made");
        }
    }

    /** Signs in whose token comes in a header of the application's own. */
    static final class Gateway extends HttpFilter {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            String token = request.getHeader("X-Gateway-Token");
            if (token == null) {
                chain.doFilter(request, response);
                return;
            }
            ServletContext context = request.getServletContext();
            Descope descope = (Descope) context.getAttribute(Descope.class.getName());
            chain.doFilter(ProvenUser.of(descope.validator().validate(token)).signIn(request), response);
        }
    }

    /** The ways in which a session ends. */
    enum Ending {
        EXPIRED,
        EXPIRED_AND_STILL_SENT,
        DAMAGED,
        REFUSED,
        ENDED_ELSEWHERE,
        LOGOUT,
        SIGN_OUT,
        SIGN_OUT_EVERYWHERE
    }

    private Browser endedAs(Ending ending) {
        boolean isStale = ending == Ending.EXPIRED_AND_STILL_SENT || ending == Ending.REFUSED;
        Browser browser = application.signIn(isStale ? application.staleBrowser() : application.browser(), ADA);
        assertThat(browser.get("/app/visit?note=of-ada").body()).contains(OF_ADA);
        switch (ending) {
            case EXPIRED, EXPIRED_AND_STILL_SENT -> emulator.advanceClock(Duration.ofDays(90));
            case DAMAGED -> {
                browser.plant("DS", "junk");
                browser.plant("DSR", "junk");
            }
            case REFUSED -> {
                signOutElsewhere();
                emulator.advanceClock(Duration.ofMinutes(11));
                browser.get("/app/who");
            }
            case ENDED_ELSEWHERE -> {
                signOutElsewhere();
                assertThat(browser.get("/app/checked").status()).isEqualTo(401);
                emulator.advanceClock(Duration.ofSeconds(20));
                assertThat(browser.get("/app/checked").status()).isEqualTo(401);
            }
            case LOGOUT -> browser.get("/app/logout");
            case SIGN_OUT -> signOut(browser, "false");
            case SIGN_OUT_EVERYWHERE -> signOut(browser, "true");
        }
        return browser;
    }

    private void signOutElsewhere() {
        signOut(application.signedIn(ADA), "true");
    }

    private static void signOut(Browser browser, String everywhere) {
        browser.post(
                "/app/auth/sign-out",
                Map.of(
                        "_descope_csrf",
                        browser.get("/app/auth/sign-out").hidden("_descope_csrf"),
                        "everywhere",
                        everywhere));
    }

    @ParameterizedTest
    @EnumSource(Ending.class)
    void V15_the_next_user_of_the_browser_reads_nothing_however_the_session_ended(Ending ending) {
        Browser browser = endedAs(ending);

        application.signIn(browser, BOB);

        assertThat(browser.get("/app/account").body()).contains("name=" + BOB);
        assertThat(browser.get("/app/visit").body()).contains("note=null");
    }

    @ParameterizedTest
    @EnumSource(value = Ending.class, mode = Mode.EXCLUDE, names = "REFUSED")
    void V16_C21_nobody_reads_what_a_user_stored_however_the_session_ended(Ending ending) {
        Browser browser = endedAs(ending);

        assertThat(browser.get("/app/peek").body()).isIn("note=gone", "note=null");
    }

    @ParameterizedTest(name = "{0} of the user, {1} planted, in front: {2}")
    @CsvSource({
        "DS+DSR+DSP, DS+DSR+DSP, true",
        "DS+DSR+DSP, DS+DSR+DSP, false",
        "DSR+DSP, DSR+DSP, true",
        "DS+DSR, DS+DSR, true",
        "DS+DSR, DS+DSR, false",
        "DSP, DSR, true",
        "DSP, DSP+DS, true"
    })
    void N6_V16_cookies_of_which_nobody_can_tell_whose_they_are_leave_it_as_it_is(
            String own, String planted, boolean isFirst) {
        Browser browser = application.signedIn(ADA);
        assertThat(browser.get("/app/visit?note=of-ada").body()).contains(OF_ADA);
        Browser eve = application.signedIn(BOB);
        String genuine = "JSESSIONID=" + browser.cookie("JSESSIONID") + "; " + cookies(browser, own);

        String answer = RawRequest.send(
                application.port(),
                "",
                "GET /app/peek HTTP/1.1",
                "Host: localhost:" + application.port(),
                "Sec-Fetch-Site: none",
                "Cookie: "
                        + (isFirst ? cookies(eve, planted) + "; " + genuine : genuine + "; " + cookies(eve, planted)));

        assertThat(answer).contains(OF_ADA).doesNotContain("Set-Cookie");
        assertThat(browser.get("/app/peek").body()).contains(OF_ADA);
    }

    private static String cookies(Browser browser, String names) {
        return Stream.of(names.split("\\+", -1))
                .map(name -> name + "=" + browser.cookie(name))
                .collect(Collectors.joining("; "));
    }

    @Test
    void V16_after_a_refusal_it_goes_on_as_long_as_newer_cookies_may_be_on_their_way() {
        Browser browser = endedAs(Ending.REFUSED);

        assertThat(browser.get("/app/peek").body()).isEqualTo(OF_ADA);
        emulator.advanceClock(Duration.ofSeconds(20));
        assertThat(browser.get("/app/peek").body()).isEqualTo("note=gone");
    }

    @ParameterizedTest
    @EnumSource(
            value = Ending.class,
            names = {"EXPIRED", "LOGOUT"})
    void V15_that_holds_for_what_was_made_past_our_wrapper_in_the_last_request_too(Ending ending) {
        Browser browser = application.signedIn(ADA);
        browser.get("/app/raw");
        if (ending == Ending.LOGOUT) {
            browser.get("/app/logout");
        } else {
            emulator.advanceClock(Duration.ofDays(90));
        }

        application.signIn(browser, BOB);

        assertThat(browser.get("/app/visit").body()).contains("note=null");
    }

    @Test
    void V15_who_comes_with_cookies_of_their_own_reads_nothing() {
        Browser browser = application.signedIn(ADA);
        browser.get("/app/visit?note=of-ada");
        Browser bob = application.signedIn(BOB);
        for (String cookie : new String[] {"DS", "DSR", "DSP"}) {
            browser.forget(cookie);
            browser.plant(cookie, bob.cookie(cookie));
        }

        assertThat(browser.get("/app/who").body()).contains("name=" + BOB);
        assertThat(browser.get("/app/peek").body()).isEqualTo("note=gone");
    }

    @Test
    void V15_a_user_with_a_Bearer_token_reads_nothing_of_another() {
        Browser browser = application.signedIn(ADA);
        browser.get("/app/visit?note=of-ada");
        String bob = emulator.signIn(BOB).sessionJwt();

        assertThat(browser.get("/app/peek", "Authorization", "Bearer " + browser.cookie("DS"))
                        .body())
                .as("the same user")
                .isEqualTo(OF_ADA);
        assertThat(browser.get("/app/peek", "Authorization", "Bearer " + bob).body())
                .isEqualTo("note=gone");
        assertThat(browser.get("/app/peek").body()).isEqualTo("note=gone");
    }

    @Test
    void V15_a_user_whom_the_application_proves_reads_nothing_of_another() {
        Browser browser = application.signedIn(ADA);
        browser.get("/app/visit?note=of-ada");

        assertThat(browser.get("/app/peek", "X-Gateway-Token", browser.cookie("DS"))
                        .body())
                .isEqualTo(OF_ADA);
        assertThat(browser.get(
                                "/app/peek",
                                "X-Gateway-Token",
                                emulator.signIn(BOB).sessionJwt())
                        .body())
                .isEqualTo("note=gone");
    }

    @Test
    void V15_that_of_a_Bearer_user_goes_on_where_a_page_brings_no_token_and_ends_with_another_user() {
        Browser browser = application.browser();
        String ada = "Bearer " + emulator.signIn(ADA).sessionJwt();
        browser.get("/app/visit?note=of-ada", "Authorization", ada);

        browser.get("/app/peek");

        assertThat(browser.get("/app/peek", "Authorization", ada).body()).isEqualTo(OF_ADA);
        application.signIn(browser, BOB);
        assertThat(browser.get("/app/peek").body()).isIn("note=gone", "note=null");
    }

    @Test
    void V16_while_nobody_can_tell_it_goes_on() {
        Browser browser = application.signIn(application.staleBrowser(), ADA);
        browser.get("/app/visit?note=of-ada");
        emulator.advanceClock(Duration.ofMinutes(11));
        emulator.misbehave(Fault.status(503));

        assertThat(browser.get("/app/peek").body()).isEqualTo(OF_ADA);
        emulator.misbehave();
        assertThat(browser.get("/app/account/peek").body()).isEqualTo(OF_ADA);
    }

    @Test
    void V16_a_prefetch_and_an_ignored_path_end_nothing() {
        Browser browser = application.signedIn(ADA);
        browser.get("/app/visit?note=of-ada");
        Browser without = withoutSession(browser);

        assertThat(without.get("/app/peek", "Sec-Purpose", "prefetch", "Sec-Fetch-Site", "same-origin")
                        .body())
                .isEqualTo(OF_ADA);
        assertThat(without.get("/app/ignored/peek").body()).isEqualTo(OF_ADA);
        emulator.advanceClock(Duration.ofMinutes(11));
        browser.get("/app/who", "Sec-Purpose", "prefetch");
        assertThat(browser.get("/app/peek").body()).isEqualTo(OF_ADA);
    }

    private Browser withoutSession(Browser browser) {
        Browser without = browser.at(application.base());
        without.forget("DS");
        without.forget("DSR");
        return without;
    }

    @ParameterizedTest
    @CsvSource({
        "Lax, Sec-Fetch-Site: same-origin|Sec-Fetch-Mode: cors|Sec-Fetch-Dest: empty, ends",
        "Lax, Sec-Fetch-Site: none|Sec-Fetch-Mode: navigate|Sec-Fetch-Dest: document, ends",
        "Lax, Sec-Fetch-Site: same-site, ends",
        "Lax, Sec-Fetch-Site: same-origin|Sec-Fetch-Dest: iframe, goes on",
        "Lax, Sec-Fetch-Site: cross-site|Sec-Fetch-Mode: navigate|Sec-Fetch-Dest: document, ends",
        "Lax, Sec-Fetch-Site: cross-site|Sec-Fetch-Mode: no-cors|Sec-Fetch-Dest: image, goes on",
        "Lax, Sec-Fetch-Site: cross-site|Sec-Fetch-Mode: navigate|Sec-Fetch-Dest: iframe, goes on",
        "Lax, X-Nothing: said, ends",
        "Lax, Referer: https://mail.example/inbox, goes on",
        "Lax, Origin: https://mail.example, goes on",
        "Strict, Sec-Fetch-Site: same-origin, ends",
        "Strict, Sec-Fetch-Site: none|Sec-Fetch-Mode: navigate|Sec-Fetch-Dest: document, ends",
        "Strict, Sec-Fetch-Site: cross-site|Sec-Fetch-Mode: navigate|Sec-Fetch-Dest: document, goes on",
        "Strict, X-Nothing: said, goes on",
        "Strict, Referer: OWN, ends",
    })
    void V16_cookies_that_a_browser_may_have_kept_back_end_nothing(String sameSite, String headers, String outcome) {
        restart(settings -> settings.setting("cookie.same-site", sameSite));
        Browser browser = application.browser();
        browser.askForLink("email", ADA, "");
        URI link = application.linkTo(ADA);
        Answer opened = browser.get(link.toString());
        if (opened.status() == 200) {
            browser.confirm(opened, link);
        }
        browser.get("/app/visit?note=of-ada");
        String own = "http://localhost:" + application.port() + "/app/page";
        String[] said = headers.replace("OWN", own).split("\\||: ", -1);

        Answer answer = withoutSession(browser).get("/app/peek", said);

        assertThat(answer.body()).isEqualTo(outcome.equals("ends") ? "note=gone" : OF_ADA);
    }

    @Test
    void V16_behind_https_a_request_by_http_says_nothing_about_cookies_that_are_Secure() {
        restart(settings -> settings.publicUrl("https://app.example.com/app"));
        Browser browser = application.signedIn(ADA);
        browser.get("/app/visit?note=of-ada");

        assertThat(withoutSession(browser).get("/app/peek").body()).isEqualTo(OF_ADA);
        assertThat(withoutSession(browser)
                        .get("/app/peek", "X-Forwarded-Proto", "https")
                        .body())
                .isEqualTo("note=gone");
    }

    @Test
    void V16_a_basket_of_nobody_becomes_the_users_and_no_other_ones() {
        Browser browser = application.browser();
        String before = browser.get("/app/visit?note=cart").body();
        application.signIn(browser, ADA);

        String after = browser.get("/app/visit").body();
        assertThat(after).contains("note=cart");
        assertThat(after.split(" ", -1)[0]).isNotEqualTo(before.split(" ", -1)[0]);
        emulator.advanceClock(Duration.ofDays(90));
        application.signIn(browser, BOB);
        assertThat(browser.get("/app/visit").body()).contains("note=null");
    }

    /** Calls its user by a name of its own. */
    public static final class Named implements SignInHandler {
        @Override
        public SignInDecision decide(VerifiedSignIn signIn) {
            return SignInDecision.accept().as("the-countess");
        }
    }

    @Test
    void V15_a_step_up_of_a_user_whom_the_application_named_keeps_what_they_stored() {
        application.close();
        application = ServedApplication.start(
                emulator, emulator.baseUri(), settings -> settings, Map.of(SignInHandler.class, Named.class));
        Browser browser = application.signedIn(ADA);
        String before = browser.get("/app/visit?note=of-ada").body();
        emulator.advanceClock(Duration.ofMinutes(20));
        Answer page = browser.get("/app/auth/step-up");
        browser.post("/app/auth/step-up", Map.of("returnTo", "", "_descope_csrf", page.hidden("_descope_csrf")));

        Answer opened = browser.get(application.linkTo(ADA).toString());

        assertThat(opened.status()).isEqualTo(303);
        assertThat(SessionRulesTest.claims(browser.cookie("DS"))).contains("\"su\":true");
        String after = browser.get("/app/visit").body();
        assertThat(after).contains(OF_ADA);
        assertThat(after.split(" ", -1)[0]).isNotEqualTo(before.split(" ", -1)[0]);
    }

    @Test
    void V16_where_the_application_says_so_a_basket_outlives_its_user_but_no_sign_out_and_no_other_user() {
        restart(settings -> settings.setting("http-session-outlives-user", "true"));
        assertThat(endedAs(Ending.EXPIRED).get("/app/peek").body()).isEqualTo(OF_ADA);
        assertThat(endedAs(Ending.DAMAGED).get("/app/peek").body()).isEqualTo(OF_ADA);
        assertThat(endedAs(Ending.SIGN_OUT).get("/app/peek").body()).isIn("note=gone", "note=null");
        assertThat(endedAs(Ending.LOGOUT).get("/app/peek").body()).isIn("note=gone", "note=null");

        Browser again = application.signIn(endedAs(Ending.EXPIRED), ADA);
        assertThat(again.get("/app/peek").body()).as("the same user").isEqualTo(OF_ADA);
        Browser browser = endedAs(Ending.EXPIRED);
        application.signIn(browser, BOB);

        assertThat(browser.get("/app/peek").body()).isIn("note=gone", "note=null");
    }

    @Test
    void V16_what_is_written_into_it_is_text_that_survives_a_redeploy() {
        Browser browser = application.signedIn(ADA);
        browser.get("/app/visit?note=of-ada");

        assertThat(browser.get("/app/peek?types=true").body()).contains("class").doesNotContain("descope");
    }

    @Test
    void V15_the_container_asking_first_changes_nothing() {
        try (ConstrainedApplication constrained = ConstrainedApplication.start(
                emulator,
                ConstrainedApplication.parameter("descope.container-security", "true")
                        + ConstrainedApplication.constraint("/account/*", "**"))) {
            Browser browser = constrained.signIn(constrained.browser(), ADA);
            assertThat(browser.get("/shop/account/visit?note=of-ada").body()).contains(OF_ADA);
            Browser bob = constrained.signIn(constrained.browser(), BOB);
            for (String cookie : new String[] {"DS", "DSR", "DSP"}) {
                browser.forget(cookie);
                browser.plant(cookie, bob.cookie(cookie));
            }

            assertThat(browser.get("/shop/account/visit").body()).contains("note=null");

            browser.get("/shop/account/visit?note=of-bob");
            List.of("DS", "DSR", "DSP").forEach(browser::forget);
            constrained.signIn(browser, ADA);
            assertThat(browser.get("/shop/account/visit").body()).contains("note=null");
        }
    }
}
