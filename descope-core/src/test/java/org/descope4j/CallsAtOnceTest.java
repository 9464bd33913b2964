package org.descope4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.descope4j.ScriptedService.json;
import static org.descope4j.session.TokenMint.aSession;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.descope4j.session.MovableClock;
import org.descope4j.session.SigningAlgorithm;
import org.descope4j.session.SigningKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads of a server, one slow Descope. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(120)
class CallsAtOnceTest {
    private static final String PROJECT_ID = "P2abcdefghijklmnopqrstuvwxyz";
    private static final String KEYS = "/v2/keys/" + PROJECT_ID;
    private static final String SIGN_UP_OR_IN = "/v1/auth/magiclink/signup-in/email";
    private static final String VERIFY = "/v1/auth/magiclink/verify";
    private static final URI REDIRECT = URI.create("https://app.example.com/auth/verify");
    private static final int PLACES = 32;
    private static final SigningKey KEY = SigningKey.generate("SKgenuine", SigningAlgorithm.RS256);
    private static final SigningKey NEW_KEY = SigningKey.generate("SKnew", SigningAlgorithm.RS256);
    private static final String SESSION_JWT = aSession().signedBy(KEY);
    private static final String NEW_SESSION_JWT = aSession().signedBy(NEW_KEY);

    private final MovableClock clock = new MovableClock();
    private final ScriptedService service = new ScriptedService().answers(KEYS, json(200, document(KEY)));
    private final Descope descope = Descope.connect(DescopeSettings.forProject(PROJECT_ID)
            .baseUri(service.baseUri())
            .readTimeout(Duration.ofSeconds(30))
            .clock(clock)
            .build());
    private final ExecutorService users = Executors.newCachedThreadPool();

    @AfterEach
    void stop() throws IOException {
        service.close();
        descope.close();
        users.shutdownNow();
    }

    @Test
    void K19_calls_that_wait_for_Descope_take_32_threads_and_leave_the_judgement_of_tokens_alone() throws Exception {
        descope.validator().requireKeys();
        service.answers(SIGN_UP_OR_IN, ScriptedService.HANG);
        List<Future<?>> calls = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            calls.add(users.submit(this::signUpOrIn));
        }

        awaitThat(() -> calls.stream().filter(Future::isDone).count() == 200 - PLACES);
        for (int i = 0; i < 100; i++) {
            assertThat(descope.validator().validate(SESSION_JWT).subject()).isNotBlank();
        }
        service.answers(KEYS, json(200, document(KEY, NEW_KEY)));
        clock.move(Duration.ofSeconds(5));
        assertThat(descope.validator().validate(NEW_SESSION_JWT).subject()).isNotBlank();

        assertThat(service.requests(SIGN_UP_OR_IN)).hasSize(PLACES);
        for (Future<?> call : calls) {
            if (call.isDone()) {
                assertThatThrownBy(call::get)
                        .hasCauseInstanceOf(DescopeUnavailableException.class)
                        .hasMessageContaining("Nothing was sent");
            }
        }
        assertThat(calls).filteredOn(call -> !call.isDone()).hasSize(PLACES);
    }

    @Test
    void K19_a_place_is_free_again_after_a_call_that_failed() {
        service.answers(SIGN_UP_OR_IN, ScriptedService.DROP);
        for (int i = 0; i < 2 * PLACES; i++) {
            assertThatThrownBy(this::signUpOrIn).isInstanceOf(DescopeUnavailableException.class);
        }
        service.answers(SIGN_UP_OR_IN, json(200, "{\"maskedEmail\":\"a***@example.com\"}"));

        signUpOrIn();

        assertThat(service.requests(SIGN_UP_OR_IN)).hasSize(2 * PLACES + 1);
    }

    @Test
    void K20_a_thread_that_is_interrupted_while_it_waits_for_an_answer_goes_on_at_once_and_stays_interrupted()
            throws Exception {
        descope.validator().requireKeys();
        service.answers(VERIFY, ScriptedService.HANG);
        boolean[] isInterrupted = new boolean[1];
        Throwable[] thrown = new Throwable[1];
        Thread waiting = new Thread(() -> {
            thrown[0] = catchThrowable(() -> descope.magicLinks().verify("link-token"));
            isInterrupted[0] = Thread.currentThread().isInterrupted();
        });
        waiting.start();
        awaitThat(() -> !service.requests(VERIFY).isEmpty());

        waiting.interrupt();
        waiting.join(Duration.ofSeconds(10).toMillis());

        assertThat(waiting.isAlive()).isFalse();
        assertThat(thrown[0]).isInstanceOf(DescopeUnavailableException.class);
        assertThat(isInterrupted[0]).isTrue();
        assertThat(service.requests(VERIFY)).hasSize(1);
    }

    @Test
    void K20_a_thread_that_was_interrupted_before_sends_nothing() {
        descope.validator().requireKeys();
        Thread.currentThread().interrupt();

        Throwable thrown = catchThrowable(() -> descope.magicLinks().verify("link-token"));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(thrown).isInstanceOf(DescopeUnavailableException.class);
        assertThat(service.requests(VERIFY)).isEmpty();
    }

    @Test
    void K20_after_closing_no_thread_of_ours_is_left() {
        Set<Thread> before = threads();

        connectFetchTwiceAndClose();

        awaitThat(() -> {
            System.gc(); // the platform's HTTP client ends its thread when nobody refers to the client any more
            return threads().stream().noneMatch(thread -> !before.contains(thread) && isOurs(thread));
        });
    }

    /** Tomcat complains of threads that still run when the listeners of an application have returned. */
    @RepeatedTest(20)
    void K20_closing_waits_for_the_thread_that_watches_answers() {
        Set<Thread> before = threads();
        descope.validator().requireKeys();
        Thread watchman = threads().stream()
                .filter(thread -> !before.contains(thread) && thread.getName().equals("descope-answer-watchman"))
                .findFirst()
                .orElseThrow();

        descope.close();
        boolean isAlive = watchman.isAlive();

        assertThat(isAlive).isFalse();
    }

    /** On its own, so that nothing on the stack of the test refers to the connection any more. */
    private void connectFetchTwiceAndClose() {
        try (Descope another = Descope.connect(DescopeSettings.forProject(PROJECT_ID)
                .baseUri(service.baseUri())
                .clock(clock)
                .build())) {
            another.validator().requireKeys();
            clock.move(Duration.ofMinutes(9));
            another.validator()
                    .validate(aSession()
                            .with("exp", clock.instant().getEpochSecond() + 60)
                            .signedBy(KEY));
        }
    }

    private void signUpOrIn() {
        descope.magicLinks().signUpOrIn(DeliveryMethod.EMAIL, "ada@example.com", REDIRECT);
    }

    private static String document(SigningKey... keys) {
        return new String(SigningKey.document(keys), StandardCharsets.UTF_8);
    }

    private static boolean isOurs(Thread thread) {
        return thread.getName().startsWith("descope") || thread.getName().startsWith("HttpClient");
    }

    private static Set<Thread> threads() {
        return new HashSet<>(Thread.getAllStackTraces().keySet());
    }

    private static void awaitThat(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("awaited in vain").isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }
}
