package org.descope4j;

import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of an answer up to a size and a moment (K3). REST clients stop waiting for the head of an answer; some of them wait
 * for its body for ever, and none minds a peer that sends a byte a second. So a watchman closes what takes too long. Thread-safe; its
 * one thread lives only while something is read, and some seconds after.
 */
final class AnswerReader implements AutoCloseable {
    private static final Duration THREAD_KEPT_IDLE = Duration.ofSeconds(5);

    /** For a body whose head took all the time: it comes with its head, or not at all. */
    private static final Duration LEAST_PATIENCE = Duration.ofMillis(250);

    /** The thread has nothing to do any more when its end is waited for; this is for one that closes a connection. */
    private static final Duration END_OF_THREAD = Duration.ofSeconds(1);

    private final ScheduledThreadPoolExecutor watchman;
    private volatile @Nullable Thread thread;

    AnswerReader() {
        this.watchman = new ScheduledThreadPoolExecutor(1, this::daemon);
        watchman.setKeepAliveTime(THREAD_KEPT_IDLE.toMillis(), TimeUnit.MILLISECONDS);
        watchman.allowCoreThreadTimeOut(true);
        watchman.setRemoveOnCancelPolicy(true);
    }

    /**
     * The whole body.
     *
     * @throws IOException if it is larger than that, does not come in time, or is cut off
     */
    byte[] read(Response response, int largest, Deadline deadline) throws IOException {
        Duration patience = longer(deadline.left(), LEAST_PATIENCE);
        AtomicBoolean tooLate = new AtomicBoolean();
        Future<?> watch = watchman.schedule(
                () -> {
                    tooLate.set(true);
                    response.close();
                },
                patience.toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            byte[] body = body(response, largest);
            if (tooLate.get()) {
                throw new IOException("the body of the answer took longer than " + patience);
            }
            return body;
        } finally {
            watch.cancel(false);
        }
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static byte[] body(Response response, int largest) throws IOException {
        // neither hasEntity nor readEntity: RESTEasy refuses a Content-Type there that it cannot read, and finds no
        // body without one
        return response.getEntity() instanceof InputStream body
                ? AnswerContent.unpacked(AnswerContent.read(body, largest), largest)
                : new byte[0];
    }

    private Thread daemon(Runnable task) {
        Thread daemon = new Thread(null, task, "descope-answer-watchman", 0, false);
        daemon.setDaemon(true);
        thread = daemon;
        return daemon;
    }

    /** Waits for the thread's end: Tomcat looks for threads that an application leaves behind as soon as its listeners return. */
    @Override
    public void close() {
        watchman.shutdownNow();
        Thread last = thread;
        if (last == null) {
            return;
        }
        try {
            last.join(END_OF_THREAD.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
