package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.emulator.Fault;
import org.descope4j.servlet.SignInEvent.Kind;
import org.descope4j.servlet.SignInEvent.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An attacker sends a link of their own, damaged so that no page can name its account: nobody is signed in to it unawares. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class UnnamedLinkTest {
    private static final String EVE = "eve@example.com";
    private static final String PHONE = "+4915112345678";
    private static final List<String> SESSION = List.of("DS", "DSR", "DSP");

    private final DescopeEmulator emulator = DescopeEmulator.start();
    private final ServedApplication application = ServedApplication.start(
            emulator,
            emulator.baseUri(),
            settings -> settings,
            Map.of(SignInListener.class, Heard.class, SignInHandler.class, Asked.class));
    private final Browser victim = application.browser();

    /** Writes down whom it was asked about. */
    public static final class Asked implements SignInHandler {
        private static final List<String> LOGIN_IDS = new CopyOnWriteArrayList<>();

        @Override
        public SignInDecision decide(VerifiedSignIn signIn) {
            LOGIN_IDS.add(signIn.loginId() + " " + signIn.isFirst() + " "
                    + signIn.user().loginIds());
            return signIn.loginId().startsWith("stranger") ? SignInDecision.refuse("unknown") : SignInDecision.accept();
        }
    }

    @BeforeEach
    void forget() {
        Heard.nothing();
        Asked.LOGIN_IDS.clear();
    }

    @AfterEach
    void stop() {
        application.close();
        emulator.close();
    }

    private URI attackersLink(String loginId) {
        application.browser().askForLink(loginId.startsWith("+") ? "sms" : "email", loginId, "");
        return application.linkTo(loginId);
    }

    private static URI with(URI link, String state) {
        return URI.create(
                link.getScheme() + "://" + link.getAuthority() + "/app/auth/verify" + state + "?" + link.getRawQuery());
    }

    private Answer firstClick(URI link) {
        Answer page = victim.get(link.toString());
        assertThat(page.status()).isEqualTo(200);
        return victim.confirm(page, link);
    }

    private void assertNothingWritten(Answer answer) {
        assertThat(answer.setCookies())
                .noneMatch(cookie -> SESSION.stream().anyMatch(name -> cookie.startsWith(name + "=")));
        assertThat(SESSION).noneMatch(victim::has);
        assertThat(victim.get("/app/account").status()).isNotEqualTo(200);
        VerifyEndpointTest.assertProtected(answer);
    }

    private long revocations() {
        return emulator.requests().stream()
                .filter(call -> call.path().equals("/v1/auth/logout"))
                .count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/x", "/cut", "/flipped", "/of another application"})
    void N5_a_link_whose_state_says_nothing_names_its_account_before_any_cookie(String damage) {
        URI link = attackersLink(EVE);
        String state = link.getPath().substring("/app/auth/verify".length());
        URI damaged = with(
                link,
                switch (damage) {
                    case "/cut" -> state.substring(0, state.length() - 1);
                    case "/flipped" -> "/" + (state.charAt(1) == 'A' ? 'B' : 'A') + state.substring(2);
                    case "/of another application" -> "/" + "A".repeat(state.length() - 1);
                    default -> damage;
                });

        Answer named = firstClick(damaged);

        assertThat(named.status()).isEqualTo(200);
        assertThat(named.body()).contains(EVE, "Is this your account?").doesNotContain("eyJ");
        assertNothingWritten(named);
        assertThat(Asked.LOGIN_IDS)
                .as("the application is asked after the user")
                .isEmpty();
        Answer confirmed = victim.confirmAccount(named);
        assertThat(confirmed.status()).isEqualTo(303);
        assertThat(confirmed.location()).isEqualTo("/app/");
        assertThat(victim.get("/app/account").body()).contains("name=" + EVE);
        assertThat(Asked.LOGIN_IDS).containsExactly(EVE + " true [" + EVE + "]");
        assertThat(Heard.last().kind()).isEqualTo(Kind.SIGNED_IN);
    }

    @Test
    void N5_so_does_a_link_in_a_text_message_opened_in_another_browser() {
        URI link = attackersLink(PHONE);

        Answer named = firstClick(link);

        assertThat(named.body()).contains(PHONE);
        assertNothingWritten(named);
        assertThat(victim.confirmAccount(named).status()).isEqualTo(303);
        assertThat(victim.get("/app/account").body()).contains("name=" + PHONE);
    }

    @Test
    void N5_V25_the_state_of_a_text_message_still_refuses_the_token_of_another_number() {
        URI link = attackersLink(PHONE);
        attackersLink("+4915187654321");
        URI glued = URI.create(link.toString().replaceFirst("\\?t=.*", "?t=")
                + emulator.inbox().latest("+4915187654321").token());

        Answer answer = firstClick(glued);

        assertThat(answer.status()).isEqualTo(400);
        assertNothingWritten(answer);
        assertThat(Heard.last().reason()).isEqualTo(Reason.OTHER_USER);
        assertThat(revocations()).isEqualTo(1);
    }

    @Test
    void N5_whoever_declines_is_not_signed_in_and_the_session_is_revoked() {
        URI link = attackersLink(EVE);
        Answer named = firstClick(with(link, ""));

        Answer declined = victim.decline(named);

        assertThat(declined.status()).isEqualTo(200);
        assertThat(declined.body()).contains(Heard.last().reference());
        assertThat(Heard.last().reason()).isEqualTo(Reason.DECLINED_BY_USER);
        assertThat(revocations()).isEqualTo(1);
        assertNothingWritten(declined);
        Answer after = victim.confirmAccount(named);
        assertThat(after.status()).isEqualTo(400);
        assertNothingWritten(after);
        assertThat(Asked.LOGIN_IDS).isEmpty();
    }

    @Test
    void N5_after_a_minute_it_is_too_late_and_the_session_is_revoked() {
        URI link = attackersLink(EVE);
        Answer named = firstClick(with(link, ""));
        emulator.advanceClock(Duration.ofSeconds(60));

        Answer late = victim.confirmAccount(named);

        assertThat(late.status()).isEqualTo(400);
        assertThat(Heard.last().reason()).isEqualTo(Reason.CONFIRMED_TOO_LATE);
        assertThat(revocations()).isEqualTo(1);
        assertNothingWritten(late);
    }

    @Test
    void N5_within_the_minute_it_is_not() {
        Answer named = firstClick(with(attackersLink(EVE), ""));
        emulator.advanceClock(Duration.ofSeconds(59));

        assertThat(victim.confirmAccount(named).status()).isEqualTo(303);
    }

    @Test
    void N5_what_one_browser_was_asked_no_other_can_answer() {
        Browser eve = application.browser();
        URI link = with(attackersLink(EVE), "");
        Answer named = eve.confirm(eve.get(link.toString()), link);
        String csrf = victim.get("/app/auth/sign-in").hidden("_descope_csrf");

        Answer planted =
                victim.post("/app/auth/verify", Map.of("signIn", named.hidden("signIn"), "_descope_csrf", csrf));

        assertThat(planted.status()).isEqualTo(400);
        assertNothingWritten(planted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "AAAA"})
    void N5_a_made_up_answer_is_a_bad_request(String made) {
        String csrf = victim.get("/app/auth/sign-in").hidden("_descope_csrf");

        Answer answer = victim.post("/app/auth/verify", Map.of("signIn", made, "_descope_csrf", csrf));

        assertThat(answer.status()).isEqualTo(400);
        assertNothingWritten(answer);
    }

    @Test
    void N5_V6_the_second_click_needs_the_csrf_pair_too() {
        Answer named = firstClick(with(attackersLink(EVE), ""));

        Answer forged = victim.post("/app/auth/verify", Map.of("signIn", named.hidden("signIn")));

        assertThat(forged.status()).isEqualTo(403);
        assertNothingWritten(forged);
    }

    @Test
    void N5_V12_two_quick_second_clicks_sign_in_and_ask_the_application_once() {
        Answer named = firstClick(with(attackersLink(EVE), ""));
        String before = victim.cookieHeader("/app/auth/verify");
        Map<String, String> form =
                Map.of("signIn", named.hidden("signIn"), "_descope_csrf", named.hidden("_descope_csrf"));
        Browser same = application.browser();

        assertThat(same.post("/app/auth/verify", form, "Cookie", before).status())
                .isEqualTo(303);
        assertThat(same.post("/app/auth/verify", form, "Cookie", before).status())
                .isEqualTo(303);

        assertThat(Asked.LOGIN_IDS).hasSize(1);
        assertThat(Heard.events())
                .filteredOn(event -> event.kind() == Kind.SIGNED_IN)
                .hasSize(1);
    }

    @Test
    void N5_whom_the_application_refuses_at_the_second_click_has_no_session_at_Descope() {
        Answer named = firstClick(with(attackersLink("stranger@example.com"), ""));

        Answer refused = victim.confirmAccount(named);

        assertThat(refused.status()).isEqualTo(403);
        assertThat(revocations()).isEqualTo(1);
        assertNothingWritten(refused);
    }

    @Test
    void N5_V15_it_says_who_is_signed_in_now_and_declining_leaves_them() {
        application.signIn(victim, "ada@example.com");
        Answer named = firstClick(with(attackersLink(EVE), ""));

        assertThat(named.body()).contains("ada@example.com", "Continuing switches the account");
        victim.decline(named);
        assertThat(victim.get("/app/account").body()).contains("name=ada@example.com");
    }

    @Test
    void N5_V18_while_Descope_cannot_be_asked_the_second_click_can_be_tried_again() {
        Answer named = firstClick(with(attackersLink(EVE), ""));
        emulator.misbehave(Fault.status(503).at("/v1/auth/me").times(2));

        Answer unavailable = victim.confirmAccount(named);

        assertThat(unavailable.status()).isEqualTo(503);
        assertNothingWritten(unavailable);
        assertThat(victim.confirmAccount(unavailable).status()).isEqualTo(303);
    }

    @Test
    void V8_the_browser_that_asked_goes_on_with_one_click() {
        assertThat(application.signedIn("ada@example.com").has("DS")).isTrue();
        assertThat(Asked.LOGIN_IDS).hasSize(1);
    }
}
