package org.descope4j.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;

/** What no HTTP client sends: bytes on a socket, and all that comes back. */
final class RawRequest {
    private RawRequest() {}

    /** @param lines the request line and headers; the connection is closed after the answer */
    static String send(int port, String body, String... lines) {
        String head = String.join("\r\n", lines) + "\r\nConnection: close\r\n";
        String length = body.isEmpty() ? "" : "Content-Length: " + body.getBytes(ISO_8859_1).length + "\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write((head + length + "\r\n" + body).getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
