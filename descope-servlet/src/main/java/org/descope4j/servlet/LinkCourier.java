package org.descope4j.servlet;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks Descope for links beside the requests that want them, so that a request is answered at a fixed time after it came: how long
 * Descope takes tells whether an account exists (S1). What takes longer ends behind the answer. Threads and waiting requests are bounded;
 * nothing queues. Thread-safe; ends with the application.
 */
final class LinkCourier {
    private static final Logger LOG = System.getLogger(LinkCourier.class.getName());

    /** A third of the threads that serve requests on Tomcat and Jetty: what waits here serves nobody else. */
    private static final int MOST_WAITING = 64;
    /** What a call under way needs to end, mostly, when the application does. */
    private static final Duration PATIENCE_AT_THE_END = Duration.ofSeconds(3);

    private final Duration answerTime;
    private final ThreadPoolExecutor threads;
    private final Semaphore errands;
    private final Semaphore waiting = new Semaphore(MOST_WAITING);

    /**
     * @param answerTime after which a request is answered; zero to wait for Descope however long it takes
     * @param mostErrands how many calls may be under way at a time
     * @param loader of the application, which its threads work for
     */
    LinkCourier(Duration answerTime, int mostErrands, ClassLoader loader) {
        this.answerTime = answerTime;
        this.errands = new Semaphore(mostErrands);
        AtomicInteger number = new AtomicInteger();
        // a thread gives its errand back a moment before it is free for the next one: so there is a queue, for such
        // moments
        threads = new ThreadPoolExecutor(
                mostErrands, mostErrands, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(mostErrands), task -> {
                    // nothing of the request whose thread makes this one
                    Thread thread = new Thread(null, task, "descope-links-" + number.incrementAndGet(), 0, false);
                    thread.setDaemon(true);
                    thread.setContextClassLoader(loader);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** A place among the requests that wait; empty where all are taken. */
    Optional<Place> tryEnter() {
        return waiting.tryAcquire() ? Optional.of(new Place()) : Optional.empty();
    }

    /** A request that waits here. Of one thread. */
    final class Place implements AutoCloseable {
        private final long cameAt = System.nanoTime();
        private boolean hasErrand;

        private Place() {}

        /** Whether one more call may be under way; then {@link #carry} makes it. */
        boolean tryReserve() {
            hasErrand = errands.tryAcquire();
            return hasErrand;
        }

        /**
         * Runs the errand in a thread of its own, and returns when it is time to answer.
         *
         * @param meanwhile the answer where the errand takes longer; what it comes to is its own to tell
         * @return what it came to; empty if the application ends
         * @throws RuntimeException what the errand threw, in time
         */
        <T> Optional<T> carry(Supplier<T> errand, T meanwhile) {
            CompletableFuture<T> result = new CompletableFuture<>();
            try {
                threads.execute(() -> run(errand, result));
            } catch (RejectedExecutionException e) {
                return Optional.empty();
            }
            hasErrand = false; // the thread's now
            return Optional.of(awaited(result, meanwhile));
        }

        private <T> T awaited(CompletableFuture<T> result, T meanwhile) {
            try {
                if (answerTime.isZero()) {
                    return result.get();
                }
                T inTime = result.get(remaining(), TimeUnit.NANOSECONDS);
                TimeUnit.NANOSECONDS.sleep(remaining());
                return inTime;
            } catch (TimeoutException e) {
                CompletableFuture<T> unused = result.whenComplete((value, failure) -> tellLate(failure));
                return meanwhile;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return meanwhile;
            } catch (ExecutionException e) {
                throw failure(e);
            }
        }

        private RuntimeException failure(ExecutionException e) {
            try {
                TimeUnit.NANOSECONDS.sleep(remaining());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            // get() wraps what the errand threw; the caller wants that
            return e.getCause() instanceof RuntimeException thrown
                    ? thrown
                    : new IllegalStateException("A link could not be asked for", e.getCause());
        }

        private long remaining() {
            return Math.max(0, cameAt + answerTime.toNanos() - System.nanoTime());
        }

        @Override
        public void close() {
            if (hasErrand) {
                errands.release();
            }
            waiting.release();
        }
    }

    private <T> void run(Supplier<T> errand, CompletableFuture<T> result) {
        try {
            T value = errand.get();
            errands.release();
            result.complete(value);
        } catch (RuntimeException | Error e) {
            errands.release();
            result.completeExceptionally(e);
        }
    }

    private static void tellLate(@Nullable Throwable failure) {
        if (failure != null) {
            LOG.log(
                    Level.WARNING,
                    "No link was sent, after the person was told to look for it: {0}",
                    failure.getClass().getName());
        }
    }

    /** Lets what is under way end for a moment, and breaks off the rest. May be called twice. */
    void end() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(PATIENCE_AT_THE_END.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.log(Level.WARNING, "The application ends while Descope is asked for links: these are broken off");
                threads.shutdownNow();
                boolean unused = threads.awaitTermination(1, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
