package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.servlet.SignInEvent.Kind;
import org.descope4j.servlet.SignInEvent.Reason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An application whose own code fails in every way: no door opens, no session is half made, and every answer is a page of ours. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MisbehavingApplicationTest {
    private static final String ADA = "ada@example.com";

    private final DescopeEmulator emulator = DescopeEmulator.start();
    private final ServedApplication application = ServedApplication.start(
            emulator,
            emulator.baseUri(),
            settings -> settings,
            Map.of(
                    SignInHandler.class,
                    Handler.class,
                    SignInListener.class,
                    Listener.class,
                    SendLimiter.class,
                    Limiter.class));

    /** What goes wrong. */
    enum Failure {
        EXCEPTION,
        CHECKED,
        INTERRUPTED,
        FLAG_LEFT_UP,
        STACK_OVERFLOW,
        CLASS_MISSING,
        ASSERTION,
        OUT_OF_MEMORY,
        NULL
    }

    private static @Nullable Failure inDecide;
    private static @Nullable Failure inSignedIn;
    private static @Nullable Failure inListener;
    private static @Nullable Failure inLimiter;
    private static @Nullable Failure inGiveBack;
    private static Optional<Duration> wait = Optional.empty();
    private static int allowed;
    private static final AtomicInteger COUNTED = new AtomicInteger();
    private static final AtomicInteger GIVEN_BACK = new AtomicInteger();
    private static CountDownLatch deciding = new CountDownLatch(0);
    private static CountDownLatch decided = new CountDownLatch(0);
    private static final AtomicInteger DECISIONS = new AtomicInteger();
    private static final List<SignInEvent> EVENTS = new ArrayList<>();

    static void failBy(@Nullable Failure failure) {
        if (failure == null) {
            return;
        }
        switch (failure) {
            case EXCEPTION -> throw new IllegalStateException("the database is down");
            case CHECKED -> MisbehavingApplicationTest.<RuntimeException>sneak(new IOException("sneaky"));
            case INTERRUPTED -> MisbehavingApplicationTest.<RuntimeException>sneak(new InterruptedException("sneaky"));
            case FLAG_LEFT_UP -> {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted");
            }
            case STACK_OVERFLOW -> failBy(failure, 0);
            case CLASS_MISSING -> throw new NoClassDefFoundError("com/example/Missing");
            case ASSERTION -> throw new AssertionError("never");
            case OUT_OF_MEMORY -> throw new OutOfMemoryError("no heap");
            case NULL -> {}
        }
    }

    private static int failBy(Failure failure, int depth) {
        return depth < 0 ? 0 : failBy(failure, depth + 1) + 1;
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable checked) throws T {
        throw (T) checked;
    }

    /** Decides, slowly where the test holds it up. */
    public static final class Handler implements SignInHandler {
        @Override
        @SuppressWarnings("NullAway") // that is the misbehaviour
        public SignInDecision decide(VerifiedSignIn signIn) {
            DECISIONS.incrementAndGet();
            deciding.countDown();
            await(decided);
            failBy(inDecide);
            return inDecide == Failure.NULL ? null : SignInDecision.accept();
        }

        @Override
        public void signedIn(VerifiedSignIn signIn, HttpServletRequest request) {
            request.getSession().setAttribute("note", "half made");
            failBy(inSignedIn);
        }
    }

    /** Hears, and fails. */
    public static final class Listener implements SignInListener {
        @Override
        public void onEvent(SignInEvent event) {
            synchronized (EVENTS) {
                EVENTS.add(event);
            }
            failBy(inListener);
        }
    }

    /** Counts nothing. */
    public static final class Limiter implements SendLimiter {
        @Override
        @SuppressWarnings("NullAway") // that is the misbehaviour
        public Optional<Duration> tryCount(String key, int count, Duration period) {
            failBy(inLimiter);
            return inLimiter == Failure.NULL ? null : COUNTED.incrementAndGet() > allowed ? wait : Optional.empty();
        }

        @Override
        public void giveBack(String key, int count, Duration period) {
            GIVEN_BACK.incrementAndGet();
            failBy(inGiveBack);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody came");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @BeforeEach
    @AfterEach
    void behave() {
        inDecide = null;
        inSignedIn = null;
        inListener = null;
        inLimiter = null;
        inGiveBack = null;
        wait = Optional.empty();
        allowed = 0;
        COUNTED.set(0);
        GIVEN_BACK.set(0);
        deciding = new CountDownLatch(0);
        decided = new CountDownLatch(0);
        DECISIONS.set(0);
        EVENTS.clear();
    }

    @AfterEach
    void stop() {
        application.close();
        emulator.close();
    }

    private long revocations() {
        return emulator.requests().stream()
                .filter(call -> call.path().equals("/v1/auth/logout"))
                .count();
    }

    private static SignInEvent last() {
        return EVENTS.get(EVENTS.size() - 1);
    }

    private static void assertNobody(Browser browser, Answer answer) {
        assertThat(answer.status()).isEqualTo(503);
        VerifyEndpointTest.assertProtected(answer);
        assertThat(answer.body())
                .contains(last().reference())
                .doesNotContain("database", "Exception", "com/example", "org.apache");
        assertThat(last().kind()).isEqualTo(Kind.REFUSED);
        assertThat(last().reason()).isEqualTo(Reason.APPLICATION_FAILED);
        assertThat(answer.setCookies()).noneMatch(cookie -> cookie.matches("(DS|DSR|DSP)=.*"));
        assertThat(browser.get("/app/account").status()).isNotEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void H1_whatever_decide_does_nobody_is_signed_in_and_the_session_is_revoked(Failure failure) {
        inDecide = failure;
        Browser browser = application.browser();
        browser.askForLink("email", ADA, "");

        Answer answer = browser.get(application.linkTo(ADA).toString());

        assertNobody(browser, answer);
        assertThat(revocations()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NULL")
    void H1_whatever_signedIn_throws_nobody_is_signed_in_and_the_http_session_ends(Failure failure) {
        inSignedIn = failure;
        Browser browser = application.browser();
        browser.askForLink("email", ADA, "");

        Answer answer = browser.get(application.linkTo(ADA).toString());

        assertNobody(browser, answer);
        assertThat(revocations()).isEqualTo(1);
        assertThat(browser.get("/app/visit").body()).doesNotContain("half made");
        assertThat(EVENTS).noneMatch(event -> event.kind() == Kind.SIGNED_IN);
    }

    @Test
    void H1_who_was_signed_in_before_stays_so_when_signedIn_fails_for_another() {
        Browser browser = application.signedIn(ADA);
        browser.forget("DSB");
        application.browser().askForLink("email", "bob@example.com", "");
        URI link = application.linkTo("bob@example.com");
        Answer page = browser.get(link.toString());
        inSignedIn = Failure.EXCEPTION;

        Answer answer = browser.confirm(page, link);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(browser.get("/app/account").body()).contains("name=" + ADA);
        assertThat(browser.get("/app/visit").body()).doesNotContain("half made");
    }

    @ParameterizedTest
    @EnumSource
    void H1_whatever_a_listener_does_the_sign_in_goes_on(Failure failure) {
        inListener = failure;
        Browser browser = application.browser();
        browser.askForLink("email", ADA, "");

        assertThat(browser.get(application.linkTo(ADA).toString()).status()).isEqualTo(303);
        assertThat(browser.get("/app/account").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void H1_where_a_limiter_cannot_tell_no_link_is_sent_and_a_page_says_so(Failure failure) {
        inLimiter = failure;
        Browser browser = application.browser();

        Answer answer = browser.askForLink("email", ADA, "");

        assertThat(answer.status()).isEqualTo(503);
        VerifyEndpointTest.assertProtected(answer);
        assertThat(last().reason()).isEqualTo(Reason.APPLICATION_FAILED);
        assertThat(answer.body()).contains(last().reference());
        assertThat(emulator.inbox().messages()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-5S", "PT2562047788015215H30M7.999999999S", "PT-2562047788015215H"})
    void H1_an_absurd_wait_of_a_limiter_is_told_as_a_sensible_one(String absurd) {
        wait = Optional.of(Duration.parse(absurd));

        Answer answer = application.browser().askForLink("email", ADA, "");

        assertThat(answer.status()).isEqualTo(429);
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 86_400);
        VerifyEndpointTest.assertProtected(answer);
    }

    @ParameterizedTest
    @EnumSource
    void H1_what_a_limiter_is_given_back_reaches_it_and_its_failure_reaches_nobody(Failure failure) {
        wait = Optional.of(Duration.ofMinutes(1));
        allowed = 1;
        inGiveBack = failure;

        Answer answer = application.browser().askForLink("email", ADA, "");

        assertThat(answer.status()).isEqualTo(429);
        assertThat(GIVEN_BACK).hasValue(1);
        VerifyEndpointTest.assertProtected(answer);
    }

    @Test
    void H1_V12_a_double_click_asks_the_application_once_however_long_it_takes() throws Exception {
        Browser browser = application.browser();
        browser.askForLink("email", ADA, "");
        URI link = application.linkTo(ADA);
        deciding = new CountDownLatch(1);
        decided = new CountDownLatch(1);
        ExecutorService clicks = Executors.newFixedThreadPool(2);
        try {
            Callable<Answer> click = () -> browser.get(link.toString());
            Future<Answer> first = clicks.submit(click);
            await(deciding);
            emulator.advanceClock(Duration.ofMinutes(2));
            Future<Answer> second = clicks.submit(click);
            decided.countDown();

            assertThat(first.get(20, TimeUnit.SECONDS).status()).isEqualTo(303);
            assertThat(second.get(20, TimeUnit.SECONDS).status()).isEqualTo(303);
        } finally {
            clicks.shutdownNow();
        }
        assertThat(DECISIONS).hasValue(1);
        assertThat(EVENTS).filteredOn(event -> event.kind() == Kind.SIGNED_IN).hasSize(1);
        assertThat(browser.get("/app/account").status()).isEqualTo(200);
    }

    @Test
    void H1_V12_two_clicks_on_a_link_that_decide_failed_for_fail_alike_and_redeem_once() {
        inDecide = Failure.EXCEPTION;
        Browser browser = application.browser();
        browser.askForLink("email", ADA, "");
        URI link = application.linkTo(ADA);

        assertThat(browser.get(link.toString()).status()).isEqualTo(503);
        assertThat(browser.get(link.toString()).status()).isEqualTo(503);

        assertThat(DECISIONS).hasValue(1);
        assertThat(revocations()).isEqualTo(1);
    }
}
