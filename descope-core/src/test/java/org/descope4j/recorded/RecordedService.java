package org.descope4j.recorded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server on a real socket that gives the recorded answers in their order, the last of a path as often as it is asked. It keeps
 * connections open, as Descope does, so that an answer can also fail to come on a connection that worked before.
 */
final class RecordedService implements AutoCloseable {
    private final ServerSocket socket;
    private final Map<String, Deque<JsonObject>> answers = new HashMap<>();
    private final String keySet;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<JsonObject> answered = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * Starts it.
     *
     * @param keySet where the recording has no answer for the keys: ours asks for them where the recorded client did not
     */
    RecordedService(List<RecordedCall.Exchange> exchanges, String keySet) {
        this.keySet = keySet;
        for (RecordedCall.Exchange exchange : exchanges) {
            answers.computeIfAbsent(
                            exchange.request().method() + " "
                                    + exchange.request().path(),
                            path -> new ArrayDeque<>())
                    .add(exchange.answer());
        }
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    String baseUri() {
        return "http://localhost:" + socket.getLocalPort();
    }

    List<Request> requests() {
        return requests;
    }

    /** The answers given to what was no question for keys. */
    List<JsonObject> answered() {
        return answered;
    }

    /** How many were made. */
    int connections() {
        return connections.get();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connections.incrementAndGet();
                start(() -> converse(connection));
            } catch (IOException e) {
                // the test is over
            }
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "recorded-service");
        thread.setDaemon(true);
        thread.start();
    }

    private void converse(Socket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            boolean goesOn = true;
            while (goesOn) {
                goesOn = answer(read(in), connection.getOutputStream());
            }
        } catch (IOException e) {
            // the peer went away
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Request read(InputStream in) throws IOException {
        String[] line = line(in).split(" ", -1);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.put(header.substring(0, colon), header.substring(colon + 1).strip());
        }
        int query = line[1].indexOf('?');
        Request request = new Request(
                line[0],
                query < 0 ? line[1] : line[1].substring(0, query),
                query < 0 ? "" : line[1].substring(query + 1),
                headers.getOrDefault("Authorization", ""),
                json(body(in, headers)));
        requests.add(request);
        return request;
    }

    /** Whether the connection stays. */
    private boolean answer(Request request, OutputStream out) throws IOException, InterruptedException {
        JsonObject answer = next(request);
        if (!request.isForKeys()) {
            answered.add(answer);
        }
        if (closed.await(answer.getInt("delayMs", 0), TimeUnit.MILLISECONDS)) {
            return false;
        }
        String behavior = answer.getString("behavior", "");
        byte[] body = body(answer);
        switch (behavior) {
            case "" -> write(out, head(answer) + "Content-Length: " + body.length, body);
            case "short-body" -> write(out, head(answer) + "Content-Length: " + (body.length + 50), body);
            case "chunked" -> write(out, head(answer) + "Transfer-Encoding: chunked", inChunks(body));
            case "close-before-reply" -> {
                return false;
            }
            default -> throw new IllegalStateException("The recording has a behaviour nobody plays: " + behavior);
        }
        return behavior.isEmpty() || behavior.equals("chunked");
    }

    private synchronized JsonObject next(Request request) {
        Deque<JsonObject> script = answers.get(request.method() + " " + request.path());
        if (script != null) {
            return script.size() > 1 ? script.removeFirst() : script.getFirst();
        }
        if (request.isForKeys()) {
            return Json.createObjectBuilder()
                    .add("status", 200)
                    .add("headers", Json.createObjectBuilder().add("content-type", "application/json"))
                    .add("rawBody", keySet)
                    .build();
        }
        return Json.createObjectBuilder().add("status", 501).build();
    }

    private static String head(JsonObject answer) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.getInt("status") + " Recorded\r\n");
        answer.getOrDefault("headers", JsonValue.EMPTY_JSON_OBJECT)
                .asJsonObject()
                .forEach((name, value) -> {
                    List<JsonValue> values =
                            value.getValueType() == JsonValue.ValueType.ARRAY ? value.asJsonArray() : List.of(value);
                    values.forEach(each -> head.append(name)
                            .append(": ")
                            .append(((JsonString) each).getString())
                            .append("\r\n"));
                });
        return head.toString();
    }

    private static byte[] body(JsonObject answer) {
        if (answer.containsKey("rawBody")) {
            return answer.getString("rawBody").getBytes(UTF_8);
        }
        JsonValue body = answer.getOrDefault("body", JsonValue.NULL);
        return body.equals(JsonValue.NULL) ? new byte[0] : body.toString().getBytes(UTF_8);
    }

    private static byte[] inChunks(byte[] body) throws IOException {
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        for (int start = 0; start < body.length; start += 100) {
            int length = Math.min(100, body.length - start);
            chunks.write((Integer.toHexString(length) + "\r\n").getBytes(ISO_8859_1));
            chunks.write(body, start, length);
            chunks.write("\r\n".getBytes(ISO_8859_1));
        }
        chunks.write("0\r\n\r\n".getBytes(ISO_8859_1));
        return chunks.toByteArray();
    }

    private static void write(OutputStream out, String head, byte[] body) throws IOException {
        out.write((head + "\r\n\r\n").getBytes(ISO_8859_1));
        out.write(body);
        out.flush();
    }

    private static JsonValue json(byte[] body) {
        if (body.length == 0) {
            return JsonValue.NULL;
        }
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(body))) {
            return reader.readValue();
        }
    }

    private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
        if (!"chunked".equals(headers.get("Transfer-Encoding"))) {
            return in.readNBytes(Integer.parseInt(headers.getOrDefault("Content-Length", "0")));
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
            body.write(in.readNBytes(size));
            line(in);
        }
        line(in);
        return body.toByteArray();
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
        closed.countDown();
        socket.close();
    }
}
