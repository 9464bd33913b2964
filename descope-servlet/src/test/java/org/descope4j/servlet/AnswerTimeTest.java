package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.descope4j.DescopeSettings;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a request for a link is answered: whatever takes Descope longer for one account than for another shows in no answer. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AnswerTimeTest {
    private static final String SIGN_IN = "/v1/auth/magiclink/signup-in/email";
    private static final String FORM = "/app/auth/sign-in";

    private final DescopeEmulator emulator = DescopeEmulator.start();
    private final FaultyDescope descope = FaultyDescope.before(emulator.baseUri(), 0, Duration.ZERO);

    /** Hears events on whatever thread they are told. */
    public static final class Queue implements SignInListener {
        private static final BlockingQueue<SignInEvent> EVENTS = new LinkedBlockingQueue<>();
        private static final BlockingQueue<String> LOADERS = new LinkedBlockingQueue<>();

        /** For the service loader. */
        public Queue() {}

        @Override
        public void onEvent(SignInEvent event) {
            LOADERS.add(String.valueOf(Thread.currentThread().getContextClassLoader()));
            EVENTS.add(event);
        }

        static SignInEvent next() throws InterruptedException {
            SignInEvent event = EVENTS.poll(20, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("No event came");
            }
            return event;
        }
    }

    @BeforeEach
    void hearNothing() {
        Queue.EVENTS.clear();
        Queue.LOADERS.clear();
    }

    @AfterEach
    void stop() {
        descope.close();
        emulator.close();
    }

    private ServedApplication answering(String time) {
        return ServedApplication.start(
                emulator,
                descope.baseUri(),
                settings -> settings.answerTime(time).trustedProxies("127.0.0.1"),
                Map.of(SignInListener.class, Queue.class));
    }

    @Test
    void S1_an_account_for_which_Descope_takes_long_is_answered_before_Descope_does() throws Exception {
        try (ServedApplication application = answering("PT0.2S")) {
            Answer quick = application.browser().askForLink("email", "eve@example.com", "");
            assertThat(Queue.next().kind()).isEqualTo(Kind.LINK_SENT);
            FaultyDescope.Gate gate = descope.hold(SIGN_IN);

            Answer slow = askedFrom(application, "203.0.113.5", "ada@example.com");
            gate.awaitCall();
            assertThat(emulator.inbox().messages("ada@example.com")).isEmpty();
            assertThat(slow.status()).isEqualTo(quick.status()).isEqualTo(303);
            assertThat(slow.location()).isEqualTo(quick.location());
            assertThat(slow.headers().keySet()).isEqualTo(quick.headers().keySet());
            assertThat(slow.setCookie("DSB").length())
                    .isEqualTo(quick.setCookie("DSB").length());

            // the server has long used the request for another client's
            application.browser().get(FORM, "X-Forwarded-For", "198.51.100.9");
            gate.open();
            SignInEvent late = Queue.next();
            assertThat(late.kind()).isEqualTo(Kind.LINK_SENT);
            assertThat(late.clientAddress()).isEqualTo("203.0.113.5");
            assertThat(emulator.inbox().messages("ada@example.com")).hasSize(1);
            assertThat(Queue.LOADERS).allMatch(loader -> loader.contains("app"));
        }
    }

    @Test
    void S1_a_refusal_that_comes_late_is_an_event_and_nothing_else() throws Exception {
        emulator.misbehave(Fault.status(403).at(SIGN_IN).times(1));
        FaultyDescope.Gate gate = descope.hold(SIGN_IN);
        try (ServedApplication application = answering("PT0.2S")) {
            Answer answer = application.browser().askForLink("email", "dis@example.com", "");
            assertThat(answer.status()).isEqualTo(303);
            gate.open();

            SignInEvent late = Queue.next();
            assertThat(late.kind()).isEqualTo(Kind.LINK_NOT_SENT);
            assertThat(late.reason()).isEqualTo(Reason.REFUSED_BY_DESCOPE);
        }
    }

    @ParameterizedTest
    @CsvSource({"email, eve@example.com, 0", "email, dis@example.com, 403", "sms, +8821612345678, 0"})
    void S1_what_is_known_early_is_answered_no_earlier(String method, String recipient, int refusal) {
        if (refusal > 0) {
            emulator.misbehave(Fault.status(refusal).at(SIGN_IN).times(1));
        }
        try (ServedApplication application = ServedApplication.start(
                emulator,
                descope.baseUri(),
                settings -> settings.answerTime("PT0.4S").phonePrefixes("+49"))) {
            Browser browser = application.browser();
            String csrf = browser.get(FORM).hidden("_descope_csrf");
            long before = System.nanoTime();
            Answer answer =
                    browser.post(FORM, Map.of("_descope_csrf", csrf, "loginId", recipient, "deliveryMethod", method));

            assertThat(answer.status()).isEqualTo(303);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(400));
        }
    }

    @Test
    void what_concerns_everybody_is_told_where_it_is_known_in_time() throws Exception {
        try (ServedApplication application = answering("3s")) {
            emulator.misbehave(Fault.status(503).at(SIGN_IN).times(1));
            assertThat(application
                            .browser()
                            .askForLink("email", "ada@example.com", "")
                            .status())
                    .isEqualTo(503);
            assertThat(Queue.next().reason()).isEqualTo(Reason.DESCOPE_UNAVAILABLE);
        }
    }

    @Test
    void when_too_many_calls_are_under_way_everybody_is_told_alike_and_nobodys_share_is_used() throws Exception {
        FaultyDescope.Gate gate = descope.hold(SIGN_IN);
        try (ServedApplication application = ServedApplication.start(
                emulator,
                descope.baseUri(),
                settings ->
                        settings.answerTime("PT0.05S").limitPerRecipient("1/h").trustedProxies("127.0.0.1"),
                Map.of(SignInListener.class, Queue.class))) {
            // half of the 32 calls that may be under way
            for (int call = 0; call < 16; call++) {
                assertThat(askedFrom(application, "203.0.113." + call, "u" + call + "@example.com")
                                .status())
                        .isEqualTo(303);
            }

            Answer full = askedFrom(application, "198.51.100.1", "ada@example.com");
            assertThat(full.status()).isEqualTo(503);
            assertThat(Queue.next().reason()).isEqualTo(Reason.TOO_MANY_AT_ONCE);
            gate.open();
            for (int call = 0; call < 16; call++) {
                assertThat(Queue.next().kind()).isEqualTo(Kind.LINK_SENT);
            }

            assertThat(askedFrom(application, "198.51.100.1", "ada@example.com").status())
                    .as("the only link of an hour is still there")
                    .isEqualTo(303);
            assertThat(Queue.next().kind()).isEqualTo(Kind.LINK_SENT);
        }
    }

    /** A store of counts that is out of reach. */
    public static final class Broken implements SendLimiter {
        /** For the service loader. */
        public Broken() {}

        @Override
        public java.util.Optional<Duration> tryCount(String key, int count, Duration period) {
            throw new IllegalStateException("the store is away");
        }
    }

    @Test
    void a_limiter_that_fails_is_a_page_with_a_reference_and_no_link() {
        try (ServedApplication application = ServedApplication.start(
                emulator, descope.baseUri(), settings -> settings, Map.of(SendLimiter.class, Broken.class))) {
            Answer answer = application.browser().askForLink("email", "ada@example.com", "");

            assertThat(answer.status()).isEqualTo(503);
            VerifyEndpointTest.assertProtected(answer);
            assertThat(answer.body()).doesNotContain("store", "Exception");
            assertThat(emulator.inbox().messages()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1s", "PT-1S", "11s", "1h", "soon", "1"})
    void an_answer_time_that_makes_no_sense_names_its_key(String time) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServletSettings.forProject(DescopeSettings.forProject("P2abcdefghijklmnopqrstuvwxyz")
                                .build())
                        .publicUrl("https://app.example.com")
                        .answerTime(time)
                        .build())
                .withMessageContaining("descope.answer-time");
    }

    private static Answer askedFrom(ServedApplication application, String client, String email) {
        Browser browser = new Browser(URI.create(application.base().toString()), java.time.Clock.systemUTC());
        String csrf = browser.get(FORM).hidden("_descope_csrf");
        return browser.post(
                FORM,
                Map.of("_descope_csrf", csrf, "loginId", email, "deliveryMethod", "email"),
                "X-Forwarded-For",
                client);
    }
}
