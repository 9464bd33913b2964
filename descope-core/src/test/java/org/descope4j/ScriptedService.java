package org.descope4j;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A server on a real socket that answers each path with the bytes a test wrote for it, or with a closed connection. */
final class ScriptedService implements AutoCloseable {
    /** Close the connection instead of answering. */
    static final String DROP = "";

    /** At the end of an answer: keep the connection open and send nothing more. */
    static final String HANG = "HANG";

    /** At the end of an answer: tear the connection down, so that the peer's next read fails. */
    static final String RESET = "RESET";

    /** In an answer: send the rest byte by byte, 20 a second. */
    static final String TRICKLE = "TRICKLE";

    private static final long TRICKLED_BYTE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final ServerSocket socket;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final Map<String, byte[]> bodies = new ConcurrentHashMap<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final List<Recorded> requests = new CopyOnWriteArrayList<>();

    record Recorded(String line, Map<String, String> headers, String body) {}

    ScriptedService() {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread acceptor = new Thread(this::accept, "scripted-service");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    String baseUri() {
        return URI.create("http://localhost:" + socket.getLocalPort()).toString();
    }

    /** What to send, head and body, for every request to a path. */
    ScriptedService answers(String path, String rawAnswer) {
        answers.put(path, rawAnswer);
        return this;
    }

    /** The same with a body that is no text, behind a head of its own. */
    ScriptedService answers(String path, String head, byte[] body) {
        bodies.put(path, body.clone());
        return answers(path, head);
    }

    static String json(int status, String body, String... headers) {
        return http(status, "application/json", body, headers);
    }

    static String http(int status, String contentType, String body, String... headers) {
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return "HTTP/1.1 " + status + " X\r\nContent-Type: " + contentType + "\r\nContent-Length: "
                + body.getBytes(UTF_8).length + "\r\nConnection: close\r\n" + more + "\r\n" + body;
    }

    List<Recorded> requests(String path) {
        return requests.stream()
                .filter(request -> request.line().contains(" " + path + " "))
                .toList();
    }

    /** All requests, whatever their path. */
    List<Recorded> requests() {
        return requests;
    }

    /** Also those over which nothing came. */
    int connections() {
        return connections.get();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connections.incrementAndGet();
                Thread thread = new Thread(() -> converse(connection), "scripted-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                // the test is over
            }
        }
    }

    private void converse(Socket connection) {
        try (connection) {
            serve(connection);
        } catch (IOException e) {
            // the peer went away
        }
    }

    private void serve(Socket connection) throws IOException {
        InputStream in = new BufferedInputStream(connection.getInputStream());
        String requestLine = line(in);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            headers.put(
                    header.substring(0, header.indexOf(':')),
                    header.substring(header.indexOf(':') + 1).strip());
        }
        requests.add(new Recorded(requestLine, headers, body(in, headers)));
        String path = requestLine.split(" ", -1)[1];
        String answer = answers.getOrDefault(path, DROP);
        if (answer.equals(DROP)) {
            return;
        }
        OutputStream out = connection.getOutputStream();
        String[] parts = answer.replace(HANG, "").replace(RESET, "").split(TRICKLE, 2);
        out.write(parts[0].getBytes(UTF_8));
        for (int i = 1; i < parts.length; i++) {
            trickle(parts[i].getBytes(UTF_8), out);
        }
        out.write(bodies.getOrDefault(path, new byte[0]));
        out.flush();
        if (answer.endsWith(HANG)) {
            // until the peer gives up
            line(in);
        }
        if (answer.endsWith(RESET)) {
            connection.setSoLinger(true, 0);
        }
    }

    private static void trickle(byte[] text, OutputStream out) throws IOException {
        for (byte next : text) {
            out.write(next);
            out.flush();
            LockSupport.parkNanos(TRICKLED_BYTE_NANOS);
        }
    }

    private static String body(InputStream in, Map<String, String> headers) throws IOException {
        if ("chunked".equals(headers.get("Transfer-Encoding"))) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
                body.write(in.readNBytes(size));
                line(in);
            }
            line(in);
            return body.toString(UTF_8);
        }
        int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
        return new String(in.readNBytes(length), UTF_8);
    }

    private static int chunkSize(InputStream in) throws IOException {
        return Integer.parseInt(line(in), 16);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("end of stream");
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
