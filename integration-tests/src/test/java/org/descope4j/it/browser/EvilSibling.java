package org.descope4j.it.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A host of an attacker below the same domain as the application, by https and by plain http, that sets cookies for all hosts of it. */
final class EvilSibling implements AutoCloseable {
    static final String HOST = "evil.example.test";
    private static final String FOR_ALL = "; Domain=example.test; Path=";

    private final HttpsServer secure;
    private final HttpServer plain;
    private volatile List<String> setCookies = List.of();
    private volatile String page = "";

    private EvilSibling(HttpsServer secure, HttpServer plain) {
        this.secure = secure;
        this.plain = plain;
    }

    static EvilSibling start(SelfSignedCertificate certificate) throws IOException, GeneralSecurityException {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        HttpsServer secure = HttpsServer.create(anyPort, 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(tls(certificate)));
        HttpServer plain = HttpServer.create(anyPort, 0);
        EvilSibling sibling = new EvilSibling(secure, plain);
        for (HttpServer server : List.of(secure, plain)) {
            server.createContext("/", sibling::answer);
            server.start();
        }
        return sibling;
    }

    /** Cookies of these names and values, at a path. */
    void plants(Map<String, String> cookies, String path) {
        setCookies = cookies.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue() + FOR_ALL + path)
                .toList();
    }

    /** So many that a browser, which keeps 180 of a domain, drops others. */
    void plantsMany() {
        setCookies = IntStream.range(0, 240)
                .mapToObj(i -> "junk" + i + "=x" + FOR_ALL + "/")
                .toList();
    }

    /** Takes back what it planted. */
    void takesBack(Map<String, String> cookies, String path) {
        setCookies = cookies.keySet().stream()
                .map(name -> name + "=" + FOR_ALL + path + "; Max-Age=0")
                .toList();
    }

    void shows(URI link) {
        page = "<p><a href=\"" + link + "\">A prize for you</a>";
    }

    URI page(String scheme) {
        HttpServer server = scheme.equals("https") ? secure : plain;
        return URI.create(scheme + "://" + HOST + ":" + server.getAddress().getPort() + "/");
    }

    @Override
    public void close() {
        secure.stop(0);
        plain.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] html = ("<!DOCTYPE html><title>Prizes</title><p>Hello" + page).getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html;charset=UTF-8");
        if (exchange.getRequestURI().getPath().equals("/")) {
            setCookies.forEach(cookie -> exchange.getResponseHeaders().add("Set-Cookie", cookie));
        }
        exchange.sendResponseHeaders(200, html.length);
        exchange.getResponseBody().write(html);
        exchange.close();
    }

    private static SSLContext tls(SelfSignedCertificate certificate) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        char[] password = SelfSignedCertificate.PASSWORD.toCharArray();
        try (InputStream file = Files.newInputStream(certificate.file())) {
            keys.load(file, password);
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
