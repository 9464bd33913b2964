package org.descope4j;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bounds how many calls to Descope are under way at a time, so that calls that wait for its answer do not take every thread of a server
 * (K19). A call that finds all places taken waits for one as long as Descope goes on answering others, and is refused soon where it
 * answers nobody. Thread-safe.
 */
final class Places {
    /** Longer than Descope takes for an answer when all is well: where nothing moves for so long, waiting is of no use. */
    private static final Duration STANDSTILL = Duration.ofSeconds(2);

    /** Shorter than a person notices. */
    private static final Duration LEAST_WAIT = Duration.ofMillis(250);

    private final int number;
    private final Semaphore free;
    /** By System.nanoTime: when a call last got a place or gave it back after an answer. */
    private volatile long lastMove = System.nanoTime();

    Places(int number) {
        this.number = number;
        this.free = new Semaphore(number, true);
    }

    /**
     * Takes a place.
     *
     * @throws DescopeUnavailableException if none is free in time, or the thread is interrupted; nothing was sent then
     */
    void take(Deadline deadline) {
        try {
            if (!isTaken(deadline)) {
                throw new DescopeUnavailableException(
                        "All " + number
                                + " places for calls to Descope are taken by calls that wait for"
                                + " its answer; is it slow? Nothing was sent",
                        null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DescopeUnavailableException("Interrupted before anything was sent to Descope", e);
        }
    }

    private boolean isTaken(Deadline deadline) throws InterruptedException {
        long wait = Math.max(LEAST_WAIT.toNanos(), leftBeforeStandstill());
        while (wait > 0) {
            if (free.tryAcquire(Math.min(wait, deadline.left().toNanos()), TimeUnit.NANOSECONDS)) {
                lastMove = System.nanoTime();
                return true;
            }
            wait = deadline.left().isZero() ? 0 : leftBeforeStandstill();
        }
        return false;
    }

    private long leftBeforeStandstill() {
        return STANDSTILL.toNanos() - (System.nanoTime() - lastMove);
    }

    /** Gives a place back. */
    void leave() {
        free.release();
    }

    /** Descope answered a call, whatever it said. */
    void noteAnswer() {
        lastMove = System.nanoTime();
    }
}
