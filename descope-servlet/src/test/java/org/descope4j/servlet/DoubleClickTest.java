package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.emulator.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The same form posted twice: by a quick finger, by a hasty one, and on purpose. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DoubleClickTest {
    private static final String ADA = "ada@example.com";
    private static final String FORM = "/app/auth/sign-in";
    private static final String SENT = "/app/auth/sign-in/sent";

    private final DescopeEmulator emulator = DescopeEmulator.start();
    private final FaultyDescope descope = FaultyDescope.before(emulator.baseUri(), 0, Duration.ZERO);
    private final ServedApplication application =
            ServedApplication.start(emulator, descope.baseUri(), settings -> settings.updateMethods("email"));
    private final Browser browser = application.browser();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
        application.close();
        descope.close();
        emulator.close();
    }

    private Map<String, String> form(String loginId) {
        String csrf = browser.get(FORM).hidden("_descope_csrf");
        return Map.of("_descope_csrf", csrf, "loginId", loginId, "deliveryMethod", "email");
    }

    @Test
    void N11_two_clicks_at_the_same_moment_send_one_message_and_get_one_answer() throws Exception {
        Map<String, String> form = form(ADA);
        FaultyDescope.Gate gate = descope.hold("/v1/auth/magiclink/signup-in/email");
        List<Future<Answer>> clicks = new ArrayList<>();
        clicks.add(threads.submit(() -> browser.post(FORM, form)));
        gate.awaitCall();
        clicks.add(threads.submit(() -> browser.post(FORM, form)));
        gate.open();

        Answer first = clicks.get(0).get();
        Answer second = clicks.get(1).get();
        assertThat(second.status()).isEqualTo(first.status()).isEqualTo(303);
        assertThat(second.location()).isEqualTo(first.location());
        assertThat(second.setCookie("DSB")).isEqualTo(first.setCookie("DSB")).isNotEmpty();
        assertThat(emulator.inbox().messages(ADA)).hasSize(1);
        assertThat(browser.get(application.linkTo(ADA).toString()).status()).isEqualTo(303);
    }

    @Test
    void N11_a_click_a_moment_after_the_answer_sends_no_second_message_and_is_not_counted() {
        Map<String, String> form = form(ADA);
        for (int click = 0; click < 10; click++) {
            assertThat(browser.post(FORM, form).status()).isEqualTo(303);
        }
        assertThat(emulator.inbox().messages(ADA)).hasSize(1);

        for (int link = 0; link < 4; link++) {
            assertThat(browser.askForLink("email", ADA, "").status()).isEqualTo(303);
        }
        assertThat(browser.askForLink("email", ADA, "").status()).isEqualTo(429);
    }

    @Test
    void who_was_shown_the_form_anew_or_waited_means_it() {
        browser.post(FORM, form(ADA));
        Map<String, String> again = form(ADA);
        browser.post(FORM, again);
        assertThat(emulator.inbox().messages(ADA)).hasSize(2);

        emulator.advanceClock(DoubleClicks.KEPT);
        browser.post(FORM, again);
        assertThat(emulator.inbox().messages(ADA)).hasSize(3);
    }

    @Test
    void another_entry_another_browser_and_a_page_that_failed_are_no_double_click() {
        Map<String, String> form = form(ADA);
        browser.post(FORM, form);
        Map<String, String> other = new HashMap<>(form);
        other.put("loginId", "bob@example.com");
        browser.post(FORM, other);
        assertThat(emulator.inbox().messages("bob@example.com")).hasSize(1);
        application.browser().askForLink("email", ADA, "");
        assertThat(emulator.inbox().messages(ADA)).hasSize(2);

        Map<String, String> eve = form("eve@example.com");
        emulator.misbehave(
                Fault.status(503).at("/v1/auth/magiclink/signup-in/email").times(1));
        assertThat(browser.post(FORM, eve).status()).isEqualTo(503);
        assertThat(browser.post(FORM, eve).status()).isEqualTo(303);
        assertThat(emulator.inbox().messages("eve@example.com")).hasSize(1);
    }

    @Test
    void N11_a_second_click_on_send_again_on_step_up_and_on_update_sends_nothing() {
        application.signIn(browser, ADA);
        int before = emulator.inbox().messages(ADA).size();
        Answer stepUp = browser.get("/app/auth/step-up");
        Map<String, String> proof = Map.of("_descope_csrf", stepUp.hidden("_descope_csrf"));
        Answer first = browser.post("/app/auth/step-up", proof);
        Answer second = browser.post("/app/auth/step-up", proof);
        assertThat(second.location()).isEqualTo(first.location()).contains("step-up/sent");
        assertThat(second.setCookie("DSB")).isEqualTo(first.setCookie("DSB"));
        assertThat(emulator.inbox().messages(ADA)).hasSize(before + 1);

        Answer update = browser.get("/app/auth/update");
        Map<String, String> address = Map.of(
                "_descope_csrf", update.hidden("_descope_csrf"),
                "deliveryMethod", "email",
                "loginId", "ada@new.example");
        browser.post("/app/auth/update", address);
        browser.post("/app/auth/update", address);
        assertThat(emulator.inbox().messages("ada@new.example")).hasSize(1);

        Browser waiting = application.browser();
        waiting.askForLink("email", "bob@example.com", "");
        String csrf = waiting.get(FORM).hidden("_descope_csrf");
        emulator.advanceClock(Duration.ofSeconds(31));
        waiting.post(SENT, Map.of("_descope_csrf", csrf));
        waiting.post(SENT, Map.of("_descope_csrf", csrf));
        assertThat(emulator.inbox().messages("bob@example.com")).hasSize(2);
        assertThat(waiting.get(application.linkTo("bob@example.com").toString()).status())
                .isEqualTo(303);
    }

    @Test
    void a_crowd_of_clicks_that_wait_takes_no_threads() throws Exception {
        Map<String, String> form = form(ADA);
        FaultyDescope.Gate gate = descope.hold("/v1/auth/magiclink/signup-in/email");
        Future<Answer> leading = threads.submit(() -> browser.post(FORM, form));
        gate.awaitCall();
        List<Future<Answer>> crowd = new ArrayList<>();
        for (int click = 0; click < 12; click++) {
            crowd.add(threads.submit(() -> browser.post(FORM, form)));
        }
        // nine of them are answered while the first one still waits
        int refused = 0;
        while (refused < 9) {
            refused = (int) crowd.stream().filter(Future::isDone).count();
            Thread.onSpinWait();
        }
        gate.open();

        assertThat(leading.get().status()).isEqualTo(303);
        int alike = 0;
        for (Future<Answer> click : crowd) {
            alike += click.get().status() == 303 ? 1 : 0;
        }
        assertThat(alike).isEqualTo(3);
        assertThat(emulator.inbox().messages(ADA)).hasSize(1);
    }
}
