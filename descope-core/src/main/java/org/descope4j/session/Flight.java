package org.descope4j.session;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One request for the keys, that others may wait for. */
final class Flight {

    /** A flight that nobody needs to wait for. */
    static final Flight LANDED = new Flight(0);

    /** Longer than a {@link KeyFetcher} may take: a bound for those that break their promise. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(10);

    private final CountDownLatch landing;

    Flight() {
        this(1);
    }

    private Flight(int landings) {
        landing = new CountDownLatch(landings);
    }

    void land() {
        landing.countDown();
    }

    boolean hasLanded() {
        return landing.getCount() == 0;
    }

    /**
     * Waits for the end of the request.
     *
     * @return whether it ended; not if it took too long, or if the waiting thread was interrupted
     */
    boolean awaitLanding() {
        try {
            return landing.await(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
