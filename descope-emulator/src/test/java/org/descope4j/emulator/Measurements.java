package org.descope4j.emulator;

import java.lang.System.Logger;
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
import java.util.stream.IntStream;

/** Measures, and asserts nothing: how fast it starts, how many sign-ins it serves, what 100,000 links cost. See docs/emulator.md. */
final class Measurements {
    private static final Logger LOGGER = System.getLogger(Measurements.class.getName());
    private static final int CORES = Runtime.getRuntime().availableProcessors();
    private static final int CALLERS = 2 * CORES;
    private static final int LINKS = 100_000;
    private static final Duration ROUND = Duration.ofSeconds(8);
    private static final int ROUNDS = 3;

    private Measurements() {}

    /** Prints the measurements. */
    public static void main(String[] arguments) throws Exception {
        java.util.logging.Logger.getLogger(DescopeEmulator.class.getName()).setLevel(Level.SEVERE);
        print("starts in milliseconds, the first one with the classes to load: " + startTimes());
        for (int round = 1; round <= ROUNDS; round++) {
            double signatures = perSecond(CORES, Measurements::signer);
            double signIns = signInsPerSecond();
            print(
                    "round %d: %.0f RSA signatures a second on %d cores, %.0f sign-ins a second: %.0f %% of what two signatures each allow"
                            .formatted(round, signatures, CORES, signIns, 200 * signIns / signatures));
        }
        print("heap in MB after 0, 10,000, ... 100,000 links to 1,000 people: " + heapDuringLinks(1_000));
        print("heap in MB after 0, 10,000, ... 100,000 links, each to somebody new: " + heapDuringLinks(LINKS));
    }

    private static List<Long> startTimes() {
        List<Long> times = new ArrayList<>();
        for (int start = 0; start < 10; start++) {
            long before = System.nanoTime();
            DescopeEmulator emulator = DescopeEmulator.start();
            times.add(Duration.ofNanos(System.nanoTime() - before).toMillis());
            emulator.close();
        }
        return times;
    }

    private static double signInsPerSecond() throws Exception {
        try (DescopeEmulator emulator = DescopeEmulator.start()) {
            AtomicInteger users = new AtomicInteger();
            return perSecond(CALLERS, () -> {
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

    /** How often tasks are done a second, by some threads with a task each, after they did it for a while. */
    private static double perSecond(int threads, Supplier<Callable<?>> tasks) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Integer>> counts = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                Callable<?> task = tasks.get();
                counts.add(executor.submit(() -> {
                    count(task, ROUND.dividedBy(2));
                    return count(task, ROUND);
                }));
            }
            double total = 0;
            for (Future<Integer> count : counts) {
                total += count.get();
            }
            return total / ROUND.toSeconds();
        } finally {
            executor.shutdownNow();
        }
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
