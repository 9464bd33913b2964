package org.descope4j.emulator;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The JDK's HTTP server on the loopback interface, with its threads. */
final class LoopbackServer implements AutoCloseable {
    private static final int THREADS = 16;
    private static final int WAITING_REQUESTS = 1024;
    private static final int SYSTEM_DEFAULT_BACKLOG = 0;
    private static final int NO_GRACE_SECONDS = 0;

    private static final String NO_DELAY = "sun.net.httpserver.nodelay";

    private final HttpServer server;
    private final ExecutorService threads;

    private LoopbackServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /** Takes the port (0 for any free one), and answers nothing yet. */
    static LoopbackServer bind(int port) {
        sendWithoutDelay();
        ExecutorService threads = daemonThreads();
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            HttpServer server = HttpServer.create(address, SYSTEM_DEFAULT_BACKLOG);
            server.setExecutor(threads);
            return new LoopbackServer(server, threads);
        } catch (BindException e) {
            throw new UncheckedIOException(
                    "Port " + port + " is taken: end the program that listens there, or choose another port", e);
        } catch (IOException e) {
            throw new UncheckedIOException("The emulator cannot listen on port " + port, e);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    void serve(HttpHandler handler) {
        server.createContext("/", handler);
        server.start();
    }

    @Override
    public void close() {
        server.stop(NO_GRACE_SECONDS);
        threads.shutdownNow();
    }

    /**
     * The JDK's server sends an answer's head and body apart. With Nagle's algorithm the body waits about 40 ms for the client to
     * acknowledge the head, at each request but a connection's first; this property, read once by the server, is the only switch.
     */
    private static void sendWithoutDelay() {
        if (System.getProperty(NO_DELAY) == null) {
            System.setProperty(NO_DELAY, "true");
        }
    }

    private static ExecutorService daemonThreads() {
        AtomicInteger count = new AtomicInteger();
        ThreadFactory factory = task -> {
            Thread thread = new Thread(task, "descope-emulator-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
        return new ThreadPoolExecutor(
                THREADS, THREADS, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING_REQUESTS), factory);
    }
}
