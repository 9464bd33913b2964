package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.descope4j.emulator.DescopeEmulator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * Two hundred users, many at a time, whose sessions are over every few seconds and whose refresh JWTs rotate, while Descope is slow and
 * fails now and then. Seconds are those of the emulator's clock, which moves between two rounds of visits: how many sessions expire does
 * not depend on how fast the machine is. {@code -Ddescope.load.seconds=60} runs it for a minute of that clock, as {@code .ci/run} does.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SessionsUnderLoadTest {
    private static final System.Logger LOG = System.getLogger(SessionsUnderLoadTest.class.getName());
    private static final int USERS = 200;
    /** Fewer than the calls of Descope that are made at once: what is answered 503 is then Descope's failure, not ours. */
    private static final int AT_ONCE = 24;

    private static final Duration BETWEEN_VISITS = Duration.ofSeconds(2);
    /** Two lives of a session and the leeway, or little would be refreshed. */
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("descope.load.seconds", 30));

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
                emulator.advanceClock(Duration.ofMillis(50)); // or all sessions would be over at once
            }
            Tally tally = new Tally();
            Instant end = emulator.clock().instant().plus(TIME);
            ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
            try {
                while (emulator.clock().instant().isBefore(end)) {
                    List<Callable<Void>> visits = users.stream()
                            .<Callable<Void>>map(user -> () -> {
                                user.visit(tally);
                                return null;
                            })
                            .toList();
                    for (Future<Void> visit : threads.invokeAll(visits)) {
                        visit.get();
                    }
                    emulator.advanceClock(BETWEEN_VISITS);
                }
            } finally {
                threads.shutdownNow();
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

        void visit(Tally tally) {
            tally.count(browser.get("/app/account/" + number), subject);
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
