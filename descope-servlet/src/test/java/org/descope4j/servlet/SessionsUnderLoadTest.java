package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.descope4j.emulator.DescopeEmulator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * Two hundred users at a time, whose sessions are over every few seconds and whose refresh JWTs rotate, while Descope is slow and fails
 * now and then. {@code -Ddescope.load.seconds=60} runs it for a minute, as {@code .ci/run} does.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SessionsUnderLoadTest {
    private static final System.Logger LOG = System.getLogger(SessionsUnderLoadTest.class.getName());
    private static final int USERS = 200;
    /** Longer than a session and the leeway, or nothing is refreshed on a quiet machine. */
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("descope.load.seconds", 20));

    @Test
    void C9_C19_two_hundred_users_stay_who_they_are_and_signed_in() throws Exception {
        try (DescopeEmulator emulator = DescopeEmulator.builder()
                        .rotatesRefreshTokens(true)
                        .sessionLifetime(Duration.ofSeconds(10))
                        .start();
                FaultyDescope faulty = FaultyDescope.before(emulator.baseUri(), 5, Duration.ofMillis(150));
                ServedApplication application =
                        ServedApplication.start(emulator, faulty.baseUri(), settings -> settings)) {
            List<User> users = new ArrayList<>();
            for (int i = 0; i < USERS; i++) {
                users.add(User.signedIn(emulator, application, i));
            }
            Tally tally = new Tally();
            long end = System.nanoTime() + TIME.toNanos();
            ExecutorService threads = Executors.newFixedThreadPool(USERS);
            try {
                List<Callable<Void>> lives = users.stream()
                        .<Callable<Void>>map(user -> () -> {
                            user.browse(end, tally);
                            return null;
                        })
                        .toList();
                for (Future<Void> life : threads.invokeAll(lives)) {
                    life.get();
                }
            } finally {
                threads.shutdownNow();
                assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            }

            LOG.log(
                    System.Logger.Level.INFO,
                    "{0} with {1} calls of Descope answered, {2} failed",
                    tally,
                    faulty.answered(),
                    faulty.failed());
            assertThat(tally.mistaken).as("answers for somebody else").isEmpty();
            assertThat(tally.statuses.keySet())
                    .as("200 for the right user, 503 for try again")
                    .containsAnyOf(200)
                    .isSubsetOf(200, 503);
            assertThat(tally.share(200)).isGreaterThanOrEqualTo(0.95);
            assertThat(faulty.failed()).as("Descope did fail").isPositive();
        }
    }

    private record User(String subject, Browser browser, int number) {
        static User signedIn(DescopeEmulator emulator, ServedApplication application, int number) {
            var tokens = emulator.signIn("user" + number + "@example.com");
            Browser browser = application.browser();
            browser.plant("DS", tokens.sessionJwt());
            browser.plant("DSR", tokens.refreshJwt());
            return new User(SessionRulesTest.subject(tokens.sessionJwt()), browser, number);
        }

        /** A page every second or so. */
        void browse(long end, Tally tally) {
            long pause = Duration.ofMillis(700 + number * 3L).toNanos();
            LockSupport.parkNanos(number * 5_000_000L);
            while (System.nanoTime() < end) {
                Answer answer = browser.get("/app/account/" + number);
                tally.count(answer, subject);
                LockSupport.parkNanos(pause);
            }
        }
    }

    private static final class Tally {
        private final Map<Integer, AtomicInteger> statuses = new ConcurrentHashMap<>();
        private final List<String> mistaken = java.util.Collections.synchronizedList(new ArrayList<>());

        void count(Answer answer, String subject) {
            statuses.computeIfAbsent(answer.status(), status -> new AtomicInteger())
                    .incrementAndGet();
            if (answer.status() == 200 && !answer.body().contains("principal=" + subject + " ")) {
                mistaken.add(answer.body());
            }
        }

        double share(int status) {
            double all = statuses.values().stream().mapToInt(AtomicInteger::get).sum();
            return statuses.getOrDefault(status, new AtomicInteger()).get() / all;
        }

        @Override
        public String toString() {
            return "answers by status " + statuses;
        }
    }
}
