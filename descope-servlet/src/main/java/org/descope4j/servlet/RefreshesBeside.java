package org.descope4j.servlet;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
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

    /** The time in which a person comes back; nobody else has a use for it. */
    private static final Duration LATE_ANSWER_KEPT = Duration.ofMinutes(10);

    /** Some 6 KB each. */
    private static final int MOST_LATE_ANSWERS = 2_000;

    private static final Duration THREAD_KEPT_IDLE = Duration.ofSeconds(5);
    private static final Duration END_OF_THREADS = Duration.ofSeconds(1);

    private final SessionRefresher refresher;
    private final Clock clock;
    private final Duration moment;
    private final ScheduledThreadPoolExecutor threads;
    private final AtomicInteger underWay = new AtomicInteger();
    private final ConcurrentMap<String, RefreshedSession> late = new ConcurrentHashMap<>();
    private volatile boolean isSlow;

    /**
     * @param moment how long a request waits that can do without
     * @param most how many refreshes may be under way here at a time
     * @param loader of the application, which the threads work for
     */
    RefreshesBeside(SessionRefresher refresher, Clock clock, Duration moment, int most, ClassLoader loader) {
        this.refresher = refresher;
        this.clock = clock;
        this.moment = moment;
        AtomicInteger number = new AtomicInteger();
        threads = new ScheduledThreadPoolExecutor(most, task -> {
            // nothing of the request whose thread makes this one
            Thread thread = new Thread(null, task, "descope-sessions-" + number.incrementAndGet(), 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(loader);
            return thread;
        });
        threads.setKeepAliveTime(THREAD_KEPT_IDLE.toMillis(), TimeUnit.MILLISECONDS);
        threads.allowCoreThreadTimeOut(true);
        threads.setRemoveOnCancelPolicy(true);
    }

    /**
     * The session that goes on, for a request that cannot do without.
     *
     * @throws RuntimeException as {@link SessionRefresher#refresh}
     */
    RefreshedSession refresh(String refreshJwt) {
        RefreshedSession answer = late.get(Profile.mark(refreshJwt));
        if (answer == null) {
            return refresher.refresh(refreshJwt);
        }
        boolean isOver = !clock.instant().isBefore(answer.session().expiresAt());
        return isOver ? refresh(answer.tokens().refreshJwt()) : answer;
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
                RefreshedSession session = refresh(refreshJwt);
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
                keepForAWhile(Profile.mark(refreshJwt), session);
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

    private void keepForAWhile(String mark, RefreshedSession session) {
        if (late.size() >= MOST_LATE_ANSWERS) {
            return;
        }
        late.put(mark, session);
        try {
            Future<?> unused = threads.schedule(
                    () -> late.remove(mark, session), LATE_ANSWER_KEPT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            late.remove(mark); // the application ends
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
