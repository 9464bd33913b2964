package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers that several requests share: how long they are kept, how many, and who waits for them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KeptAnswersTest {
    private static final Instant NOW = Instant.parse("2026-12-01T12:00:00Z");

    private final Sweeper sweeper = new Sweeper(KeptAnswersTest.class.getClassLoader());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger asked = new AtomicInteger();

    @AfterEach
    void end() {
        sweeper.end();
        threads.shutdownNow();
    }

    private static SharedWait roomFor(int threads) {
        return new SharedWait(threads, Duration.ofMillis(50));
    }

    private KeptAnswers<String> answers(Clock clock, SharedWait wait) {
        return new KeptAnswers<>(clock, Duration.ofSeconds(60), Duration.ofSeconds(2), String::length, wait, sweeper);
    }

    private String question() {
        return "answer " + asked.incrementAndGet();
    }

    @Test
    void an_answer_is_over_when_the_clock_of_the_application_says_so_and_not_revived_when_that_is_set_back() {
        ShiftedClock clock = new ShiftedClock(Clock.fixed(NOW, ZoneOffset.UTC));
        KeptAnswers<String> answers = answers(clock, roomFor(8));
        assertThat(answers.ask("key", this::question)).isEqualTo("answer 1");
        clock.isWrongBy(Duration.ofSeconds(59));
        assertThat(answers.ask("key", this::question)).isEqualTo("answer 1");
        clock.isWrongBy(Duration.ofSeconds(60));
        assertThat(answers.ask("key", this::question)).isEqualTo("answer 2");
        clock.isWrongBy(Duration.ZERO);

        assertThat(answers.ask("key", this::question)).isEqualTo("answer 2");
        assertThat(answers.find("other")).isEmpty();
    }

    @Test
    void an_answer_leaves_memory_when_its_time_is_over_whatever_the_clock_says_and_without_any_request()
            throws InterruptedException {
        Clock standsStill = Clock.fixed(NOW, ZoneOffset.UTC);
        ShortMemory<String> memory = new ShortMemory<>(Duration.ofMillis(20), 1_000, String::length, sweeper);
        memory.put("key", "value");
        assertThat(memory.isEmpty()).isFalse();
        while (!memory.isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(memory.find("key")).isEmpty();

        KeptAnswers<String> answers = new KeptAnswers<>(
                standsStill, Duration.ofMillis(20), Duration.ZERO, String::length, roomFor(8), sweeper);
        String first = answers.ask("key", this::question);
        while (answers.find("key").isPresent()) {
            Thread.onSpinWait();
        }
        assertThat(answers.ask("key", this::question)).isNotEqualTo(first);
    }

    @Test
    void a_failure_is_shared_and_kept_for_its_own_time() {
        ShiftedClock clock = new ShiftedClock(Clock.fixed(NOW, ZoneOffset.UTC));
        KeptAnswers<String> answers = answers(clock, roomFor(8));
        IllegalStateException failure = new IllegalStateException("no");
        assertThatThrownBy(() -> answers.ask("key", () -> {
                    throw failure;
                }))
                .isSameAs(failure);
        assertThatThrownBy(() -> answers.ask("key", this::question)).isSameAs(failure);
        clock.isWrongBy(Duration.ofSeconds(2));

        assertThat(answers.ask("key", this::question)).isEqualTo("answer 1");
    }

    @Test
    void memory_is_bounded_by_bytes_and_the_oldest_goes_first() {
        ShortMemory<String> memory = new ShortMemory<>(Duration.ofMinutes(1), 10_000, String::length, sweeper);
        for (int i = 0; i < 100; i++) {
            memory.put("key " + i, "x".repeat(800)); // 1,000 with what an entry takes beside it
        }
        assertThat(memory.find("key 89")).isEmpty();
        assertThat(memory.find("key 90")).isPresent();
        assertThat(memory.find("key 99")).isPresent();

        memory.put("large", "x".repeat(100_000));
        assertThat(memory.find("large")).isPresent();
        assertThat(memory.find("key 99")).isEmpty();
        memory.put("key 100", "x".repeat(800));
        assertThat(memory.find("large")).isEmpty();
    }

    @Test
    void what_is_put_again_is_as_new_and_what_is_forgotten_frees_its_bytes() {
        ShortMemory<String> memory = new ShortMemory<>(Duration.ofMinutes(1), 2_000, String::length, sweeper);
        memory.put("first", "x".repeat(800));
        memory.put("second", "x".repeat(800));
        memory.put("first", "y".repeat(800));
        memory.put("third", "z".repeat(800));
        assertThat(memory.find("second")).isEmpty();
        assertThat(memory.find("first")).hasValue("y".repeat(800));

        memory.forget("first", memory.find("first").orElseThrow());
        memory.put("fourth", "x".repeat(800));
        assertThat(memory.find("third")).isPresent();
    }

    @Test
    void of_many_that_wait_for_one_answer_those_beyond_the_bound_are_told_at_once_that_nobody_can_tell()
            throws InterruptedException {
        KeptAnswers<String> answers = answers(Clock.fixed(NOW, ZoneOffset.UTC), roomFor(8));
        CountDownLatch isAsked = new CountDownLatch(1);
        CountDownLatch comes = new CountDownLatch(1);
        CompletableFuture<String> first = CompletableFuture.supplyAsync(
                () -> answers.ask("key", () -> {
                    isAsked.countDown();
                    await(comes);
                    return question();
                }),
                threads);
        await(isAsked);
        List<CompletableFuture<String>> others = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            others.add(CompletableFuture.supplyAsync(() -> answers.ask("key", this::question), threads));
        }
        while (others.stream().filter(CompletableFuture::isDone).count() < 33) {
            Thread.onSpinWait();
        }
        comes.countDown();

        assertThat(first.join()).isEqualTo("answer 1");
        assertThat(others.stream()
                        .map(other -> other.handle((answer, failure) -> failure == null ? answer : "nobody can tell"))
                        .map(CompletableFuture::join))
                .filteredOn("answer 1"::equals)
                .hasSize(7);
        assertThat(asked).hasValue(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Nothing came");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_moment_after_a_quick_call_began_all_who_wait_have_its_answer_however_many() {
        KeptAnswers<String> answers =
                answers(Clock.fixed(NOW, ZoneOffset.UTC), new SharedWait(2, Duration.ofSeconds(20)));
        CountDownLatch isAsked = new CountDownLatch(1);
        CountDownLatch comes = new CountDownLatch(1);
        List<CompletableFuture<String>> all = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            all.add(CompletableFuture.supplyAsync(
                    () -> answers.ask("key", () -> {
                        isAsked.countDown();
                        await(comes);
                        return question();
                    }),
                    threads));
        }
        await(isAsked);
        comes.countDown();

        assertThat(all.stream().map(CompletableFuture::join)).containsOnly("answer 1");
    }
}
