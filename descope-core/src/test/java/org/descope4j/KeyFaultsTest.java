package org.descope4j;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.descope4j.session.TokenMint.aSession;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.descope4j.session.InvalidSessionException;
import org.descope4j.session.InvalidSessionException.Reason;
import org.descope4j.session.KeysUnavailableException;
import org.descope4j.session.MovableClock;
import org.descope4j.session.Session;
import org.descope4j.session.SigningAlgorithm;
import org.descope4j.session.SigningKey;
import org.descope4j.session.TokenMint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What signed-in users notice while the service that publishes the keys is slow, down, or changes them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class KeyFaultsTest {
    private static final String PROJECT_ID = "P2abcdefghijklmnopqrstuvwxyz";
    private static final Duration COOL_DOWN = Duration.ofSeconds(5);
    private static final SigningKey KEY = SigningKey.generate("SKgenuine", SigningAlgorithm.RS256);
    private static final SigningKey NEW_KEY = SigningKey.generate("SKnew", SigningAlgorithm.RS256);
    private static final SigningKey ELLIPTIC_KEY = SigningKey.generate("SKelliptic", SigningAlgorithm.ES256);
    private static final String SESSION_JWT = lasting().signedBy(KEY);
    private static final String NEW_SESSION_JWT = lasting().signedBy(NEW_KEY);

    private final MovableClock clock = new MovableClock();
    private final KeyServer server = new KeyServer();
    private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();
    private final ExecutorService users = Executors.newCachedThreadPool(this::thread);
    private static final ExecutorService FORGERS = Executors.newFixedThreadPool(50, task -> {
        Thread thread = new Thread(task, "forger");
        thread.setDaemon(true);
        return thread;
    });

    private final Descope descope = connect(Duration.ofSeconds(30));

    @AfterEach
    void stop() throws IOException {
        server.release();
        users.shutdownNow();
        descope.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"100", "20"})
    void K2_concurrent_first_requests_share_one_fetch_however_slow_and_all_succeed(int count) throws Exception {
        server.publish(KEY);
        server.hold();
        List<Future<Session>> sessions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sessions.add(users.submit(() -> descope.validator().validate(SESSION_JWT)));
        }
        awaitThat(() -> server.requests() == 1
                && threads.size() == count
                && threads.stream().allMatch(KeyFaultsTest::isWaiting));

        server.release();

        for (Future<Session> session : sessions) {
            assertThat(session.get().subject()).isNotBlank();
        }
        assertThat(server.requests()).isEqualTo(1);
    }

    @Test
    void K2_a_thousand_forged_tokens_in_50_threads_cost_one_fetch_per_cool_down() {
        server.publish(KEY);
        descope.validator().validate(SESSION_JWT);
        for (int round = 0; round < 3; round++) {
            clock.move(COOL_DOWN);
            List<Future<?>> flood = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                String forged = forged("SKrandom" + round + "x" + i);
                flood.add(FORGERS.submit(() -> descope.validator().validate(forged)));
            }
            for (Future<?> one : flood) {
                assertThatThrownBy(one::get)
                        .cause()
                        .isInstanceOfAny(InvalidSessionException.class, KeysUnavailableException.class);
            }
            assertThat(server.requests()).isEqualTo(2 + round);
        }
        assertThat(descope.validator().validate(SESSION_JWT).subject()).isNotBlank();
    }

    @Test
    void K2_a_genuine_new_key_is_accepted_5_seconds_after_a_flood_of_forged_tokens() {
        server.publish(KEY);
        descope.validator().validate(SESSION_JWT);
        clock.move(COOL_DOWN);
        for (int i = 0; i < 1000; i++) {
            String forged = forged("SKrandom" + i);
            assertThatThrownBy(() -> descope.validator().validate(forged)).isInstanceOf(RuntimeException.class);
        }
        server.publish(KEY, NEW_KEY);

        clock.move(COOL_DOWN.minusMillis(1));
        assertCannotTell(NEW_SESSION_JWT);
        clock.move(Duration.ofMillis(1));
        assertThat(descope.validator().validate(NEW_SESSION_JWT).subject()).isNotBlank();
        assertThat(server.requests()).isEqualTo(3);
    }

    @Test
    void K3_keys_that_do_not_come_are_given_up_after_the_time_limit_and_not_asked_for_again_at_once() {
        server.publish(KEY);
        server.hold();
        try (Descope impatient = connect(Duration.ofMillis(500))) {
            long start = System.nanoTime();
            assertThatThrownBy(() -> impatient.validator().validate(SESSION_JWT))
                    .isInstanceOf(KeysUnavailableException.class);
            assertThatThrownBy(() -> impatient.validator().validate(SESSION_JWT))
                    .isInstanceOf(KeysUnavailableException.class);

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
            assertThat(server.requests()).isEqualTo(1);
        }
    }

    @Test
    void K3_nobody_whose_key_is_known_waits_for_keys_that_do_not_come() {
        server.publish(KEY);
        descope.validator().validate(SESSION_JWT);
        server.hold();
        clock.move(Duration.ofMinutes(9));

        for (int i = 0; i < 100; i++) {
            assertThat(descope.validator().validate(SESSION_JWT).subject()).isNotBlank();
        }

        awaitThat(() -> server.requests() == 2);
        assertThat(server.answers()).isEqualTo(1);
        server.release();
        awaitThat(() -> server.answers() == 2);
    }

    @Test
    void K3_K2_one_forged_token_waits_for_keys_that_do_not_come_and_nobody_else() throws Exception {
        server.publish(KEY);
        descope.validator().validate(SESSION_JWT);
        clock.move(COOL_DOWN);
        server.hold();
        Future<Session> waiting = users.submit(() -> descope.validator().validate(forged("SKrandom")));
        awaitThat(() -> server.requests() == 2);

        assertCannotTell(forged("SKother"));
        assertThat(descope.validator().validate(SESSION_JWT).subject()).isNotBlank();

        assertThat(waiting.isDone()).isFalse();
        server.release();
        assertThatThrownBy(waiting::get).hasCauseInstanceOf(InvalidSessionException.class);
    }

    @Test
    void K5_a_503_at_the_start_is_told_at_once_to_every_caller_and_passes_by_itself() {
        server.answerWith(503);

        for (int i = 0; i < 20; i++) {
            assertCannotTell(SESSION_JWT);
        }
        assertThat(server.requests()).isEqualTo(1);

        server.publish(KEY);
        clock.move(COOL_DOWN);
        assertThat(descope.validator().validate(SESSION_JWT).subject()).isNotBlank();
        assertThat(server.requests()).isEqualTo(2);
    }

    @Test
    void K4_a_503_later_on_signs_nobody_out() {
        server.publish(KEY);
        descope.validator().validate(SESSION_JWT);
        server.answerWith(503);
        clock.move(Duration.ofHours(23));

        for (int i = 0; i < 20; i++) {
            assertThat(descope.validator().validate(SESSION_JWT).subject()).isNotBlank();
        }

        assertThat(server.requests()).isEqualTo(2);
    }

    @Test
    void K1_a_key_of_another_kind_in_the_key_set_harms_no_token() {
        server.publish(ELLIPTIC_KEY, KEY);

        assertThat(descope.validator().validate(SESSION_JWT).subject()).isNotBlank();
        assertRefused(Reason.UNSUPPORTED_ALGORITHM, lasting().signedBy(ELLIPTIC_KEY));
    }

    @ParameterizedTest
    @CsvSource({"PT7M59S, true, 1", "PT9M59S, true, 2", "PT10M, false, 2", "PT2H, false, 2"})
    void K6_a_withdrawn_key_dies_within_10_minutes_without_any_unknown_key_id(
            Duration age, boolean isAccepted, int requests) {
        server.publish(KEY, NEW_KEY);
        descope.validator().validate(SESSION_JWT);
        server.publish(NEW_KEY);
        clock.move(age);

        if (isAccepted) {
            assertThat(descope.validator().validate(SESSION_JWT).subject()).isNotBlank();
        } else {
            assertRefused(Reason.UNKNOWN_KEY, SESSION_JWT);
        }
        awaitThat(() -> server.answers() == requests);
        assertThat(descope.validator().validate(NEW_SESSION_JWT).subject()).isNotBlank();
    }

    @Test
    void J33_two_threads_never_accept_a_token_whose_key_was_withdrawn_longer_ago_than_10_minutes() throws Exception {
        server.publish(KEY, NEW_KEY);
        descope.validator().validate(SESSION_JWT);
        server.publish(NEW_KEY);
        Instant death = clock.instant().plus(Duration.ofMinutes(10));
        Instant end = death.plus(Duration.ofMinutes(5));
        List<Future<Integer>> judges = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            judges.add(users.submit(() -> acceptedWhenDead(death, end)));
        }

        while (clock.instant().isBefore(end)) {
            clock.move(Duration.ofSeconds(1));
            descope.validator().validate(NEW_SESSION_JWT);
        }

        for (Future<Integer> judge : judges) {
            assertThat(judge.get()).isZero();
        }
        clock.move(COOL_DOWN);
        assertRefused(Reason.UNKNOWN_KEY, SESSION_JWT);
    }

    private int acceptedWhenDead(Instant death, Instant end) {
        int accepted = 0;
        for (Instant now = clock.instant(); now.isBefore(end); now = clock.instant()) {
            try {
                descope.validator().validate(SESSION_JWT);
                accepted += now.isBefore(death) ? 0 : 1;
            } catch (InvalidSessionException e) {
                assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_KEY);
            } catch (KeysUnavailableException e) {
                // cannot tell, which is no acceptance
            }
        }
        return accepted;
    }

    private void assertCannotTell(String sessionJwt) {
        assertThatThrownBy(() -> descope.validator().validate(sessionJwt)).isInstanceOf(KeysUnavailableException.class);
    }

    private void assertRefused(Reason reason, String sessionJwt) {
        assertThatThrownBy(() -> descope.validator().validate(sessionJwt))
                .isInstanceOfSatisfying(
                        InvalidSessionException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    private Descope connect(Duration readTimeout) {
        return Descope.connect(DescopeSettings.forProject(PROJECT_ID)
                .baseUri(server.baseUri())
                .readTimeout(readTimeout)
                .clock(clock)
                .build());
    }

    private Thread thread(Runnable task) {
        Thread thread = new Thread(task, "user");
        thread.setDaemon(true);
        threads.add(thread);
        return thread;
    }

    private static boolean isWaiting(Thread thread) {
        return thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING;
    }

    private static void awaitThat(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("awaited in vain").isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    /** A session that outlives every test here. */
    private static TokenMint lasting() {
        return aSession().with("exp", TokenMint.NOW.plus(Duration.ofDays(2)).getEpochSecond());
    }

    /** Signed by nobody: the key is looked for first. */
    private static String forged(String keyId) {
        String genuine = lasting()
                .withHeader("kid", "\"" + keyId + "\"")
                .withHeader("alg", "\"RS256\"")
                .unsigned();
        return genuine + SESSION_JWT.substring(SESSION_JWT.lastIndexOf('.'));
    }

    /** Publishes keys over a real socket, one connection per request; its answers can be held back. */
    private static final class KeyServer implements AutoCloseable {
        private final ServerSocket socket;
        private final AtomicInteger requests = new AtomicInteger();
        private final AtomicInteger answers = new AtomicInteger();
        private volatile int status = 200;
        private volatile byte[] body = {};
        private volatile CountDownLatch held = new CountDownLatch(0);

        KeyServer() {
            try {
                socket = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            start(this::accept);
        }

        String baseUri() {
            return "http://localhost:" + socket.getLocalPort();
        }

        void publish(SigningKey... keys) {
            body = SigningKey.document(keys);
            status = 200;
        }

        void answerWith(int errorStatus) {
            body = "{\"errorCode\":\"E010009\"}".getBytes(US_ASCII);
            status = errorStatus;
        }

        void hold() {
            held = new CountDownLatch(1);
        }

        void release() {
            held.countDown();
        }

        int requests() {
            return requests.get();
        }

        int answers() {
            return answers.get();
        }

        private void accept() {
            while (!socket.isClosed()) {
                try {
                    Socket connection = socket.accept();
                    start(() -> answer(connection));
                } catch (IOException e) {
                    // the test is over
                }
            }
        }

        private void answer(Socket connection) {
            try (connection) {
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(connection.getInputStream(), US_ASCII));
                assertThat(reader.readLine()).isEqualTo("GET /v2/keys/" + PROJECT_ID + " HTTP/1.1");
                while (!reader.readLine().isEmpty()) {
                    // the rest of the head
                }
                requests.incrementAndGet();
                held.await();
                byte[] answer = body;
                String head = "HTTP/1.1 " + status + " X\r\nContent-Type: application/json\r\nContent-Length: "
                        + answer.length + "\r\nConnection: close\r\n\r\n";
                connection.getOutputStream().write(head.getBytes(US_ASCII));
                connection.getOutputStream().write(answer);
                answers.incrementAndGet();
            } catch (IOException e) {
                // the peer went away
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private static void start(Runnable task) {
            Thread thread = new Thread(task, "key-server");
            thread.setDaemon(true);
            thread.start();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
