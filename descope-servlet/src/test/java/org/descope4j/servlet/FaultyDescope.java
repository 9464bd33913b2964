package org.descope4j.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * Stands in front of an emulator: so many of a hundred calls fail before they get there, and all take their time. Those of one path can be
 * held up on their way, and the answers of one path rewritten.
 */
final class FaultyDescope implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(64);
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI emulator;
    private final int failuresInHundred;
    private final Duration delay;
    private final Random random = new Random(20261125);
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final Map<String, UnaryOperator<String>> rewritten = new ConcurrentHashMap<>();
    private final Map<String, Refusal> refusals = new ConcurrentHashMap<>();
    private volatile Gate gate = Gate.OPEN;
    private volatile Gate answerGate = Gate.OPEN;

    private FaultyDescope(HttpServer server, URI emulator, int failuresInHundred, Duration delay) {
        this.server = server;
        this.emulator = emulator;
        this.failuresInHundred = failuresInHundred;
        this.delay = delay;
    }

    static FaultyDescope before(URI emulator, int failuresInHundred, Duration delay) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            FaultyDescope faulty = new FaultyDescope(server, emulator, failuresInHundred, delay);
            server.createContext("/", faulty::serve);
            server.setExecutor(faulty.threads);
            server.start();
            return faulty;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI baseUri() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    int failed() {
        return failed.get();
    }

    int answered() {
        return answered.get();
    }

    /** From now on the emulator's answers to calls of a path are another text. */
    void answers(String path, UnaryOperator<String> instead) {
        rewritten.put(path, instead);
    }

    /** The next call of a path is refused with this status and text. */
    void refusesOnce(String path, int status, String body) {
        refusals.put(path, new Refusal(status, body));
    }

    private record Refusal(int status, String body) {}

    /** From now on calls of a path wait here, on their way, until the gate opens. */
    Gate hold(String path) {
        gate = new Gate(path, new CountDownLatch(1), new CountDownLatch(1));
        return gate;
    }

    /** From now on answers to calls of a path, which the emulator has carried out, wait here on their way back, until the gate opens. */
    Gate holdAnswer(String path) {
        answerGate = new Gate(path, new CountDownLatch(1), new CountDownLatch(1));
        return answerGate;
    }

    /** Where calls of a path wait. */
    record Gate(String path, CountDownLatch reached, CountDownLatch opened) {
        private static final Gate OPEN = new Gate("", new CountDownLatch(0), new CountDownLatch(0));

        /** Waits until a call is here. */
        void awaitCall() throws InterruptedException {
            if (!reached.await(60, TimeUnit.SECONDS)) {
                throw new AssertionError("Nobody calls " + path);
            }
        }

        void open() {
            opened.countDown();
        }

        private void pass(String called) throws InterruptedException {
            if (called.equals(path)) {
                reached.countDown();
                opened.await();
            }
        }
    }

    private void serve(HttpExchange exchange) {
        // slow, and no thread of the client's sleeps for it
        CompletableFuture<Void> unused = CompletableFuture.runAsync(
                () -> answer(exchange),
                CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, threads));
    }

    private void answer(HttpExchange exchange) {
        try (exchange) {
            if (random.nextInt(100) < failuresInHundred) {
                failed.incrementAndGet();
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            gate.pass(exchange.getRequestURI().getPath());
            Refusal refusal = refusals.remove(exchange.getRequestURI().getPath());
            if (refusal != null) {
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(refusal.status(), refusal.body().length());
                exchange.getResponseBody().write(refusal.body().getBytes(UTF_8));
                return;
            }
            HttpRequest.Builder request = HttpRequest.newBuilder(emulator.resolve(exchange.getRequestURI()))
                    .method(
                            exchange.getRequestMethod(),
                            HttpRequest.BodyPublishers.ofByteArray(
                                    exchange.getRequestBody().readAllBytes()));
            for (String header : new String[] {"Authorization", "Content-Type", "Accept"}) {
                String value = exchange.getRequestHeaders().getFirst(header);
                if (value != null) {
                    request.header(header, value);
                }
            }
            HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            answerGate.pass(exchange.getRequestURI().getPath());
            response.headers()
                    .firstValue("Content-Type")
                    .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
            byte[] body = rewritten
                    .getOrDefault(exchange.getRequestURI().getPath(), UnaryOperator.identity())
                    .apply(new String(response.body(), UTF_8))
                    .getBytes(UTF_8);
            exchange.sendResponseHeaders(response.statusCode(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            answered.incrementAndGet();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
