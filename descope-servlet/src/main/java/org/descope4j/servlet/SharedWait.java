package org.descope4j.servlet;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Bounds how many threads of the server are held by calls, whether they make one or wait for another's. As many as may call Descope wait as
 * long as that call takes; whoever comes beyond those waits until the call is a moment old, so that pages that need no answer find a
 * thread. Thread-safe.
 */
final class SharedWait {
    private final int most;
    private final Duration moment;
    private final AtomicInteger held = new AtomicInteger();

    /**
     * @param most how many threads may be held for as long as a call takes
     * @param moment how old a call may be that others wait for
     */
    SharedWait(int most, Duration moment) {
        this.most = most;
        this.moment = moment;
    }

    /** Makes a call in this thread, which counts as held. */
    <T> T calling(Supplier<T> call) {
        held.incrementAndGet();
        try {
            return call.get();
        } finally {
            held.decrementAndGet();
        }
    }

    /**
     * The answer to another's call.
     *
     * @param begunAt when that began, by System.nanoTime
     * @throws TooManyWaitException if it does not come in time
     * @throws RuntimeException whatever the call threw
     */
    <T> T answerTo(CompletableFuture<T> call, long begunAt) {
        boolean isOneTooMany = held.incrementAndGet() > most;
        try {
            return isOneTooMany ? answerSoon(call, begunAt) : call.join();
        } catch (CompletionException e) {
            throw thrown(e);
        } finally {
            held.decrementAndGet();
        }
    }

    private <T> T answerSoon(CompletableFuture<T> call, long begunAt) {
        long left = moment.toNanos() - (System.nanoTime() - begunAt);
        try {
            return call.get(Math.max(left, 0), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new TooManyWaitException();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TooManyWaitException();
        } catch (ExecutionException e) {
            throw thrown(e);
        }
    }

    /** The future wraps what the call threw; the caller wants that. */
    private static RuntimeException thrown(Exception wrapping) {
        return wrapping.getCause() instanceof RuntimeException refused ? refused : new CompletionException(wrapping);
    }
}
