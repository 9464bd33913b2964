package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.servlet.SignInEvent.Kind;
import org.descope4j.servlet.SignInEvent.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application with users of its own, and what it hears of them signing in. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SignInHandlerTest {
    private static final String BOSS = "boss@example.com";

    private final DescopeEmulator emulator = DescopeEmulator.start();
    private final ServedApplication application = ServedApplication.start(
            emulator,
            emulator.baseUri(),
            settings -> settings,
            Map.of(SignInHandler.class, LocalAccounts.class, SignInListener.class, Diary.class));

    /** Decides by the login ID. */
    public static final class LocalAccounts implements SignInHandler {
        @Override
        public SignInDecision decide(VerifiedSignIn signIn) {
            return switch (signIn.loginId()) {
                case BOSS -> SignInDecision.accept().as("the-boss").withRoles("editor");
                case "stranger@example.com" -> SignInDecision.refuse("no such employee\nforged line");
                case "early@example.com" ->
                    signIn.isFirst() ? SignInDecision.refuse("not invited") : SignInDecision.accept();
                case "broken@example.com" -> throw new IllegalStateException("the database is down");
                default -> SignInDecision.accept();
            };
        }

        @Override
        public void signedIn(VerifiedSignIn signIn, HttpServletRequest request) {
            request.getSession().setAttribute("note", "Hello");
        }
    }

    /** Writes down everything, and fails at it. */
    public static final class Diary implements SignInListener {
        private static final List<SignInEvent> EVENTS = new CopyOnWriteArrayList<>();

        @Override
        public void onEvent(SignInEvent event) {
            EVENTS.add(event);
            throw new IllegalStateException("the disk is full");
        }
    }

    @BeforeEach
    void forget() {
        Diary.EVENTS.clear();
    }

    @AfterEach
    void stop() {
        application.close();
        emulator.close();
    }

    @Test
    void a_user_is_who_the_application_says_with_the_roles_that_it_adds() {
        Browser browser = application.signedIn(BOSS);

        assertThat(browser.get("/app/who").body()).contains("the-boss");
        assertThat(browser.get("/app/admin/users").status()).isEqualTo(200);
    }

    @Test
    void that_lasts_over_a_refresh() {
        Browser browser = application.signedIn(BOSS);
        emulator.advanceClock(Duration.ofMinutes(11));

        assertThat(browser.get("/app/admin/users").status()).isEqualTo(200);
        assertThat(browser.get("/app/who").body()).contains("the-boss");
    }

    @Test
    void whom_the_application_does_not_want_is_not_signed_in_and_learns_no_reason() {
        Browser browser = application.browser();
        browser.askForLink("email", "stranger@example.com", "");

        Answer answer = browser.get(application.linkTo("stranger@example.com").toString());

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body())
                .doesNotContain("employee")
                .contains(only(Kind.REFUSED).reference());
        assertThat(browser.has("DS") || browser.has("DSR") || browser.has("DSP"))
                .isFalse();
        assertThat(only(Kind.REFUSED).reason()).isEqualTo(Reason.REFUSED_BY_APPLICATION);
        assertThat(only(Kind.REFUSED).detail()).isEqualTo("no such employee?forged line");
    }

    @Test
    void S9_an_account_can_be_looked_at_before_its_first_sign_in() {
        Browser browser = application.browser();
        browser.askForLink("email", "early@example.com", "");

        Answer first = browser.get(application.linkTo("early@example.com").toString());

        assertThat(first.status()).isEqualTo(403);
        assertThat(browser.has("DS")).isFalse();
        assertThat(only(Kind.REFUSED).detail()).isEqualTo("not invited");
        assertThat(application.signedIn("early@example.com").has("DS")).isTrue();
    }

    @Test
    void an_application_that_cannot_tell_signs_nobody_in() {
        Browser browser = application.browser();
        browser.askForLink("email", "broken@example.com", "");

        Answer answer = browser.get(application.linkTo("broken@example.com").toString());

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).doesNotContain("database");
        assertThat(browser.has("DS")).isFalse();
        assertThat(only(Kind.REFUSED).reason()).isEqualTo(Reason.APPLICATION_FAILED);
    }

    @Test
    void tokens_that_did_not_come_through_the_application_are_no_session_in_cookies() {
        Browser elsewhere = application.signedIn("eve@example.com");
        Browser browser = application.browser();

        browser.plant("DS", elsewhere.cookie("DS"));
        browser.plant("DSR", elsewhere.cookie("DSR"));

        assertThat(browser.get("/app/account").status()).isNotEqualTo(200);
        assertThat(browser.has("DS")).isFalse();
    }

    @Test
    void a_kinder_decision_of_an_earlier_session_cannot_be_put_back() {
        Browser before = application.signedIn(BOSS);
        Browser now = application.signedIn(BOSS);

        now.plant("DSP", before.cookie("DSP"));

        assertThat(now.get("/app/admin/users").status()).isNotEqualTo(200);
    }

    @Test
    void every_step_is_an_event_without_login_ids_whatever_the_listener_does() {
        Browser browser = application.signedIn("ada@example.com");
        Browser other = application.browser();
        URI link = application.linkTo("ada@example.com");
        other.confirm(other.get(link.toString()), link);

        assertThat(Diary.EVENTS)
                .extracting(SignInEvent::kind)
                .containsExactly(Kind.LINK_SENT, Kind.SIGNED_IN, Kind.CONFIRMED, Kind.REFUSED);
        assertThat(only(Kind.SIGNED_IN).userId()).isPresent();
        assertThat(only(Kind.SIGNED_IN).clientAddress()).isEqualTo("127.0.0.1");
        assertThat(only(Kind.REFUSED).reason()).isEqualTo(Reason.LINK_USED_OR_EXPIRED);
        assertThat(Diary.EVENTS)
                .allSatisfy(event -> assertThat(event.toString()).doesNotContain("ada@example.com", "127.0.0.1"));
        assertThat(browser.get("/app/visit").body()).contains("note=Hello");
    }

    @Test
    void the_reference_on_a_page_is_that_of_the_event() {
        Browser browser = application.browser();

        Answer page = browser.get("/app/auth/verify");

        Matcher reference = Pattern.compile("[2-9B-Z]{4}-[2-9B-Z]{4}").matcher(page.body());
        assertThat(reference.find()).isTrue();
        assertThat(only(Kind.REFUSED).reference()).isEqualTo(reference.group());
        assertThat(only(Kind.REFUSED).reason()).isEqualTo(Reason.LINK_DAMAGED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Editor", "=x", "x=", "a=b=c"})
    void a_role_map_that_cannot_be_read_names_its_key(String map) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RoleMap.parse(map))
                .withMessageContaining("descope.roles.map");
    }

    @Test
    void a_role_of_Descope_is_what_the_application_calls_it_too() {
        RoleMap map = RoleMap.parse("Tenant Admin=admin, Editor=author");

        assertThat(map.applyTo(java.util.Set.of("Tenant Admin"))).containsExactlyInAnyOrder("Tenant Admin", "admin");
        assertThat(map.applyTo(java.util.Set.of("tenant admin"))).containsExactly("tenant admin");
    }

    private static SignInEvent only(Kind kind) {
        Predicate<SignInEvent> isOfKind = event -> event.kind() == kind;
        assertThat(Diary.EVENTS).filteredOn(isOfKind).hasSize(1);
        return Diary.EVENTS.stream().filter(isOfKind).findFirst().orElseThrow();
    }
}
