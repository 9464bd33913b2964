package org.descope4j.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CachingKeySourceTest {

    private static final SigningKey FIRST = SigningKey.generate("SKfirst", SigningAlgorithm.ES256);
    private static final SigningKey SECOND = SigningKey.generate("SKsecond", SigningAlgorithm.ES256);
    private static final Duration COOL_DOWN = Duration.ofSeconds(5);
    private static final Duration TIME_TO_LIVE = Duration.ofMinutes(10);
    private static final Duration REFRESH_AHEAD = Duration.ofMinutes(8);
    private static final Duration SECOND_OF_TIME = Duration.ofSeconds(1);

    private final MovableClock clock = new MovableClock();
    private final KeyService service = new KeyService(FIRST);
    private final KeySource keys = KeySource.caching(service, clock);
    private final ExecutorService users = Executors.newFixedThreadPool(100);

    @AfterEach
    void end() {
        service.release();
        users.shutdownNow();
    }

    @Test
    void a_known_key_is_found_without_asking_again() {
        find(FIRST);

        assertThat(find(FIRST)).contains(FIRST.verificationKey());
        assertThat(service.callers()).hasSize(1);
    }

    @Test
    void a_hundred_concurrent_first_callers_share_one_request() throws Exception {
        service.hang();
        CountDownLatch ready = new CountDownLatch(100);
        List<Future<Optional<VerificationKey>>> found = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            found.add(users.submit(() -> {
                ready.countDown();
                return find(FIRST);
            }));
        }
        ready.await();

        service.release();

        for (Future<Optional<VerificationKey>> one : found) {
            assertThat(one.get()).contains(FIRST.verificationKey());
        }
        assertThat(service.callers()).hasSize(1);
    }

    @Test
    void concurrent_callers_share_one_request_also_while_the_clock_runs() throws Exception {
        for (int round = 0; round < 50; round++) {
            KeyService running = new KeyService(FIRST);
            KeySource runningKeys = KeySource.caching(running, Clock.systemUTC());
            List<Future<Optional<VerificationKey>>> found = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                found.add(users.submit(() -> runningKeys.find(FIRST.id())));
            }

            for (Future<Optional<VerificationKey>> one : found) {
                assertThat(one.get()).contains(FIRST.verificationKey());
            }
            assertThat(running.callers()).hasSize(1);
        }
    }

    @Test
    void K2_a_flood_of_unknown_key_ids_costs_one_request_per_cool_down_and_the_rest_cannot_be_told() throws Exception {
        find(FIRST);
        clock.move(COOL_DOWN);
        AtomicInteger unknown = new AtomicInteger();
        AtomicInteger untold = new AtomicInteger();
        List<Future<?>> flood = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            String bogus = "SKbogus" + i;
            flood.add(users.submit(() -> {
                try {
                    assertThat(keys.find(bogus)).isEmpty();
                    unknown.incrementAndGet();
                } catch (KeysUnavailableException e) {
                    untold.incrementAndGet();
                }
            }));
        }
        for (Future<?> one : flood) {
            one.get();
        }

        assertThat(service.callers()).hasSize(2);
        assertThat(unknown).hasValue(1);
        assertThat(untold).hasValue(999);
        assertThat(find(FIRST)).isPresent();
    }

    @Test
    void K2_a_genuine_new_key_is_accepted_5_seconds_after_it_appeared_also_in_a_flood() {
        find(FIRST);
        clock.move(COOL_DOWN);
        assertThat(keys.find("SKbogus")).isEmpty();
        service.publish(FIRST, SECOND);

        assertThatThrownBy(() -> find(SECOND)).isInstanceOf(KeysUnavailableException.class);
        clock.move(COOL_DOWN.minusSeconds(1));
        assertThatThrownBy(() -> find(SECOND)).isInstanceOf(KeysUnavailableException.class);
        clock.move(SECOND_OF_TIME);
        assertThat(find(SECOND)).contains(SECOND.verificationKey());
    }

    @Test
    void K2_unknown_key_ids_do_not_wait_for_the_request_of_another() throws Exception {
        find(FIRST);
        clock.move(COOL_DOWN);
        service.hang();
        Future<Optional<VerificationKey>> first = users.submit(() -> keys.find("SKbogus"));
        service.awaitCall();

        assertThatThrownBy(() -> keys.find("SKother")).isInstanceOf(KeysUnavailableException.class);

        service.release();
        assertThat(first.get()).isEmpty();
    }

    @Test
    void K2_failed_requests_are_throttled_like_successful_ones() {
        service.goDown();

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> find(FIRST)).isInstanceOf(KeysUnavailableException.class);
        }

        assertThat(service.callers()).hasSize(1);
    }

    @Test
    void K3_nobody_with_a_known_key_waits_while_the_service_hangs() throws Exception {
        find(FIRST);
        service.hang();
        clock.move(REFRESH_AHEAD);

        assertThat(find(FIRST)).isPresent();
        service.awaitCall();
        assertThat(find(FIRST)).isPresent();

        service.goDown();
        service.release();
        service.callers().get(1).join();
        service.hang();
        clock.move(TIME_TO_LIVE.minus(REFRESH_AHEAD).minusSeconds(20));
        assertThat(find(FIRST)).isPresent();
        service.awaitCall();
        clock.move(Duration.ofSeconds(20));
        assertThat(find(FIRST)).isPresent();
        assertThat(service.callers()).hasSize(3);
    }

    @Test
    void K3_keys_are_fetched_ahead_by_a_thread_that_ends_with_its_request() throws Exception {
        find(FIRST);
        clock.move(REFRESH_AHEAD.minusSeconds(1));
        find(FIRST);
        assertThat(service.callers()).hasSize(1);
        service.hang();
        service.publish(SECOND);
        clock.move(SECOND_OF_TIME);

        assertThat(find(FIRST)).isPresent();

        service.awaitCall();
        Thread behind = service.callers().get(1);
        assertThat(behind).isNotEqualTo(Thread.currentThread()).matches(Thread::isDaemon);
        service.release();
        behind.join();
        assertThat(find(SECOND)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"PT23H59M59S, true", "PT24H, false", "PT24H1S, false"})
    void K4_known_keys_outlive_an_outage_of_up_to_24_hours(Duration outage, boolean isFound) {
        find(FIRST);
        service.goDown();
        clock.move(outage);

        if (isFound) {
            assertThat(find(FIRST)).isPresent();
            assertThat(find(FIRST)).isPresent();
        } else {
            assertThatThrownBy(() -> find(FIRST)).isInstanceOf(KeysUnavailableException.class);
        }
        assertThat(service.callers()).hasSize(2);
    }

    @Test
    void K4_an_outage_warns_the_operator_once() {
        find(FIRST);
        service.goDown();
        try (LogRecorder log = LogRecorder.ofThisPackage()) {
            clock.move(TIME_TO_LIVE);
            find(FIRST);
            clock.move(TIME_TO_LIVE);
            find(FIRST);

            assertThat(log.warnings()).hasSize(1);
        }
    }

    @Test
    void K5_a_cold_start_without_the_service_cannot_tell_and_recovers_by_itself() {
        service.goDown();
        assertThatThrownBy(() -> find(FIRST)).isInstanceOf(KeysUnavailableException.class);
        service.comeUp();
        clock.move(COOL_DOWN);

        assertThat(find(FIRST)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"PT0S, true", "PT9M59S, true", "PT10M, false", "PT12H, false", "PT30H, false"})
    void K6_J33_a_withdrawn_key_is_dead_when_its_time_to_live_is_over(Duration age, boolean isFound) throws Exception {
        find(FIRST);
        service.publish(SECOND);
        clock.move(age);

        assertThat(find(FIRST).isPresent()).isEqualTo(isFound);
    }

    @Test
    void K6_an_outage_that_is_over_does_not_keep_a_withdrawn_key_alive() {
        find(FIRST);
        service.goDown();
        clock.move(TIME_TO_LIVE);
        find(FIRST);
        service.comeUp();
        service.publish(SECOND);
        clock.move(Duration.ofSeconds(30));

        assertThat(find(FIRST)).isEmpty();
    }

    @Test
    void K7_another_key_under_a_known_id_is_used_no_more_than_the_old_one_until_it_is_confirmed() {
        SigningKey namesake = SigningKey.generate(FIRST.id(), SigningAlgorithm.ES256);
        find(FIRST);
        service.publish(namesake, SECOND);
        clock.move(TIME_TO_LIVE);

        try (LogRecorder log = LogRecorder.ofThisPackage()) {
            assertThat(find(FIRST)).isEmpty();
            assertThat(find(SECOND)).isPresent();
            assertThat(log.warnings()).hasSize(1);
        }

        clock.move(COOL_DOWN);
        assertThat(find(FIRST)).contains(namesake.verificationKey());
    }

    @Test
    void K20_a_caller_who_is_interrupted_while_waiting_cannot_tell_and_stays_interrupted() throws Exception {
        service.hang();
        Future<Optional<VerificationKey>> asking = users.submit(() -> find(FIRST));
        service.awaitCall();

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> find(FIRST)).isInstanceOf(KeysUnavailableException.class);

        assertThat(Thread.interrupted()).isTrue();
        service.release();
        assertThat(asking.get()).isPresent();
    }

    @Test
    void a_clock_that_was_set_back_makes_nothing_last_longer() {
        find(FIRST);
        service.publish(SECOND);
        clock.move(Duration.ofDays(-1));

        assertThat(find(FIRST)).isEmpty();
    }

    @Test
    void a_fetcher_that_breaks_its_promise_leaves_nobody_waiting() {
        KeySource broken = KeySource.caching(
                () -> {
                    throw new IllegalStateException("a bug");
                },
                clock);

        assertThatIllegalStateException().isThrownBy(() -> broken.find("SKfirst"));
        assertThatThrownBy(() -> broken.find("SKfirst")).isInstanceOf(KeysUnavailableException.class);
    }

    @Test
    void required_keys_are_fetched_once() {
        keys.requireKeys();
        keys.requireKeys();

        assertThat(service.callers()).hasSize(1);
        assertThat(find(FIRST)).isPresent();
        assertThat(service.callers()).hasSize(1);
    }

    @Test
    void required_keys_that_cannot_be_had_are_reported_each_time() {
        service.goDown();

        assertThatThrownBy(keys::requireKeys).isInstanceOf(KeysUnavailableException.class);
        assertThatThrownBy(keys::requireKeys).isInstanceOf(KeysUnavailableException.class);
        assertThat(service.callers()).hasSize(1);
    }

    private Optional<VerificationKey> find(SigningKey key) {
        return keys.find(key.id());
    }
}
