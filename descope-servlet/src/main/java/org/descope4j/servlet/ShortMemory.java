package org.descope4j.servlet;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Remembers each value for the same time, measured by System.nanoTime, so that changes of the system clock neither revive nor lengthen
 * anything. What came first leaves first: when its time is over, whether a request comes or not, or when there are more bytes than allowed.
 * The work of each call is the same however much is remembered. Thread-safe.
 *
 * @param <V> what is remembered
 */
final class ShortMemory<V> {
    /** What an entry takes beside its value, seen on 64-bit machines. */
    private static final int OVERHEAD = 200;

    private final Duration time;
    private final long mostBytes;
    private final ToLongFunction<V> bytesOf;
    private final Sweeper sweeper;
    private final Map<String, Entry<V>> entries = new LinkedHashMap<>();
    private long bytes;
    private boolean isSweepPlanned;
    private volatile boolean isEmpty = true;

    /**
     * @param time how long each value is remembered; with zero nothing is
     * @param mostBytes of all values; the newest one stays whatever it takes
     * @param bytesOf about what a value takes
     */
    ShortMemory(Duration time, long mostBytes, ToLongFunction<V> bytesOf, Sweeper sweeper) {
        this.time = time;
        this.mostBytes = mostBytes;
        this.bytesOf = bytesOf;
        this.sweeper = sweeper;
    }

    private record Entry<V>(V value, long overAt, long bytes) {
        boolean isOver() {
            return System.nanoTime() - overAt >= 0;
        }
    }

    /** Bytes that an application with this much memory has to spare for one of its memories: a sixteenth, and at least 16 MB. */
    static long spareBytes() {
        return Math.max(16L << 20, Runtime.getRuntime().maxMemory() / 16);
    }

    /** Quick: without a lock. */
    boolean isEmpty() {
        return isEmpty;
    }

    Optional<V> find(String key) {
        if (isEmpty) {
            return Optional.empty();
        }
        synchronized (this) {
            Entry<V> entry = entries.get(key);
            return entry == null || entry.isOver() ? Optional.empty() : Optional.of(entry.value());
        }
    }

    /** Remembers a value instead of an earlier one. */
    synchronized void put(String key, V value) {
        if (time.isZero()) {
            return;
        }
        drop(entries.remove(key));
        Entry<V> entry = new Entry<>(value, System.nanoTime() + time.toNanos(), OVERHEAD + bytesOf.applyAsLong(value));
        entries.put(key, entry);
        bytes += entry.bytes();
        isEmpty = false;
        Iterator<Entry<V>> oldest = entries.values().iterator();
        while (bytes > mostBytes && entries.size() > 1) {
            drop(oldest.next());
            oldest.remove();
        }
        planSweep();
    }

    /** Forgets this very value; a newer one stays. */
    @SuppressWarnings("ReferenceEquality") // an equal value is another one
    synchronized void forget(String key, V value) {
        Entry<V> entry = entries.get(key);
        if (entry != null && entry.value() == value) {
            drop(entries.remove(key));
            isEmpty = entries.isEmpty();
        }
    }

    private void drop(@Nullable Entry<V> entry) {
        bytes -= entry == null ? 0 : entry.bytes();
    }

    private synchronized void sweep() {
        isSweepPlanned = false;
        Iterator<Entry<V>> oldest = entries.values().iterator();
        while (oldest.hasNext()) {
            Entry<V> entry = oldest.next();
            if (!entry.isOver()) {
                break;
            }
            drop(entry);
            oldest.remove();
        }
        isEmpty = entries.isEmpty();
        planSweep();
    }

    private void planSweep() {
        if (isSweepPlanned || entries.isEmpty()) {
            return;
        }
        isSweepPlanned = true;
        long left = entries.values().iterator().next().overAt() - System.nanoTime();
        sweeper.in(Duration.ofNanos(Math.max(left, 0)), this::sweep);
    }
}
