package org.descope4j.servlet;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The client's end of a WebSocket. */
final class LiveSocket implements WebSocket.Listener {
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();

    private LiveSocket() {}

    /** A socket, or the answer to the handshake where the server opened none. */
    record Handshake(@Nullable LiveSocket socket, @Nullable HttpResponse<?> refusal) {
        LiveSocket opened() {
            if (socket == null) {
                throw new AssertionError("No socket: " + refusal);
            }
            return socket;
        }

        HttpResponse<?> refused() {
            if (refusal == null) {
                throw new AssertionError("The socket is open, and it says " + opened().next());
            }
            return refusal;
        }

        String header(String name) {
            return refused().headers().firstValue(name).orElse("");
        }
    }

    /** @param headers names and values of what goes along with the handshake */
    static Handshake shake(URI uri, String... headers) {
        LiveSocket socket = new LiveSocket();
        WebSocket.Builder handshake = HttpClient.newHttpClient().newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            handshake.header(headers[i], headers[i + 1]);
        }
        try {
            handshake.buildAsync(uri, socket).join();
            return new Handshake(socket, null);
        } catch (CompletionException e) {
            // join() wraps what the client was told
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                return new Handshake(null, refused.getResponse());
            }
            throw e;
        }
    }

    /** The next message, for which it waits. */
    String next() {
        try {
            String message = messages.poll(10, TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError("No message comes");
            }
            return message;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The status with which the server closes, for which it waits. */
    int closedWith() {
        return closed.orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean isLast) {
        messages.add(data.toString());
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
        closed.complete(status);
        return null;
    }
}
