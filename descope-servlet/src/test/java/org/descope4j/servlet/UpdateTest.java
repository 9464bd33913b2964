package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.descope4j.DeliveryMethod;
import org.descope4j.DescopeSettings;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.servlet.SignInEvent.Kind;
import org.descope4j.servlet.SignInEvent.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A signed-in user changes an address by link. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class UpdateTest {
    private static final String UPDATE = "/app/auth/update";
    private static final String ADA = "ada@example.com";
    private static final String NEW = "ada@new.example";
    private static final String PHONE = "+4915112345678";

    private final DescopeEmulator emulator = DescopeEmulator.start();
    private final ServedApplication application = ServedApplication.start(
            emulator, emulator.baseUri(), settings -> settings.updateMethods("email,sms"), Heard.LISTENING);
    private Browser browser;

    @BeforeEach
    void signIn() {
        browser = application.signedIn(ADA);
        Heard.nothing();
    }

    @AfterEach
    void stop() {
        application.close();
        emulator.close();
    }

    private static Answer ask(Browser browser, String method, String address) {
        Answer form = browser.get(UPDATE);
        assertThat(form.status()).isEqualTo(200);
        return browser.post(
                UPDATE,
                Map.of("_descope_csrf", form.hidden("_descope_csrf"), "deliveryMethod", method, "loginId", address));
    }

    private static String user(Browser browser) {
        return browser.get("/app/account").body().replaceAll("principal=(\\S+) .*", "$1");
    }

    @ParameterizedTest
    @CsvSource({"email, ada@new.example", "sms, +4915112345678"})
    void V17_S10_the_user_has_the_new_address_and_is_the_same_user(String method, String address) {
        String before = user(browser);

        Answer asked = ask(browser, method, address);
        assertThat(asked.status()).isEqualTo(303);
        assertThat(browser.get(asked.location()).status()).isEqualTo(200);
        URI link = application.linkTo(address);
        Answer opened = browser.get(link.toString());

        assertThat(opened.status()).isEqualTo(303);
        assertThat(opened.location()).isEqualTo("/app/auth/update/done");
        VerifyEndpointTest.assertProtected(opened);
        assertThat(browser.get(opened.location()).body()).contains(address);
        assertThat(user(browser)).isEqualTo(before);
        SignInEvent event = Heard.last();
        assertThat(event.kind()).isEqualTo(Kind.ADDRESS_CHANGED);
        assertThat(event.addressChange()).hasValue(new SignInEvent.AddressChange(ADA, address));
        assertThat(event.toString()).doesNotContain(ADA, address);
        Browser another = application.browser();
        another.askForLink(method, address, "");
        another.get(application.linkTo(address).toString());
        assertThat(user(another)).isEqualTo(before);
    }

    @Test
    void V17_the_state_of_such_a_link_is_32_characters_and_tells_nobody_who_it_is_for() {
        ask(browser, "sms", PHONE);

        String path = application.linkTo(PHONE).getPath();

        assertThat(path.substring((UPDATE + "/").length())).hasSize(32).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void V17_nobody_elses_browser_redeems_such_a_link() {
        ask(browser, "email", NEW);
        URI link = application.linkTo(NEW);
        Browser eve = application.signedIn("eve@example.com");
        String eves = eve.cookie("DS");

        Answer answer = eve.get(link.toString());
        Answer nobody = application.browser().get(link.toString());

        assertThat(answer.status()).isEqualTo(nobody.status()).isEqualTo(403);
        assertThat(eve.cookie("DS")).isEqualTo(eves);
        assertThat(nobody.setCookies()).isEmpty();
        assertThat(Heard.last().reason()).isEqualTo(Reason.NOT_SIGNED_IN_HERE);
        assertThat(nobody.body()).contains(Heard.last().reference());
        VerifyEndpointTest.assertProtected(nobody);
        assertThat(browser.get(link.toString()).location()).isEqualTo("/app/auth/update/done");
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Purpose, Prefetch, 503",
        "X-Purpose, preview, 503",
        "Sec-Fetch-Dest, image, 403",
        "Sec-Fetch-Mode, cors, 403"
    })
    void V17_what_no_person_opened_changes_no_address(String header, String value, int status) {
        ask(browser, "email", NEW);
        URI link = application.linkTo(NEW);

        assertThat(browser.get(link.toString(), header, value).status()).isEqualTo(status);
        assertThat(browser.head(link.toString()).setCookies()).isEmpty();

        assertThat(browser.get(link.toString()).status()).isEqualTo(303);
    }

    @Test
    void V3b_a_change_opened_through_a_service_worker_takes_a_click() {
        ask(browser, "email", NEW);
        URI link = application.linkTo(NEW);

        Answer page = browser.get(link.toString(), "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "empty");

        assertThat(page.status()).isEqualTo(200);
        assertThat(browser.confirm(page, link).location()).isEqualTo("/app/auth/update/done");
    }

    @Test
    void V17_a_link_token_of_another_user_switches_no_account() {
        ask(browser, "email", NEW);
        URI link = application.linkTo(NEW);
        String before = browser.cookie("DS");
        application.browser().askForLink("email", "eve@example.com", "");
        String evesToken = emulator.inbox().latest("eve@example.com").token();

        Answer answer = browser.get(link.getPath() + "?t=" + evesToken);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(browser.cookie("DS")).isEqualTo(before);
        assertThat(Heard.last().reason()).isEqualTo(Reason.OTHER_USER);
        assertThat(emulator.requests().stream().filter(call -> call.path().equals("/v1/auth/logout")))
                .as("the session of the other user is revoked")
                .hasSize(1);
        assertThat(browser.get("/app/account").status()).isEqualTo(200);
    }

    @Test
    void V17_a_refresh_on_the_way_keeps_nobody_from_changing_an_address_and_leaves_no_session_behind() {
        try (DescopeEmulator rotating =
                        DescopeEmulator.builder().rotatesRefreshTokens(true).start();
                ServedApplication shop = ServedApplication.start(
                        rotating, rotating.baseUri(), settings -> settings.updateMethods("email"), Heard.LISTENING)) {
            Browser adas = shop.signedIn(ADA);
            Answer form = adas.get(UPDATE);
            rotating.advanceClock(Duration.ofMinutes(11));

            Answer asked = adas.post(
                    UPDATE,
                    Map.of("_descope_csrf", form.hidden("_descope_csrf"), "deliveryMethod", "email", "loginId", NEW));
            assertThat(asked.location()).isEqualTo("/app/auth/update/sent");
            assertThat(rotating.inbox().messages(NEW)).hasSize(1);
            adas.forget("DS");
            String cameWith = adas.cookie("DSR");
            Answer opened = adas.get(shop.linkTo(NEW).toString());

            assertThat(opened.location()).isEqualTo("/app/auth/update/done");
            assertThat(opened.setCookies())
                    .filteredOn(cookie -> cookie.startsWith("DSR="))
                    .as("one cookie of a name")
                    .hasSize(1);
            String refreshed = rotating.requests().stream()
                    .filter(call -> call.path().equals("/v1/auth/logout"))
                    .map(call -> call.headers().toString())
                    .findFirst()
                    .orElseThrow();
            assertThat(refreshed)
                    .as("what was refreshed for this request, not what it came with")
                    .doesNotContain(cameWith, adas.cookie("DSR"));
        }
    }

    @Test
    void S10_some_time_after_the_sign_in_the_user_has_to_sign_in_again() {
        emulator.advanceClock(Duration.ofMinutes(14));
        Answer form = browser.get(UPDATE);
        assertThat(form.status()).isEqualTo(200);
        emulator.advanceClock(Duration.ofMinutes(2));

        Answer page = browser.get(UPDATE);
        Answer post = browser.post(
                UPDATE,
                Map.of("_descope_csrf", form.hidden("_descope_csrf"), "deliveryMethod", "email", "loginId", NEW));

        assertThat(page.status()).isEqualTo(post.status()).isEqualTo(403);
        assertThat(emulator.inbox().messages(NEW)).isEmpty();
        assertThat(page.body()).contains("sign in again");
        Answer again = browser.post(
                UPDATE, Map.of("_descope_csrf", page.hidden("_descope_csrf"), "again", page.hidden("again")));
        assertThat(again.location()).isEqualTo("/app/auth/sign-in?returnTo=%2Fapp%2Fauth%2Fupdate");
        browser.askForLink("email", ADA, UPDATE);
        assertThat(browser.get(application.linkTo(ADA).toString()).location()).isEqualTo(UPDATE);
        assertThat(ask(browser, "email", NEW).status()).isEqualTo(303);
    }

    @Test
    void S10_nobody_changes_an_address_without_being_signed_in_or_from_another_site() {
        Answer form = browser.get(UPDATE);
        Map<String, String> fields = Map.of("deliveryMethod", "email", "loginId", NEW);

        assertThat(application.browser().get(UPDATE).location())
                .isEqualTo("/app/auth/sign-in?returnTo=%2Fapp%2Fauth%2Fupdate");
        assertThat(browser.post(UPDATE, fields).status()).isEqualTo(403);
        Map<String, String> complete = new java.util.HashMap<>(fields);
        complete.put("_descope_csrf", form.hidden("_descope_csrf"));
        assertThat(browser.post(UPDATE, complete, "Sec-Fetch-Site", "cross-site")
                        .status())
                .isEqualTo(403);
        assertThat(emulator.inbox().messages(NEW)).isEmpty();
    }

    @Test
    void S10_the_refresh_jwt_must_be_of_the_same_user() {
        Browser eve = application.signedIn("eve@example.com");
        Answer form = browser.get(UPDATE);
        browser.plant("DSR", eve.cookie("DSR"));

        Answer answer = browser.post(
                UPDATE,
                Map.of("_descope_csrf", form.hidden("_descope_csrf"), "deliveryMethod", "email", "loginId", NEW));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(emulator.inbox().messages(NEW)).isEmpty();
    }

    @Test
    void S10_the_address_of_somebody_else_is_answered_alike_and_stays_theirs() {
        Browser eve = application.signedIn("eve@example.com");

        Answer taken = ask(browser, "email", "eve@example.com");
        Answer free = ask(browser, "email", NEW);

        assertThat(taken.status()).isEqualTo(free.status()).isEqualTo(303);
        assertThat(taken.location()).isEqualTo(free.location());
        assertThat(user(eve)).isNotEqualTo(user(browser));
    }

    @Test
    void S11_two_changes_opened_in_the_wrong_order_leave_one_user_and_one_session() {
        String before = user(browser);
        ask(browser, "email", "first@new.example");
        ask(browser, "email", "second@new.example");
        URI first = application.linkTo("first@new.example");
        URI second = application.linkTo("second@new.example");

        assertThat(browser.get(second.toString()).status()).isEqualTo(303);
        assertThat(browser.get(first.toString()).status()).isEqualTo(303);

        assertThat(user(browser)).isEqualTo(before);
        assertThat(browser.get("/app/auth/update/done").body()).contains("first@new.example");
    }

    @Test
    void the_session_before_ends_with_the_change() {
        String earlier = browser.cookie("DSR");
        ask(browser, "email", NEW);
        browser.get(application.linkTo(NEW).toString());

        Browser thief = application.browser();
        thief.plant("DSR", earlier);

        assertThat(thief.get("/app/account").status()).isNotEqualTo(200);
    }

    @Test
    void a_used_link_says_so_and_leaves_the_session() {
        ask(browser, "email", NEW);
        URI link = application.linkTo(NEW);
        browser.get(link.toString());
        emulator.advanceClock(Duration.ofSeconds(30));

        Answer again = browser.get(link.toString());

        assertThat(again.status()).isEqualTo(400);
        assertThat(browser.get("/app/account").status()).isEqualTo(200);
    }

    @Test
    void S10_V17_a_Bearer_token_changes_no_address_even_beside_the_cookies_of_its_user() {
        String bearer = "Bearer " + browser.cookie("DS");
        ask(browser, "email", NEW);
        URI link = application.linkTo(NEW);

        Answer form = browser.get(UPDATE, "Authorization", bearer);
        Answer opened = browser.get(link.toString(), "Authorization", bearer);

        assertThat(form.status()).isEqualTo(403);
        assertThat(form.body()).doesNotContain("name=\"loginId\"");
        assertThat(opened.status()).isEqualTo(403);
        assertThat(opened.setCookies()).isEmpty();
        assertThat(Heard.last().reason()).isEqualTo(Reason.NOT_SIGNED_IN_HERE);
        assertThat(browser.get(link.toString()).location())
                .as("the link was not spent")
                .isEqualTo("/app/auth/update/done");
    }

    @Test
    void V17_a_link_to_a_new_address_means_nothing_after_a_day() {
        ask(browser, "email", NEW);
        URI link = application.linkTo(NEW);
        emulator.advanceClock(Duration.ofHours(25));
        assertThat(browser.get("/app/account").status()).as("still signed in").isEqualTo(200);
        long verified = verifications();

        Answer opened = browser.get(link.toString());

        assertThat(opened.status()).isEqualTo(403);
        assertThat(Heard.last().reason()).isEqualTo(Reason.NOT_SIGNED_IN_HERE);
        assertThat(verifications()).as("Descope is not asked").isEqualTo(verified);
    }

    private long verifications() {
        return emulator.requests().stream()
                .filter(call -> call.path().endsWith("/verify"))
                .count();
    }

    @ParameterizedTest
    @CsvSource({"-1, true", "0, false", "1, false"})
    void V17_the_state_of_such_a_link_ends_after_24_hours(int seconds, boolean isOpen) {
        Instant asked = Instant.parse("2026-11-30T12:00:00Z");
        String state = states(asked).issue(DeliveryMethod.EMAIL, "U1");

        UpdateStates later = states(asked.plus(Duration.ofHours(24)).plusSeconds(seconds));

        assertThat(later.open(state, "U1").isPresent()).isEqualTo(isOpen);
    }

    private static UpdateStates states(Instant now) {
        ApplicationSeals seals = new ApplicationSeals(List.of(ServedApplication.SECRET), "shop");
        return new UpdateStates(seals, Clock.fixed(now, ZoneOffset.UTC));
    }

    @Test
    void where_it_is_not_switched_on_the_path_is_the_applications() {
        try (ServedApplication without = ServedApplication.start(emulator)) {
            assertThat(without.signedIn(ADA).get(UPDATE).body()).contains("dispatch=REQUEST");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"15", "m15", "-1m", "0m", "15 minutes"})
    void a_freshness_that_cannot_be_read_names_its_key(String freshness) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServletSettings.forProject(DescopeSettings.forProject("P2abcdefghijklmnopqrstuvwxyz")
                                .build())
                        .publicUrl("https://app.example.com")
                        .updateFreshness(freshness)
                        .build())
                .withMessageContaining("descope.update-freshness");
    }
}
