package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.descope4j.emulator.DescopeEmulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code descope.secret} that was made at the start, was replaced, or is another on each of two nodes for a while (issue 14, point 8): a new
 * sign-in works, nobody is sent in circles, and where the application decides who signs in, a profile that cannot be read is no session.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SecretChangesTest {
    private static final String ADA = "ada@example.com";
    private static final String OTHER_SECRET = "another secret of the tests of more than 32 characters";
    private static final String[] AS_A_PERSON = {
        "Accept", "text/html", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document"
    };

    private final DescopeEmulator emulator = DescopeEmulator.start();
    private final List<ServedApplication> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(ServedApplication::close);
        emulator.close();
    }

    enum Decider {
        DESCOPE,
        APPLICATION
    }

    /** Adds a role, so that it shows whether it was asked. */
    public static final class Editors implements SignInHandler {
        @Override
        public SignInDecision decide(VerifiedSignIn signIn) {
            return SignInDecision.accept().withRoles("editor");
        }
    }

    private ServedApplication node(Decider decider, String... secrets) {
        ServedApplication node = ServedApplication.start(
                emulator,
                emulator.baseUri(),
                settings -> settings.secrets(secrets),
                decider == Decider.DESCOPE ? Map.of() : Map.of(SignInHandler.class, Editors.class));
        started.add(node);
        return node;
    }

    @ParameterizedTest
    @EnumSource
    void after_a_start_with_another_secret_a_new_sign_in_works_with_all_old_cookies_there(Decider decider) {
        Browser before = node(decider, ServedApplication.SECRET).signedIn(ADA);
        before.get("/app/auth/sign-in");
        ServedApplication restarted = node(decider, OTHER_SECRET);
        Browser browser = before.at(restarted.base());

        Answer page = follow(browser, "/app/account");

        if (decider == Decider.DESCOPE) {
            assertThat(page.body()).as("the session is Descope's").contains("principal=");
        } else {
            assertThat(page.body()).as("the form").contains("name=\"loginId\"");
            assertThat(browser.has("DS") || browser.has("DSR")).isFalse();
            signInByForm(restarted, browser);
            assertThat(browser.get("/app/admin/x").status())
                    .as("with the role of the handler")
                    .isEqualTo(200);
        }
        signOut(browser);
        signInByForm(restarted, browser);
        assertThat(follow(browser, "/app/account").body()).contains("name=" + ADA);
    }

    @ParameterizedTest
    @EnumSource
    void a_profile_that_cannot_be_read_lends_no_role_and_no_session_where_the_application_decides(Decider decider) {
        Browser before = node(decider, ServedApplication.SECRET).signedIn(ADA);
        ServedApplication restarted = node(decider, OTHER_SECRET);
        for (String left : List.of("DS", "DSR")) {
            Browser browser = before.at(restarted.base());
            browser.forget(left.equals("DS") ? "DSR" : "DS");

            Answer answer = browser.get("/app/account");
            Answer asEditor = before.at(restarted.base()).get("/app/admin/x");

            assertThat(answer.status()).isEqualTo(decider == Decider.DESCOPE ? 200 : 401);
            assertThat(asEditor.status()).isNotEqualTo(200);
        }
        emulator.advanceClock(Duration.ofMinutes(11));
        Answer refreshed = before.at(restarted.base()).get("/app/account");
        assertThat(refreshed.status()).isEqualTo(decider == Decider.DESCOPE ? 200 : 401);
    }

    @ParameterizedTest
    @EnumSource
    void while_two_nodes_have_different_secrets_a_sign_in_works_whichever_serves_a_step(Decider decider) {
        ServedApplication one = node(decider, ServedApplication.SECRET);
        ServedApplication other = node(decider, OTHER_SECRET);
        for (int order = 0; order < 4; order++) {
            Browser asked = (order & 1) == 0 ? one.browser() : other.browser();
            String email = "user" + order + "@example.com";
            asked.askForLink("email", email, "");
            ServedApplication opened = (order & 2) == 0 ? one : other;
            Browser browser = asked.at(opened.base());
            URI link = opened.linkTo(email);
            Answer page = browser.get(link.toString(), AS_A_PERSON);
            for (int clicks = 0; page.status() == 200 && clicks < 2; clicks++) {
                page = page.body().contains("name=\"signIn\"")
                        ? browser.confirmAccount(page)
                        : browser.confirm(page, link);
            }

            assertThat(page.status()).isEqualTo(303);
            assertThat(browser.get("/app/account").body()).contains("name=" + email);
            Browser onOther = browser.at((opened.equals(one) ? other : one).base());
            follow(onOther, "/app/account");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_secret_that_is_rotated_with_the_old_one_behind_it_signs_nobody_out(Decider decider) {
        Browser before = node(decider, ServedApplication.SECRET).signedIn(ADA);
        ServedApplication rotated = node(decider, OTHER_SECRET, ServedApplication.SECRET);

        Answer answer = before.at(rotated.base()).get("/app/account");

        assertThat(answer.body()).contains("name=" + ADA);
    }

    private static void signInByForm(ServedApplication application, Browser browser) {
        browser.askForLink("email", ADA, "");
        Answer answer = browser.get(application.linkTo(ADA).toString(), AS_A_PERSON);
        assertThat(answer.status()).isEqualTo(303);
    }

    private static void signOut(Browser browser) {
        Answer page = browser.get("/app/auth/sign-out");
        browser.post("/app/auth/sign-out", Map.of("_descope_csrf", page.hidden("_descope_csrf")));
        assertThat(browser.has("DSR")).isFalse();
    }

    /** As a browser does, but no further than people have patience for. */
    private static Answer follow(Browser browser, String path) {
        Answer answer = browser.get(path, AS_A_PERSON);
        for (int redirects = 0; answer.status() == 303; redirects++) {
            assertThat(redirects).as("redirects").isLessThan(4);
            answer = browser.get(answer.location(), AS_A_PERSON);
        }
        return answer;
    }
}
