package org.descope4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.descope4j.ScriptedService.json;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.emulator.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Refreshes whose answer does not come in time, where each makes a new refresh JWT and ends the former one. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(120)
class LateAnswersTest {
    private static final String REFRESH = "/v1/auth/refresh";
    private static final String LOGOUT = "/v1/auth/logout";

    private final DescopeEmulator emulator =
            DescopeEmulator.builder().rotatesRefreshTokens(true).start();
    private final ExecutorService users = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        users.shutdownNow();
        emulator.close();
    }

    private Descope patientFor(Duration readTimeout) {
        return Descope.connect(DescopeSettings.forProject(emulator.projectId())
                .baseUri(emulator.baseUri().toString())
                .readTimeout(readTimeout)
                .clock(emulator.clock())
                .build());
    }

    private String refreshJwt(int user) {
        return emulator.signIn("user" + user + "@example.com").refreshJwt();
    }

    @Test
    void an_answer_that_comes_after_its_caller_stopped_waiting_is_given_to_the_next_refresh() {
        try (Descope descope = patientFor(Duration.ofSeconds(1))) {
            String refreshJwt = refreshJwt(1);
            emulator.misbehave(
                    Fault.slow(Duration.ofMillis(2500)).afterObeying().at(REFRESH));
            assertThatThrownBy(() -> descope.sessions().refresh(refreshJwt))
                    .isInstanceOf(DescopeUnavailableException.class)
                    .hasMessageContaining("goes on");

            RefreshedSession late = awaited(descope, refreshJwt);

            assertThat(late.tokens().refreshJwt()).isNotEqualTo(refreshJwt);
            assertThat(calls(REFRESH)).as("asked once").isEqualTo(1);
            assertThat(descope.sessions().refresh(late.tokens().refreshJwt()).session())
                    .isNotNull();
        }
    }

    @Test
    void a_late_answer_whose_session_is_over_by_then_goes_on_by_its_refresh_JWT() {
        emulator.stopClock();
        try (Descope descope = patientFor(Duration.ofSeconds(1))) {
            String refreshJwt = refreshJwt(1);
            emulator.misbehave(
                    Fault.slow(Duration.ofMillis(2500)).afterObeying().at(REFRESH));
            assertThatThrownBy(() -> descope.sessions().refresh(refreshJwt))
                    .isInstanceOf(DescopeUnavailableException.class);
            emulator.advanceClock(Duration.ofMinutes(3));

            RefreshedSession late = awaited(descope, refreshJwt);

            assertThat(late.session().expiresAt()).isAfter(emulator.clock().instant());
        }
    }

    @Test
    void N1_a_late_answer_of_a_session_that_was_logged_out_meanwhile_is_given_to_nobody_and_ended_at_Descope() {
        try (Descope descope = patientFor(Duration.ofSeconds(1))) {
            String refreshJwt = refreshJwt(1);
            emulator.misbehave(
                    Fault.slow(Duration.ofMillis(2500)).afterObeying().at(REFRESH));
            assertThatThrownBy(() -> descope.sessions().refresh(refreshJwt))
                    .isInstanceOf(DescopeUnavailableException.class);

            Throwable ofRotatedJwt = catchThrowable(() -> descope.sessions().logout(refreshJwt));

            assertThat(ofRotatedJwt).isInstanceOf(RefusedByDescopeException.class);
            awaitThat(() -> calls(LOGOUT) == 2);
            assertThatThrownBy(() -> descope.sessions().refresh(refreshJwt))
                    .isInstanceOfSatisfying(
                            RefusedByDescopeException.class,
                            refused -> assertThat(refused.isSessionOver()).isTrue());
        }
    }

    @Test
    void a_hundred_callers_with_one_refresh_JWT_make_one_call_and_take_one_place() throws Exception {
        try (Descope descope = patientFor(Duration.ofSeconds(30))) {
            String refreshJwt = refreshJwt(1);
            emulator.misbehave(Fault.slow(Duration.ofSeconds(1)).at(REFRESH));
            CountDownLatch ready = new CountDownLatch(100);
            List<Future<RefreshedSession>> callers =
                    together(100, ready, i -> descope.sessions().refresh(refreshJwt));

            for (Future<RefreshedSession> caller : callers) {
                assertThat(caller.get().tokens().refreshJwt()).isNotEqualTo(refreshJwt);
            }
            assertThat(calls(REFRESH)).isEqualTo(1);
        }
    }

    @Test
    void three_hundred_sessions_that_end_at_the_same_moment_are_all_refreshed_by_a_healthy_service() throws Exception {
        List<String> refreshJwts =
                IntStream.range(0, 300).mapToObj(this::refreshJwt).toList();
        try (Descope descope = patientFor(Duration.ofSeconds(30))) {
            descope.validator().requireKeys();
            emulator.misbehave(Fault.slow(Duration.ofMillis(40)).times(300).at(REFRESH));
            CountDownLatch ready = new CountDownLatch(300);
            List<Future<RefreshedSession>> callers =
                    together(300, ready, i -> descope.sessions().refresh(refreshJwts.get(i)));

            for (Future<RefreshedSession> caller : callers) {
                assertThat(caller.get().session()).isNotNull();
            }
        }
    }

    @Test
    void while_Descope_does_not_answer_few_refreshes_are_sent_and_after_it_all_are() throws Exception {
        List<String> refreshJwts =
                IntStream.range(0, 11).mapToObj(this::refreshJwt).toList();
        try (Descope descope = patientFor(Duration.ofSeconds(1))) {
            descope.validator().requireKeys();
            emulator.misbehave(Fault.slow(Duration.ofSeconds(4)).times(3).at(REFRESH));
            assertThatThrownBy(() -> descope.sessions().refresh(refreshJwts.get(0)))
                    .isInstanceOf(DescopeUnavailableException.class);
            CountDownLatch ready = new CountDownLatch(10);

            List<Future<RefreshedSession>> callers =
                    together(10, ready, i -> descope.sessions().refresh(refreshJwts.get(i + 1)));

            int refusedAtOnce = 0;
            for (Future<RefreshedSession> caller : callers) {
                Throwable failed = catchThrowable(caller::get);
                assertThat(failed).hasCauseInstanceOf(DescopeUnavailableException.class);
                refusedAtOnce += failed.toString().contains("Nothing was sent") ? 1 : 0;
            }
            assertThat(refusedAtOnce).as("two find out").isEqualTo(8);
            for (String refreshJwt : refreshJwts) {
                assertThat(awaited(descope, refreshJwt).session()).isNotNull();
            }
            assertThat(calls(REFRESH)).as("no refresh JWT was sent twice").isEqualTo(11);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "401, E061005, true",
        "401, E064001, true",
        "403, E061005, true",
        "403, E064001, true",
        "400, E061005, false",
        "404, E064001, false",
        "409, E064001, false",
        "422, E061005, false",
        "401, E011003, false",
        "401, E011002, false",
        "403, E011003, false",
        "400, E062108, false",
        "401, E111119, false"
    })
    void N3_only_401_and_403_with_the_codes_of_a_session_that_is_over_say_that_it_is(
            int status, String code, boolean isOver) throws IOException {
        try (ScriptedService service = new ScriptedService();
                Descope descope = Descope.connect(DescopeSettings.forProject(emulator.projectId())
                        .baseUri(service.baseUri())
                        .build())) {
            service.answers(LOGOUT, json(status, "{\"errorCode\":\"" + code + "\"}"));

            Throwable refused = catchThrowable(() -> descope.sessions().logout(refreshJwt(1)));

            assertThat(refused)
                    .isInstanceOfSatisfying(
                            RefusedByDescopeException.class,
                            e -> assertThat(e.isSessionOver()).isEqualTo(isOver));
        }
    }

    private List<Future<RefreshedSession>> together(
            int number, CountDownLatch ready, IntFunction<RefreshedSession> call) {
        return IntStream.range(0, number)
                .mapToObj(i -> users.submit((Callable<RefreshedSession>) () -> {
                    ready.countDown();
                    ready.await();
                    return call.apply(i);
                }))
                .toList();
    }

    /** Asks again as a person does, until there is an answer. */
    private static RefreshedSession awaited(Descope descope, String refreshJwt) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            try {
                return descope.sessions().refresh(refreshJwt);
            } catch (DescopeUnavailableException e) {
                assertThat(System.nanoTime()).as("awaited in vain").isLessThan(end);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
    }

    private long calls(String path) {
        return emulator.requests().stream()
                .filter(request -> request.path().equals(path))
                .count();
    }

    private static void awaitThat(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("awaited in vain").isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }
}
