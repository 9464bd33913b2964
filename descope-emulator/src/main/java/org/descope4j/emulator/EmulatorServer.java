package org.descope4j.emulator;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The JDK's HTTP servers, one for each address, with their threads. */
final class EmulatorServer implements AutoCloseable {
    private static final int THREADS = 16;
    private static final int WAITING_REQUESTS = 1024;
    private static final int SYSTEM_DEFAULT_BACKLOG = 0;
    private static final int NO_GRACE_SECONDS = 0;
    private static final int ATTEMPTS = 20;

    private static final String NO_DELAY = "sun.net.httpserver.nodelay";

    private final List<HttpServer> servers;
    private final ExecutorService threads;
    private boolean isServing;

    private EmulatorServer(List<HttpServer> servers, ExecutorService threads) {
        this.servers = servers;
        this.threads = threads;
    }

    /** Takes the port (0 for any free one) on each address, and answers nothing yet. */
    static EmulatorServer bind(List<InetAddress> addresses, int port) {
        sendWithoutDelay();
        for (int attempt = 1; ; attempt++) {
            try {
                List<HttpServer> servers = create(addresses, port);
                ExecutorService threads = daemonThreads();
                servers.forEach(server -> server.setExecutor(threads));
                return new EmulatorServer(servers, threads);
            } catch (BindException e) {
                // a port that was free on the first address may be taken on the second
                if (port != 0 || attempt == ATTEMPTS) {
                    throw new UncheckedIOException(
                            "Port " + port + " is taken: end the program that listens there, or choose another port",
                            e);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("The emulator cannot listen on port " + port, e);
            }
        }
    }

    private static List<HttpServer> create(List<InetAddress> addresses, int port) throws IOException {
        List<HttpServer> servers = new ArrayList<>();
        int chosen = port;
        try {
            for (InetAddress address : addresses) {
                HttpServer server = HttpServer.create(new InetSocketAddress(address, chosen), SYSTEM_DEFAULT_BACKLOG);
                servers.add(server);
                chosen = server.getAddress().getPort();
            }
            return servers;
        } catch (IOException e) {
            servers.forEach(EmulatorServer::free);
            throw e;
        }
    }

    int port() {
        return servers.get(0).getAddress().getPort();
    }

    void serve(HttpHandler handler) {
        isServing = true;
        servers.forEach(server -> {
            server.createContext("/", handler);
            server.start();
        });
    }

    @Override
    public void close() {
        servers.forEach(server -> {
            if (isServing) {
                server.stop(NO_GRACE_SECONDS);
            } else {
                free(server);
            }
        });
        isServing = true;
        threads.shutdownNow();
    }

    /** The JDK's server gives its port back in the thread that serves, so that one that never served must begin to. */
    private static void free(HttpServer server) {
        server.start();
        server.stop(NO_GRACE_SECONDS);
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
