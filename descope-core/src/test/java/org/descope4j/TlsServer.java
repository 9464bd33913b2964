package org.descope4j;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A server that answers every request over TLS with an empty object, or does something less seemly before it comes to that. */
final class TlsServer implements AutoCloseable {
    private static final String ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";

    /** A ServerHello of TLS 1.1 (RFC 4346 section 7.4.1.3) that picks TLS_RSA_WITH_AES_128_CBC_SHA. */
    private static final byte[] HELLO_OF_TLS_1_1 =
            HexFormat.of().parseHex("160302002a" + "02000026" + "0302" + "5a".repeat(32) + "00" + "002f" + "00");

    private final ServerSocket socket;
    private final byte[] greeting;
    private final Queue<String> heard = new ConcurrentLinkedQueue<>();
    private final AtomicInteger connections = new AtomicInteger();

    private TlsServer(ServerSocket socket, byte[] greeting) {
        this.socket = socket;
        this.greeting = greeting;
        Thread acceptor = new Thread(this::accept, "tls-server");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    static TlsServer with(Certificate certificate) throws GeneralSecurityException, IOException {
        return new TlsServer(
                certificate
                        .context()
                        .getServerSocketFactory()
                        .createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
                new byte[0]);
    }

    static TlsServer choosingTls11() throws IOException {
        return new TlsServer(plainSocket(), HELLO_OF_TLS_1_1);
    }

    static TlsServer withoutTls() throws IOException {
        return new TlsServer(plainSocket(), ANSWER.getBytes(ISO_8859_1));
    }

    private static ServerSocket plainSocket() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    int port() {
        return socket.getLocalPort();
    }

    /** How many have connected, whether they liked what they saw or not. */
    int connections() {
        return connections.get();
    }

    /** Everything that came, once decrypted. */
    String heard() {
        return String.join("\n", heard);
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connections.incrementAndGet();
                Thread thread = new Thread(() -> converse(connection), "tls-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                // the test is over
            }
        }
    }

    private void converse(Socket connection) {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        try (connection) {
            connection.getOutputStream().write(greeting);
            InputStream in = connection.getInputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                received.write(next);
                if (in.available() == 0 && received.toString(ISO_8859_1).contains("\r\n\r\n")) {
                    heard.add(received.toString(ISO_8859_1));
                    connection.getOutputStream().write(ANSWER.getBytes(ISO_8859_1));
                    return;
                }
            }
        } catch (IOException e) {
            // the peer went away
        } finally {
            heard.add(received.toString(ISO_8859_1));
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** A certificate with its private key, made by the platform's own tool. */
    record Certificate(Path file) {
        static final String PASSWORD = "changeit";

        static Certificate selfSigned(Path file, String host) throws IOException, InterruptedException {
            keytool(file, "-genkeypair", "-alias", "server", "-dname", "CN=" + host, "-ext", "san=dns:" + host);
            return new Certificate(file);
        }

        static Certificate ofAuthority(Path file) throws IOException, InterruptedException {
            keytool(file, "-genkeypair", "-alias", "authority", "-dname", "CN=Authority", "-ext", "bc:c");
            return new Certificate(file);
        }

        /** By this authority, from a day as {@code keytool} writes it. */
        Certificate signs(Path signed, String host, String start, int days) throws IOException, InterruptedException {
            Files.copy(file, signed);
            keytool(
                    signed,
                    "-genkeypair",
                    "-alias",
                    "server",
                    "-signer",
                    "authority",
                    "-dname",
                    "CN=" + host,
                    "-ext",
                    "san=dns:" + host,
                    "-startdate",
                    start,
                    "-validity",
                    String.valueOf(days));
            run(signed, List.of("-delete", "-alias", "authority"));
            return new Certificate(signed);
        }

        SSLContext context() throws GeneralSecurityException, IOException {
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(file)) {
                store.load(in, PASSWORD.toCharArray());
            }
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        }

        private static void keytool(Path file, String... arguments) throws IOException, InterruptedException {
            List<String> all = new ArrayList<>(List.of(arguments));
            all.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1"));
            run(file, all);
        }

        private static void run(Path file, List<String> arguments) throws IOException, InterruptedException {
            List<String> command = new ArrayList<>();
            command.add(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
            command.addAll(arguments);
            command.addAll(List.of("-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", PASSWORD));
            Process keytool =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(keytool.getInputStream().readAllBytes(), ISO_8859_1);
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
        }
    }
}
