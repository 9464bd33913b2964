package org.descope4j.servlet;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Removes from memory what has had its time, also where no request comes any more. Its one thread lives only while something is to be
 * removed, and some seconds after; it ends with the application. Thread-safe.
 */
final class Sweeper {
    private static final Duration THREAD_KEPT_IDLE = Duration.ofSeconds(5);
    private static final Duration END_OF_THREAD = Duration.ofSeconds(1);

    private final ScheduledThreadPoolExecutor thread;

    /** @param loader of the application, which the thread works for */
    Sweeper(ClassLoader loader) {
        thread = new ScheduledThreadPoolExecutor(1, task -> {
            // nothing of the request whose thread makes this one
            Thread made = new Thread(null, task, "descope-sweeper", 0, false);
            made.setDaemon(true);
            made.setContextClassLoader(loader);
            return made;
        });
        thread.setKeepAliveTime(THREAD_KEPT_IDLE.toMillis(), TimeUnit.MILLISECONDS);
        thread.allowCoreThreadTimeOut(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    void in(Duration delay, Runnable sweep) {
        try {
            Future<?> unused = thread.schedule(sweep, delay.toMillis() + 1, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // the application ends, and its memory with it
        }
    }

    /** May be called twice. */
    void end() {
        thread.shutdownNow();
        try {
            boolean unused = thread.awaitTermination(END_OF_THREAD.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
