package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.descope4j.emulator.DescopeEmulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Two nodes of one application, each of which is on its way to Descope with the same refresh JWT at the same moment. Refresh JWTs rotate:
 * Descope serves the call that arrives first, and refuses the other (OpenRisk#700, letsrevel/revel-frontend#950).
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RacingNodesTest {
    private static final String ADA = "ada@example.com";
    private static final String REFRESH = "/v1/auth/refresh";
    private static final int REQUESTS_OF_A_PAGE = 10;

    private final DescopeEmulator emulator =
            DescopeEmulator.builder().rotatesRefreshTokens(true).start();
    private final Node one = Node.of(emulator);
    private final Node other = Node.of(emulator);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
        one.close();
        other.close();
        emulator.close();
    }

    @ParameterizedTest(name = "Descope hears first from the {0} node, the browser hears last from the {1}")
    @CsvSource({"one, winner", "one, loser", "other, winner", "other, loser"})
    void C11_the_slower_node_clears_no_cookie_and_both_know_the_user_afterwards(String first, String last)
            throws InterruptedException {
        Node winner = first.equals("one") ? one : other;
        Node loser = first.equals("one") ? other : one;
        Browser browser = signedInLongAgo();
        Race race = race(winner, loser, browser.cookieHeader("/app/account"));

        assertThat(race.won().body()).contains("name=" + ADA);
        assertThat(race.lost().status()).isEqualTo(401);
        assertThat(race.lost().header("WWW-Authenticate")).isEqualTo("Bearer realm=\"descope\"");
        assertThat(race.lost().setCookies())
                .as("all it says is which refresh JWT was refused")
                .singleElement()
                .asString()
                .startsWith("DSE=");
        race.heardBy(browser, last.equals("winner"));
        assertSignedInOnBoth(browser);
        assertThat(refreshes()).as("one of each node, and none afterwards").isEqualTo(2);
        emulator.advanceClock(Duration.ofMinutes(11));
        assertSignedInOnBoth(browser);
    }

    @ParameterizedTest(name = "the browser hears last from the {0}")
    @CsvSource({"winner", "loser"})
    void C11_a_page_of_the_slower_node_goes_to_sign_in_and_from_there_straight_back(String last)
            throws InterruptedException {
        Browser browser = signedInLongAgo();
        Race race = race(one, other, browser.cookieHeader("/app/account"), "Accept", "text/html");

        assertThat(race.lost().status()).isEqualTo(303);
        assertThat(race.lost().location()).isEqualTo("/app/auth/sign-in?returnTo=%2Fapp%2Faccount");
        race.heardBy(browser, last.equals("winner"));
        Answer back = browser.at(other.base()).get(race.lost().location());
        assertThat(back.status()).isEqualTo(303);
        assertThat(back.location()).isEqualTo("/app/account");
        assertSignedInOnBoth(browser);
    }

    @ParameterizedTest(name = "the browser hears last from the {0}")
    @CsvSource({"winner", "loser"})
    void C11_a_public_page_of_the_slower_node_is_served_to_nobody_and_keeps_the_user(String last)
            throws InterruptedException {
        Browser browser = signedInLongAgo();
        String cookies = browser.cookieHeader("/app/who");
        Race race = race(
                () -> one.application.browser().get("/app/account", "Cookie", cookies),
                () -> other.application.browser().get("/app/who", "Cookie", cookies));

        assertThat(race.lost().status()).isEqualTo(200);
        assertThat(race.lost().body()).contains("principal=none");
        assertThat(race.lost().header("Cache-Control")).isEqualTo("no-store");
        race.heardBy(browser, last.equals("winner"));
        assertSignedInOnBoth(browser);
    }

    @RepeatedTest(10)
    void C9_C11_requests_of_a_page_that_are_spread_over_two_nodes_log_nobody_out(RepetitionInfo repetition)
            throws InterruptedException {
        Browser browser = signedInLongAgo();
        String cookies = browser.cookieHeader("/app/account");
        FaultyDescope.Gate atOne = one.descope.hold(REFRESH);
        FaultyDescope.Gate atOther = other.descope.hold(REFRESH);
        List<CompletableFuture<Answer>> page = IntStream.range(0, REQUESTS_OF_A_PAGE)
                .mapToObj(i -> later(() -> (i % 2 == 0 ? one : other).get("Cookie", cookies)))
                .toList();
        atOne.awaitCall();
        atOther.awaitCall();

        atOne.open();
        atOther.open();

        List<Answer> answers =
                new ArrayList<>(page.stream().map(CompletableFuture::join).toList());
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 200)
                .as("those of one node, whichever was faster")
                .hasSize(REQUESTS_OF_A_PAGE / 2)
                .allMatch(answer -> answer.body().contains("name=" + ADA));
        assertThat(answers).filteredOn(answer -> answer.status() == 401).hasSize(REQUESTS_OF_A_PAGE / 2);
        Collections.shuffle(answers, new Random(repetition.getCurrentRepetition()));
        answers.forEach(browser::accept);
        long asked = refreshes();
        assertSignedInOnBoth(browser);
        assertThat(refreshes()).as("nobody has to race again").isEqualTo(asked);
    }

    /** A browser that still sends the session JWT, which is over. */
    private Browser signedInLongAgo() {
        Browser browser = one.application.signIn(one.application.staleBrowser(), ADA);
        emulator.advanceClock(Duration.ofMinutes(11));
        return browser;
    }

    private void assertSignedInOnBoth(Browser browser) {
        Stream.of(one, other, one).forEach(node -> {
            Browser there = browser.at(node.base());
            Answer answer = there.get("/app/account");
            assertThat(answer.body()).contains("name=" + ADA);
            browser.accept(answer);
        });
    }

    private Race race(Node winner, Node loser, String cookies, String... headers) throws InterruptedException {
        String[] all =
                Stream.concat(Stream.of("Cookie", cookies), Stream.of(headers)).toArray(String[]::new);
        return race(winner, loser, () -> winner.get(all), () -> loser.get(all));
    }

    private Race race(Supplier<Answer> ofOne, Supplier<Answer> ofOther) throws InterruptedException {
        return race(one, other, ofOne, ofOther);
    }

    /** Both are on their way before one arrives. */
    private Race race(Node winner, Node loser, Supplier<Answer> first, Supplier<Answer> second)
            throws InterruptedException {
        FaultyDescope.Gate ofWinner = winner.descope.hold(REFRESH);
        FaultyDescope.Gate ofLoser = loser.descope.hold(REFRESH);
        CompletableFuture<Answer> winning = later(first);
        CompletableFuture<Answer> losing = later(second);
        ofWinner.awaitCall();
        ofLoser.awaitCall();
        ofWinner.open();
        Answer won = winning.join();
        ofLoser.open();
        return new Race(won, losing.join());
    }

    private CompletableFuture<Answer> later(Supplier<Answer> request) {
        return CompletableFuture.supplyAsync(request, threads);
    }

    private long refreshes() {
        return emulator.requests().stream()
                .filter(request -> request.path().equals(REFRESH))
                .count();
    }

    private record Race(Answer won, Answer lost) {
        void heardBy(Browser browser, boolean winnerIsLast) {
            browser.accept(winnerIsLast ? lost : won);
            browser.accept(winnerIsLast ? won : lost);
        }
    }

    /** An application with a way of its own to Descope. */
    private record Node(ServedApplication application, FaultyDescope descope) implements AutoCloseable {
        static Node of(DescopeEmulator emulator) {
            FaultyDescope descope = FaultyDescope.before(emulator.baseUri(), 0, Duration.ZERO);
            return new Node(ServedApplication.start(emulator, descope.baseUri(), settings -> settings), descope);
        }

        URI base() {
            return application.base();
        }

        /** Of a browser that keeps what it hears to itself. */
        Answer get(String... headers) {
            return application.browser().get("/app/account", headers);
        }

        @Override
        public void close() {
            application.close();
            descope.close();
        }
    }
}
