package org.descope4j.servlet;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.descope4j.RefreshedSession;

/**
 * Refreshes sessions beside requests that can do without: pages that need no user, and sessions that are good for a while yet. Such a
 * request waits a moment for Descope, and not at all while Descope is known to be slow. Where refresh JWTs rotate, an answer that comes after
 * that has the only good one, so it is kept for the browser's next request. Thread-safe; ends with the application.
 */
final class RefreshesBeside {
    private static final Logger LOG = System.getLogger(RefreshesBeside.class.getName());

    /** Refreshes at a time while Descope is slow: enough to notice when it is not any more. */
    private static final int PROBES = 2;

    /** Refreshes that wait for a thread: more than a second's worth. */
    private static final int MOST_QUEUED = 200;

    private static final Duration THREAD_KEPT_IDLE = Duration.ofSeconds(5);
    private static final Duration END_OF_THREADS = Duration.ofSeconds(1);

    private final SessionRefresher refresher;
    private final Duration moment;
    private final ThreadPoolExecutor threads;
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean isSlow;

    /**
     * @param moment how long a request waits that can do without
     * @param most how many refreshes may be under way here at a time
     * @param loader of the application, which the threads work for
     */
    RefreshesBeside(SessionRefresher refresher, Duration moment, int most, ClassLoader loader) {
        this.refresher = refresher;
        this.moment = moment;
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                most, most, THREAD_KEPT_IDLE.toMillis(), TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), task -> {
                    // nothing of the request whose thread makes this one
                    Thread thread = new Thread(null, task, "descope-sessions-" + number.incrementAndGet(), 0, false);
                    thread.setDaemon(true);
                    thread.setContextClassLoader(loader);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * The session that goes on, where there is one within a moment; the refresh goes on without the request.
     *
     * @throws RuntimeException as {@link SessionRefresher#refresh}, within that moment
     */
    Optional<RefreshedSession> refreshWithinAMoment(String refreshJwt) {
        if (underWay.get() >= (isSlow ? PROBES : MOST_QUEUED)) {
            return Optional.empty();
        }
        boolean wasSlow = isSlow;
        Call call = new Call(refreshJwt);
        try {
            threads.execute(call::make);
        } catch (RejectedExecutionException e) {
            return Optional.empty(); // the application ends
        }
        return wasSlow ? Optional.empty() : call.await();
    }

    private final class Call {
        private final String refreshJwt;
        private final CompletableFuture<RefreshedSession> answer = new CompletableFuture<>();
        private boolean isLate;

        Call(String refreshJwt) {
            this.refreshJwt = refreshJwt;
            this.isLate = isSlow;
            underWay.incrementAndGet();
        }

        void make() {
            try {
                RefreshedSession session = refresher.refresh(refreshJwt);
                isSlow = false;
                land(session);
            } catch (RuntimeException | Error e) {
                answer.completeExceptionally(e);
            } finally {
                underWay.decrementAndGet();
            }
        }

        private synchronized void land(RefreshedSession session) {
            answer.complete(session);
            if (isLate && !session.tokens().refreshJwt().equals(refreshJwt)) {
                refresher.keepLate(refreshJwt, session);
            }
        }

        Optional<RefreshedSession> await() {
            try {
                return Optional.of(answer.get(moment.toNanos(), TimeUnit.NANOSECONDS));
            } catch (TimeoutException e) {
                return giveUp();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return giveUp();
            } catch (ExecutionException e) {
                // get() wraps what the refresh threw; the caller wants that
                if (e.getCause() instanceof RuntimeException thrown) {
                    throw thrown;
                }
                LOG.log(Level.ERROR, "A session could not be refreshed", e.getCause());
                return Optional.empty();
            }
        }

        private synchronized Optional<RefreshedSession> giveUp() {
            if (answer.isDone() && !answer.isCompletedExceptionally()) {
                return Optional.of(answer.join());
            }
            isLate = true;
            isSlow = !answer.isDone();
            return Optional.empty();
        }
    }

    /** May be called twice. */
    void end() {
        threads.shutdownNow();
        try {
            boolean unused = threads.awaitTermination(END_OF_THREADS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
