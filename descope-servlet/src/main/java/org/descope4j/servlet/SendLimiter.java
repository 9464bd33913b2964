package org.descope4j.servlet;

import java.time.Duration;
import java.util.Optional;

/**
 * Counts how often something happens, and says when it is too often: per recipient, per client address and network, in total. The
 * built-in one counts in the memory of this node; where several nodes shall count together, an application brings its own, over a store
 * that they share, as a provider of {@link java.util.ServiceLoader}. Must be thread-safe, and answer quickly: a request waits for it. One
 * that throws, or returns null, has the request answered with 503, and no link is sent.
 */
public interface SendLimiter {
    /**
     * Counts one more, unless that is too many.
     *
     * @param key what is counted: a digest, which tells nobody the recipient or address
     * @param count how many there may be in a period
     * @param period how long one is remembered
     * @return empty if it was counted; otherwise how long to wait, and it was not counted
     */
    Optional<Duration> tryCount(String key, int count, Duration period);

    /**
     * Takes back one that was counted a moment ago, since another limit refused the same request: what was not sent shall use up
     * nobody's share. Does nothing unless it is overridden; then a refused request stays counted against the limits that were asked
     * before the one that refused it.
     *
     * @param key as it was counted
     * @param count as it was counted
     * @param period as it was counted
     */
    default void giveBack(String key, int count, Duration period) {}
}
