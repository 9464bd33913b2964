package org.descope4j;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Makes the calls that refresh sessions. All callers with the same key share one call. Where refresh JWTs rotate, Descope may carry out a
 * call whose callers have stopped waiting, and its answer has the only refresh JWT that is good from then on. So a call goes on behind its
 * callers, and an answer that comes late is kept for the next call with the same key. While Descope does not answer in time, only a few calls
 * are sent at a time. Thread-safe; its threads live only while they are needed, and some seconds after.
 */
final class RefreshCalls implements AutoCloseable {
    /** How long Descope may take in all, behind its callers: longer than balancers of load and proxies usually wait. */
    static final Duration LONGEST = Duration.ofSeconds(60);

    /** Calls at a time while Descope does not answer: enough to notice when it does again. */
    private static final int PROBES = 2;

    /** The time in which a person tries again; nobody else has a use for it. */
    private static final Duration LATE_ANSWER_KEPT = Duration.ofMinutes(10);

    /** An answer that did not come in this time is no matter of a moment. */
    private static final Duration SILENCE = Duration.ofMillis(500);

    private static final Duration THREAD_KEPT_IDLE = Duration.ofSeconds(5);
    private static final Duration END_OF_THREADS = Duration.ofSeconds(1);

    private final Duration patience;
    private final Places places;
    private final int mostAlone;
    private final ConcurrentMap<String, Call> calls = new ConcurrentHashMap<>();
    private final AtomicInteger waitedFor = new AtomicInteger();
    private final AtomicInteger alone = new AtomicInteger();
    private final ThreadPoolExecutor threads;
    private final ScheduledThreadPoolExecutor sweeper;
    private volatile boolean isSilent;

    /**
     * @param patience how long a caller waits
     * @param mostAlone how many calls may go on behind their callers; where there are so many, none is sent
     */
    RefreshCalls(Duration patience, Places places, int mostAlone) {
        this.patience = patience;
        this.places = places;
        this.mostAlone = mostAlone;
        AtomicInteger number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE, // bounded by the places and mostAlone
                THREAD_KEPT_IDLE.toMillis(),
                TimeUnit.MILLISECONDS,
                new SynchronousQueue<>(),
                task -> daemon(task, "descope-refresh-" + number.incrementAndGet()));
        this.sweeper = new ScheduledThreadPoolExecutor(1, task -> daemon(task, "descope-refresh-sweeper"));
        sweeper.setKeepAliveTime(THREAD_KEPT_IDLE.toMillis(), TimeUnit.MILLISECONDS);
        sweeper.allowCoreThreadTimeOut(true);
        sweeper.setRemoveOnCancelPolicy(true);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(null, task, name, 0, false);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * The answer to a call, or to one with the same key that is under way or whose answer was kept.
     *
     * @param key the same for the same call; may be a secret, only its digest is kept
     * @throws DescopeUnavailableException if there is no answer in time, or nothing could be sent
     * @throws RuntimeException whatever the call throws, to all who waited for it
     */
    Answer ask(String key, Supplier<Wire.JwtAnswer> question) {
        Deadline deadline = Deadline.in(patience);
        String digest = SecretDigest.of(key);
        Call own = new Call(digest);
        Call call = calls.computeIfAbsent(digest, unknown -> own);
        if (call.equals(own)) {
            start(own, question, deadline);
            return new Answer(awaited(call, deadline), false);
        }
        boolean wasKept = call.hasLanded();
        if (wasKept) {
            // handed out once: the next one asks Descope again
            calls.remove(digest, call);
        }
        return new Answer(awaited(call, deadline), wasKept);
    }

    /**
     * What Descope answered.
     *
     * @param wasKept whether it came before it was asked for here
     */
    record Answer(Wire.JwtAnswer content, boolean wasKept) {
        /** Holds tokens: never in a log. */
        @Override
        public String toString() {
            return "Answer[redacted]";
        }
    }

    /** Keeps an answer of which nobody could make use, for the next call with the same key. */
    void keep(String key, Wire.JwtAnswer answer) {
        String digest = SecretDigest.of(key);
        Call answered = new Call(digest);
        answered.answer.complete(answer);
        if (calls.putIfAbsent(digest, answered) == null) {
            answered.keepForAWhile();
        }
    }

    /** The session was ended: what comes late is given to nobody. The call that is under way or was answered late, if there is one. */
    Optional<CompletableFuture<Wire.JwtAnswer>> forget(String key) {
        return Optional.ofNullable(calls.remove(SecretDigest.of(key))).map(call -> call.answer);
    }

    private void start(Call call, Supplier<Wire.JwtAnswer> question, Deadline deadline) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try {
            call.enter(deadline);
            threads.execute(() -> carryOut(call, question, loader));
        } catch (DescopeUnavailableException e) {
            call.fail(e);
        } catch (RejectedExecutionException e) {
            call.fail(new DescopeUnavailableException("The connection to Descope was closed; nothing was sent", e));
        }
    }

    private static void carryOut(Call call, Supplier<Wire.JwtAnswer> question, ClassLoader loader) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            call.land(question.get());
        } catch (RuntimeException | Error e) {
            call.fail(e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static Wire.JwtAnswer awaited(Call call, Deadline deadline) {
        try {
            return call.answer.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            call.goOnAlone();
            throw new DescopeUnavailableException(
                    "Descope could not be reached or did not answer a refresh in time; is it up? The call goes on, and the next"
                            + " refresh with the same refresh JWT gets its answer",
                    e);
        } catch (InterruptedException e) {
            call.goOnAlone();
            Thread.currentThread().interrupt();
            throw new DescopeUnavailableException("Interrupted while a refresh waited for Descope", e);
        } catch (ExecutionException e) {
            // get() wraps what the question threw; the caller wants that
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            throw new DescopeUnavailableException("A refresh failed in this machine", e.getCause());
        }
    }

    /** One call, its callers, and what it takes of the bounds. */
    private final class Call {
        private final CompletableFuture<Wire.JwtAnswer> answer = new CompletableFuture<>();
        private final String digest;
        private boolean isSent;
        private boolean isAlone;
        private boolean isOver;
        private long sentAt;

        Call(String digest) {
            this.digest = digest;
        }

        void enter(Deadline deadline) {
            int others = waitedFor.getAndIncrement();
            try {
                requireHope(others);
                places.take(deadline);
            } catch (DescopeUnavailableException e) {
                waitedFor.decrementAndGet();
                throw e;
            }
            synchronized (this) {
                isSent = true;
                sentAt = System.nanoTime();
            }
        }

        private void requireHope(int others) {
            if (alone.get() >= mostAlone || (isSilent && others >= PROBES)) {
                throw new DescopeUnavailableException(
                        "Descope does not answer refreshes in time, so few are sent until it does. Nothing was sent for this one",
                        null);
            }
        }

        boolean hasLanded() {
            return answer.isDone();
        }

        /** Its callers stop waiting. */
        synchronized void goOnAlone() {
            if (!isSent || isAlone || isOver) {
                return;
            }
            isAlone = true;
            isSilent = System.nanoTime() - sentAt >= SILENCE.toNanos();
            alone.incrementAndGet();
            leavePlace();
        }

        void land(Wire.JwtAnswer content) {
            isSilent = false;
            if (!end()) {
                calls.remove(digest, this);
            } else {
                keepForAWhile();
            }
            answer.complete(content);
        }

        void fail(Throwable failure) {
            isSilent = isSilent && failure instanceof DescopeUnavailableException;
            boolean unused = end();
            calls.remove(digest, this);
            answer.completeExceptionally(failure);
        }

        /** Whether its callers have gone. */
        private synchronized boolean end() {
            isOver = true;
            if (isAlone) {
                alone.decrementAndGet();
            } else if (isSent) {
                leavePlace();
            }
            return isAlone;
        }

        private void leavePlace() {
            places.leave();
            waitedFor.decrementAndGet();
        }

        private void keepForAWhile() {
            try {
                Future<?> unused = sweeper.schedule(
                        () -> calls.remove(digest, this), LATE_ANSWER_KEPT.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                calls.remove(digest, this); // the application ends
            }
        }
    }

    /** Waits for the ends of its threads: Tomcat looks for threads that an application leaves behind. */
    @Override
    public void close() {
        threads.shutdownNow();
        sweeper.shutdownNow();
        try {
            boolean unused = threads.awaitTermination(END_OF_THREADS.toMillis(), TimeUnit.MILLISECONDS)
                    && sweeper.awaitTermination(END_OF_THREADS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
