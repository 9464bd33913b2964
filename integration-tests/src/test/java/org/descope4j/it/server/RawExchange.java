package org.descope4j.it.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;

/** Sends a request as it is written, since clients put paths in order before they send them. */
final class RawExchange {
    /** Of a page of an origin that nobody trusts. */
    static final String PREFLIGHT = "Origin: https://e.example\r\nAccess-Control-Request-Method: GET\r\n";

    private RawExchange() {}

    /** The answer; empty where the server ends the connection instead. */
    static String of(String request) throws IOException {
        URI server = SampleWar.uri();
        String length = request.startsWith("POST") ? "Content-Length: 0\r\n" : "";
        String close = request.contains("Connection: ") ? "" : "Connection: close\r\n";
        String host = "Host: localhost:" + server.getPort() + "\r\n";
        try (Socket socket = new Socket(InetAddress.getByName(server.getHost()), server.getPort())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream()
                    .write((request + host + "Accept: */*\r\n" + length + close + "\r\n").getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        } catch (SocketException | SocketTimeoutException e) {
            return "";
        }
    }
}
