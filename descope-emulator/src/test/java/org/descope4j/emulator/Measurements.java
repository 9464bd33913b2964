package org.descope4j.emulator;

import java.lang.System.Logger;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Measures, and asserts nothing: how fast it starts, how many sign-ins it serves, what 100,000 links cost. See docs/emulator.md. Beside
 * the time on the clock stands the processor time of all Java threads, callers included, which tells the same on a busy machine.
 */
final class Measurements {
    private static final Logger LOGGER = System.getLogger(Measurements.class.getName());
    private static final int CORES = Runtime.getRuntime().availableProcessors();
    private static final int CALLERS = 2 * CORES;
    private static final int LINKS = 100_000;
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration ROUND = Duration.ofSeconds(8);
    private static final int ROUNDS = 2;

    private Measurements() {}

    /** Prints the measurements. */
    public static void main(String[] arguments) throws Exception {
        java.util.logging.Logger.getLogger(DescopeEmulator.class.getName()).setLevel(Level.SEVERE);
        print("starts, the first one with the classes to load: " + startTimes());
        for (int round = 1; round <= ROUNDS; round++) {
            Rate signatures = rate(CORES, Measurements::signer);
            Rate signIns = signInRate();
            print(
                    "round %d on %d cores: RSA signatures %s, sign-ins %s: %.0f %% of what two signatures each allow, %.0f %% by processor time"
                            .formatted(
                                    round,
                                    CORES,
                                    signatures,
                                    signIns,
                                    200 * signIns.perSecond() / signatures.perSecond(),
                                    200 * signatures.processorMillis() / signIns.processorMillis()));
        }
        print("heap in MB after 0, 10,000, ... 100,000 links to 1,000 people: " + heapDuringLinks(1_000));
        print("heap in MB after 0, 10,000, ... 100,000 links, each to somebody new: " + heapDuringLinks(LINKS));
    }

    /** How often something was done a second, and the processor time for one. */
    private record Rate(double perSecond, double processorMillis) {
        @Override
        public String toString() {
            return "%.0f a second at %.2f ms".formatted(perSecond, processorMillis);
        }
    }

    private static List<String> startTimes() {
        List<String> times = new ArrayList<>();
        for (int start = 0; start < 10; start++) {
            long before = System.nanoTime();
            long processorBefore = processorNanos();
            DescopeEmulator emulator = DescopeEmulator.start();
            times.add("%d ms (processor %d ms)"
                    .formatted(
                            Duration.ofNanos(System.nanoTime() - before).toMillis(),
                            Duration.ofNanos(processorNanos() - processorBefore).toMillis()));
            emulator.close();
        }
        return times;
    }

    /** The processor time of all threads that run Java now. */
    private static long processorNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return LongStream.of(threads.getAllThreadIds())
                .map(threads::getThreadCpuTime)
                .filter(nanos -> nanos > 0)
                .sum();
    }

    private static Rate signInRate() throws Exception {
        try (DescopeEmulator emulator = DescopeEmulator.start()) {
            AtomicInteger users = new AtomicInteger();
            return rate(CALLERS, () -> {
                Caller caller = new Caller(emulator);
                String loginId = "user" + users.incrementAndGet() + "@example.com";
                return () -> caller.signIn(loginId).status();
            });
        }
    }

    private static Callable<?> signer() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair keys = generator.generateKeyPair();
            Signature signature = Signature.getInstance("SHA256withRSA");
            byte[] text = new byte[600];
            return () -> {
                signature.initSign(keys.getPrivate());
                signature.update(text);
                return signature.sign();
            };
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How often tasks are done, by some threads with a task each, after they did it for a while. */
    private static Rate rate(int threads, Supplier<Callable<?>> tasks) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<?>> ours = Stream.generate(tasks).limit(threads).collect(Collectors.toList());
            total(executor, ours, WARM_UP);
            long before = processorNanos();
            int total = total(executor, ours, ROUND);
            double processorMillis = (processorNanos() - before) / 1e6 / total;
            return new Rate((double) total / ROUND.toSeconds(), processorMillis);
        } finally {
            executor.shutdownNow();
        }
    }

    private static int total(ExecutorService executor, List<Callable<?>> tasks, Duration time) throws Exception {
        List<Future<Integer>> counts = new ArrayList<>();
        for (Callable<?> task : tasks) {
            counts.add(executor.submit(() -> count(task, time)));
        }
        int total = 0;
        for (Future<Integer> count : counts) {
            total += count.get();
        }
        return total;
    }

    private static int count(Callable<?> task, Duration time) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        int count = 0;
        while (System.nanoTime() < end) {
            task.call();
            count++;
        }
        return count;
    }

    private static List<Long> heapDuringLinks(int people) {
        try (DescopeEmulator emulator = DescopeEmulator.start()) {
            Caller caller = new Caller(emulator);
            List<Long> megabytes = new ArrayList<>(List.of(heap()));
            for (int part = 0; part < 10; part++) {
                int first = part * LINKS / 10;
                IntStream.range(first, first + LINKS / 10)
                        .parallel()
                        .forEach(number -> caller.askForLink("signup-in", "user" + number % people + "@example.com"));
                megabytes.add(heap());
            }
            return megabytes;
        }
    }

    private static long heap() {
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        return (runtime.totalMemory() - runtime.freeMemory()) / (1024 * 1024);
    }

    private static void print(String line) {
        LOGGER.log(Logger.Level.INFO, line);
    }
}
