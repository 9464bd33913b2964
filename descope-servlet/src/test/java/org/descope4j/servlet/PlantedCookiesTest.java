package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.emulator.SignedIn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Cookies of Eve's own session, which a sibling host or a page on plain http has planted in Ada's browser without the prefix
 * {@code __Host-}. Browsers send them in front of the genuine ones or behind them, depending on path and age.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PlantedCookiesTest {
    /** Signed in once at each application, for the tests that end nothing. */
    private static final String BOTH = "bo@example.com";

    private static final String EVE = "eve@example.com";
    private static final List<String> SESSION = List.of("DS", "DSR", "DSP");

    private final DescopeEmulator emulator = DescopeEmulator.builder()
            .sessionLifetime(Duration.ofMinutes(10))
            .refreshLifetime(Duration.ofDays(30))
            .start();
    private final Map<String, String> eve = new LinkedHashMap<>();
    /** Another one for each test, since nobody is sent links without end. */
    private String ada = "";

    private int users;
    private final Map<ServedApplication, Browser> once = new HashMap<>();
    private ServedApplication application;
    private ServedApplication deciding;

    /** The application has its say in each sign-in, so that a session without its profile is none. */
    public static final class Everybody implements SignInHandler {
        @Override
        public SignInDecision decide(VerifiedSignIn signIn) {
            return SignInDecision.accept().withRoles("editor");
        }
    }

    @BeforeAll
    void start() {
        application = ServedApplication.start(
                emulator, settings -> settings.updateMethods("email").setting("online-check-paths", "/transfer/*"));
        deciding = ServedApplication.start(
                emulator,
                emulator.baseUri(),
                PlantedCookiesTest::manyLinks,
                Map.of(SignInHandler.class, Everybody.class));
        eve.putAll(cookiesOf(application.signedIn(EVE)));
    }

    @BeforeEach
    void another() {
        users++;
        ada = "ada" + users + "@example.com";
    }

    private static ServletSettings.Builder manyLinks(ServletSettings.Builder settings) {
        return settings.setting("limits.per-recipient", "off").setting("limits.per-address", "off");
    }

    @AfterAll
    void stop() {
        deciding.close();
        application.close();
        emulator.close();
    }

    static Stream<Arguments> incompleteSets() {
        List<String> sets = List.of("DS", "DSR", "DSP", "DS+DSR", "DS+DSP", "DS+DSR+junk");
        return sets.stream()
                .flatMap(planted -> Stream.of(true, false)
                        .flatMap(first ->
                                Stream.of("DS,DSR,DSP", "DSR,DSP").map(own -> Arguments.of(planted, first, own))));
    }

    @ParameterizedTest(name = "{0} planted, in front: {1}, beside {2}")
    @MethodSource("incompleteSets")
    void N6_C4_C5_an_incomplete_planted_set_loses_to_the_genuine_one(String planted, boolean isFirst, String genuine) {
        Map<String, String> own = only(cookiesOf(signedIn(application)), genuine.split(",", -1));
        long before = refreshes();

        String answer = send(application, "GET /app/who", planted(planted, eve), own, isFirst);

        assertThat(answer).contains("name=" + BOTH).doesNotContain("Max-Age=0");
        assertThat(refreshes() - before).isLessThanOrEqualTo(genuine.startsWith("DS,") ? 0 : 1);
    }

    @ParameterizedTest(name = "{0} planted, in front: {1}, beside {2}")
    @MethodSource("incompleteSets")
    void N6_what_the_application_decided_at_the_sign_in_stays_too(String planted, boolean isFirst, String genuine) {
        Map<String, String> own = only(cookiesOf(signedIn(deciding)), genuine.split(",", -1));

        String answer = send(deciding, "GET /app/admin/users", planted(planted, eve), own, isFirst);

        assertThat(answer).startsWith("HTTP/1.1 200").contains("name=" + BOTH).doesNotContain("Max-Age=0");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void N6_C3_of_two_complete_sets_none_counts_and_nothing_is_cleared(boolean isFirst) {
        Map<String, String> own = cookiesOf(application.signedIn(ada));
        long before = refreshes();

        String answer = send(application, "GET /app/who", eve, own, isFirst);
        String withoutSessionJwts =
                send(application, "GET /app/who", only(eve, "DSR", "DSP"), only(own, "DSR", "DSP"), isFirst);

        for (String each : new String[] {answer, withoutSessionJwts}) {
            assertThat(each)
                    .startsWith("HTTP/1.1 200")
                    .contains("principal=none")
                    .doesNotContain("Set-Cookie");
        }
        assertThat(refreshes()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void N6_C3_two_sessions_of_the_same_user_are_two_sets_too(boolean isFirst) {
        Map<String, String> one = cookiesOf(application.signedIn(ada));
        Map<String, String> other = cookiesOf(application.signedIn(ada));

        String answer = send(application, "GET /app/who", one, other, isFirst);

        assertThat(answer).contains("principal=none").doesNotContain("Set-Cookie");
    }

    @Test
    void C3_the_same_values_twice_and_quoted_copies_change_nothing() {
        Map<String, String> own = cookiesOf(application.signedIn(ada));
        Map<String, String> quoted = new LinkedHashMap<>();
        own.forEach((name, value) -> quoted.put(name, '"' + value + '"'));

        assertThat(send(application, "GET /app/who", own, own, true)).contains("name=" + ada);
        assertThat(send(application, "GET /app/who", quoted, own, true))
                .contains("name=" + ada)
                .doesNotContain("Set-Cookie: DS");
        assertThat(send(application, "GET /app/who", Map.of("DS", '"' + "x" + '"'), own, false))
                .contains("name=" + ada);
    }

    @Test
    void C5_without_any_profile_an_expired_session_beside_the_refresh_JWT_of_another_signs_nobody_in() {
        try (DescopeEmulator later = DescopeEmulator.start();
                ServedApplication there = ServedApplication.start(later)) {
            SignedIn expired = later.signIn("bea@example.com");
            later.advanceClock(Duration.ofMinutes(11));
            String refreshJwt = later.signIn("carl@example.com").refreshJwt();

            String answer =
                    send(there, "GET /app/who", Map.of("DS", expired.sessionJwt()), Map.of("DSR", refreshJwt), true);

            assertThat(answer).contains("principal=none").doesNotContain("Set-Cookie");
            assertThat(later.requests()).noneMatch(request -> request.path().equals("/v1/auth/refresh"));
        }
    }

    @Test
    void N6_a_planted_refresh_JWT_does_not_take_over_when_the_genuine_one_is_gone() {
        Map<String, String> own = cookiesOf(application.signedIn(ada));
        Map<String, String> evicted = only(own, "DSP");
        long before = refreshes();

        String answer = send(application, "GET /app/who", only(eve, "DSR"), evicted, true);
        String both = send(application, "GET /app/who", only(eve, "DS", "DSR"), evicted, true);

        assertThat(answer).contains("principal=none").doesNotContain("Set-Cookie");
        assertThat(both).contains("principal=none").doesNotContain("Set-Cookie");
        assertThat(refreshes()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void N6_sign_out_ends_the_genuine_session_although_others_were_planted(boolean isFirst) {
        Browser browser = application.signedIn(ada);
        Answer form = browser.get("/app/auth/sign-out");
        Map<String, String> own = cookiesOf(browser);
        Map<String, String> planted = only(eve, "DS", "DSR");
        planted.put("DSC", "planted");

        String answer = post("/app/auth/sign-out", form, planted, own, isFirst);

        assertThat(answer).startsWith("HTTP/1.1 303");
        for (String name : SESSION) {
            assertThat(answer).contains("Set-Cookie: " + name + "=; Path=/app; Max-Age=0");
        }
        assertThat(endedAtDescope(own.getOrDefault("DSR", ""))).isTrue();
        assertThat(endedAtDescope(eve.getOrDefault("DSR", ""))).isFalse();
    }

    @Test
    void N6_sign_out_ends_every_complete_set_where_nobody_can_tell_which_is_genuine() {
        Browser browser = application.signedIn(ada);
        Answer form = browser.get("/app/auth/sign-out");
        Map<String, String> own = cookiesOf(browser);
        Map<String, String> planted = cookiesOf(application.signedIn("mallory@example.com"));
        planted.remove("DSC");

        String answer = post("/app/auth/sign-out", form, planted, own, true);

        assertThat(answer).startsWith("HTTP/1.1 303").contains("Set-Cookie: DSR=; Path=/app; Max-Age=0");
        assertThat(endedAtDescope(own.getOrDefault("DSR", ""))).isTrue();
        assertThat(endedAtDescope(planted.getOrDefault("DSR", ""))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void N6_the_online_check_and_the_change_of_an_address_go_by_the_genuine_set(boolean isFirst) {
        Map<String, String> own = cookiesOf(application.signedIn(ada));
        Map<String, String> planted = only(eve, "DS", "DSR");

        assertThat(send(application, "GET /app/transfer/1", planted, own, isFirst))
                .contains("name=" + ada);
        assertThat(send(application, "GET /app/auth/update", planted, own, isFirst))
                .startsWith("HTTP/1.1 200")
                .contains(ada);
        assertThat(emulator.requests())
                .filteredOn(request -> request.path().equals("/v1/auth/me"))
                .last()
                .satisfies(request -> assertThat(request.header("Authorization").orElse(""))
                        .endsWith(own.getOrDefault("DSR", "none")));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void N6_V9_a_planted_binding_redeems_nothing_without_a_click(boolean hasAskedBefore) {
        Browser attacker = application.browser();
        attacker.askForLink("email", "eve." + ada, "");
        URI link = application.linkTo("eve." + ada);
        Browser victim = application.browser();
        if (hasAskedBefore) {
            victim.get("/app/auth/sign-in");
        }
        victim.plant("DSB", attacker.cookie("DSB"));
        long before = verifications();

        Answer page = victim.get(link.toString());

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("e***@e***.com", "<form");
        assertThat(victim.has("DS")).isFalse();
        assertThat(verifications()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void N6_V9_nor_does_it_beside_a_planted_half_of_a_CSRF_pair_where_the_browser_has_its_own(boolean isFirst) {
        Browser attacker = application.browser();
        attacker.askForLink("email", "eve." + ada, "");
        URI link = application.linkTo("eve." + ada);
        Browser victim = application.browser();
        victim.askForLink("email", ada, "");

        String answer = send(
                application,
                "GET " + link.getPath() + "?" + link.getQuery(),
                Map.of("DSB", attacker.cookie("DSB"), "DSC", attacker.cookie("DSC")),
                Map.of("DSB", victim.cookie("DSB"), "DSC", victim.cookie("DSC")),
                isFirst);

        assertThat(answer).startsWith("HTTP/1.1 200").contains("<form").doesNotContain("Set-Cookie: DS=");
    }

    @Test
    void N6_V8_a_planted_binding_beside_the_own_one_costs_the_own_link_no_click() {
        Browser attacker = application.browser();
        attacker.askForLink("email", "eve." + ada, "");
        Browser victim = application.browser();
        victim.askForLink("email", ada, "");
        URI link = application.linkTo(ada);

        String answer = send(
                application,
                "GET " + link.getPath() + "?" + link.getQuery(),
                Map.of("DSB", attacker.cookie("DSB")),
                Map.of("DSB", victim.cookie("DSB"), "DSC", victim.cookie("DSC")),
                true);

        assertThat(answer).startsWith("HTTP/1.1 303").contains("Set-Cookie: DS=ey");
    }

    @Test
    void N6_as_many_cookies_of_a_sibling_as_a_browser_keeps_push_ours_out_and_open_nothing() {
        String others = IntStream.range(0, 180).mapToObj(i -> "c" + i + "=x").collect(Collectors.joining("; "));

        String answer = RawRequest.send(
                application.port(),
                "",
                "GET /app/account HTTP/1.1",
                "Host: localhost:" + application.port(),
                "Accept: application/json",
                "Cookie: " + others + "; DSP=" + eve.get("DSP") + "; DSB=x; DSE=y");

        assertThat(answer).startsWith("HTTP/1.1 401").doesNotContain("Set-Cookie: DS");
    }

    private Browser signedIn(ServedApplication at) {
        return once.computeIfAbsent(at, application -> application.signedIn(BOTH));
    }

    private String post(
            String path, Answer form, Map<String, String> planted, Map<String, String> own, boolean isFirst) {
        return RawRequest.send(
                application.port(),
                "_descope_csrf=" + form.hidden("_descope_csrf"),
                "POST " + path + " HTTP/1.1",
                "Host: localhost:" + application.port(),
                "Sec-Fetch-Site: same-origin",
                "Content-Type: application/x-www-form-urlencoded",
                "Cookie: " + header(planted, own, isFirst));
    }

    private static String send(
            ServedApplication to, String what, Map<String, String> planted, Map<String, String> own, boolean isFirst) {
        return RawRequest.send(
                to.port(),
                "",
                what + " HTTP/1.1",
                "Host: localhost:" + to.port(),
                "Accept: text/html",
                "Cookie: " + header(planted, own, isFirst));
    }

    private static String header(Map<String, String> planted, Map<String, String> own, boolean isFirst) {
        return Stream.of(isFirst ? planted : own, isFirst ? own : planted)
                .flatMap(set -> set.entrySet().stream())
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }

    private static Map<String, String> planted(String names, Map<String, String> from) {
        Map<String, String> planted = only(from, names.replace("+junk", "").split("\\+", -1));
        if (names.endsWith("+junk")) {
            planted.put("DSP", "junk");
        }
        return planted;
    }

    private static Map<String, String> only(Map<String, String> cookies, String... names) {
        Map<String, String> some = new LinkedHashMap<>();
        List.of(names).forEach(name -> some.put(name, cookies.getOrDefault(name, "")));
        return some;
    }

    private static Map<String, String> cookiesOf(Browser browser) {
        Map<String, String> cookies = new LinkedHashMap<>();
        for (String name : List.of("DS", "DSR", "DSP", "DSC")) {
            if (browser.has(name)) {
                cookies.put(name, browser.cookie(name));
            }
        }
        return cookies;
    }

    private boolean endedAtDescope(String refreshJwt) {
        return emulator.requests().stream()
                .filter(request -> request.path().equals("/v1/auth/logout"))
                .anyMatch(request -> request.header("Authorization").orElse("").endsWith(refreshJwt));
    }

    private long refreshes() {
        return emulator.requests().stream()
                .filter(request -> request.path().equals("/v1/auth/refresh"))
                .count();
    }

    private long verifications() {
        return emulator.requests().stream()
                .filter(request -> request.path().equals("/v1/auth/magiclink/verify"))
                .count();
    }
}
