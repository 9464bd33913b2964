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
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Stands in front of an emulator and lets go wrong with each call what a test says. Safe for use by several threads. */
final class TroubledDescope implements AutoCloseable {
    private static final String REFRESH = "/v1/auth/refresh";

    /** What goes wrong with a call. */
    enum Trouble {
        NONE,
        SERVER_ERROR,
        TOO_MANY,
        /** The connection ends, and Descope has not heard of the call. */
        CUT,
        /** The connection ends after Descope did what the call asks for. */
        ANSWER_LOST,
        GARBAGE,
        /** A gateway on the way that is set up wrongly says so in the words of Descope. */
        GATEWAY_MISTAKE,
        /** The JWTs of the answer are signed by nobody's key. */
        WRONG_KEY,
        SLOW,
        /** Does what it is asked for, and answers three seconds later, or at {@link #endHangs()}. */
        HANG
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI emulator;
    private final Map<Trouble, AtomicInteger> met = new EnumMap<>(Trouble.class);
    private volatile Supplier<Trouble> troubles = () -> Trouble.NONE;
    private volatile CountDownLatch hangs = new CountDownLatch(1);
    private volatile @Nullable Hold hold;

    /** A refresh that waits, before Descope hears of it or when its answer is on the way. */
    static final class Hold {
        private final boolean isBefore;
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        private Hold(boolean isBefore) {
            this.isBefore = isBefore;
        }

        boolean isReached() {
            return reached.getCount() == 0;
        }

        private void pass(boolean before) throws InterruptedException {
            if (before == isBefore) {
                reached.countDown();
                if (!released.await(60, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("Nobody released a call");
                }
            }
        }
    }

    private TroubledDescope(HttpServer server, URI emulator) {
        this.server = server;
        this.emulator = emulator;
        for (Trouble trouble : Trouble.values()) {
            met.put(trouble, new AtomicInteger());
        }
    }

    static TroubledDescope before(URI emulator) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            TroubledDescope troubled = new TroubledDescope(server, emulator);
            server.createContext("/", troubled::serve);
            server.setExecutor(troubled.threads);
            server.start();
            return troubled;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI baseUri() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    /** What goes wrong with each call from now on. */
    void troubles(Supplier<Trouble> troubles) {
        this.troubles = troubles;
    }

    Map<Trouble, AtomicInteger> met() {
        return met;
    }

    void endHangs() {
        hangs.countDown();
        hangs = new CountDownLatch(1);
    }

    /** The next refresh, and those that come before {@link #release()}, wait. */
    void hold(boolean before) {
        hold = new Hold(before);
    }

    boolean isHolding() {
        return hold != null;
    }

    /** Whether a refresh waits here. */
    boolean hasHeld() {
        Hold now = hold;
        return now != null && now.isReached();
    }

    void release() {
        Hold held = hold;
        hold = null;
        if (held != null) {
            held.released.countDown();
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try {
            Trouble trouble = troubles.get();
            Objects.requireNonNull(met.get(trouble)).incrementAndGet();
            answer(exchange, trouble);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    private void answer(HttpExchange exchange, Trouble trouble) throws IOException, InterruptedException {
        byte[] question = exchange.getRequestBody().readAllBytes();
        switch (trouble) {
            case SERVER_ERROR -> send(exchange, 503, "{}");
            case TOO_MANY -> send(exchange, 429, "{}");
            case GARBAGE -> send(exchange, 200, "<html>Welcome to the hotel</html>");
            case GATEWAY_MISTAKE ->
                send(exchange, 400, "{\"errorCode\":\"E011002\",\"errorDescription\":\"Request is malformed\"}");
            case CUT -> {}
            case HANG -> {
                // Descope carries it out at once, and its answer comes when nobody waits any more
                HttpResponse<String> late = forward(exchange, question);
                hangs.await(3, TimeUnit.SECONDS);
                pass(exchange, late, false);
            }
            case ANSWER_LOST -> forward(exchange, question);
            case SLOW -> {
                new CountDownLatch(1).await(300, TimeUnit.MILLISECONDS);
                pass(exchange, forward(exchange, question), false);
            }
            case WRONG_KEY, NONE -> {
                Hold held = exchange.getRequestURI().getPath().equals(REFRESH) ? hold : null;
                if (held != null) {
                    held.pass(true);
                }
                HttpResponse<String> response = forward(exchange, question);
                if (held != null) {
                    held.pass(false);
                }
                pass(exchange, response, trouble == Trouble.WRONG_KEY);
            }
        }
    }

    private static void pass(HttpExchange exchange, HttpResponse<String> response, boolean isSpoilt)
            throws IOException {
        send(exchange, response.statusCode(), isSpoilt ? spoilt(response.body()) : response.body());
    }

    /** Each signature with other letters in it. */
    private static String spoilt(String json) {
        return json.replaceAll("(eyJ[\\w-]+\\.[\\w-]+\\.)[\\w-]{8}", "$1AAAABBBB");
    }

    private HttpResponse<String> forward(HttpExchange exchange, byte[] question)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(emulator.resolve(exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(question));
        for (String header : new String[] {"Authorization", "Content-Type", "Accept"}) {
            String value = exchange.getRequestHeaders().getFirst(header);
            if (value != null) {
                request.header(header, value);
            }
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        release();
        endHangs();
        server.stop(0);
        threads.shutdownNow();
    }
}
