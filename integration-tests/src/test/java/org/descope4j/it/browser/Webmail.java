package org.descope4j.it.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/** A mail program in the browser, on a site of its own, that shows one message: with a link, or with all that could use it up. */
final class Webmail implements AutoCloseable {
    /** What Chromium is told to find on this machine. */
    static final String HOST = "mail.example";

    private final HttpServer server;
    private volatile String page = "";

    private Webmail(HttpServer server) {
        this.server = server;
    }

    static Webmail start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            Webmail webmail = new Webmail(server);
            server.createContext("/", exchange -> {
                byte[] html = webmail.page.getBytes(UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "text/html;charset=UTF-8");
                exchange.sendResponseHeaders(200, html.length);
                exchange.getResponseBody().write(html);
                exchange.close();
            });
            server.start();
            return webmail;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI inbox() {
        return URI.create("http://" + HOST + ":" + server.getAddress().getPort() + "/");
    }

    void show(URI link) {
        page = "<!DOCTYPE html><title>Inbox</title><p><a href=\"" + link + "\">Open the link</a></p>";
    }

    /** As scanners and careless programs do; the title says when all of it is over. */
    void showWithEverythingThatLoadsIt(URI link) {
        page = """
                <!DOCTYPE html><title>Busy</title>
                <link rel="prefetch" href="LINK">
                <link rel="preload" as="fetch" href="LINK" crossorigin="use-credentials">
                <script type="speculationrules">
                {"prefetch": [{"urls": ["LINK"], "eagerness": "immediate"}], "prerender": [{"urls": ["LINK"], "eagerness": "immediate"}]}
                </script>
                <p><a href="LINK">Open the link</a></p>
                <script>
                const loaded = element => new Promise(over => {
                    element.onload = element.onerror = over;
                    document.body.append(element);
                });
                const make = (name, attribute) => Object.assign(document.createElement(name), {[attribute]: 'LINK'});
                Promise.allSettled([
                    fetch('LINK', {mode: 'no-cors', credentials: 'include'}),
                    fetch('LINK', {mode: 'no-cors', credentials: 'include', method: 'HEAD'}),
                    loaded(make('img', 'src')),
                    loaded(make('iframe', 'src')),
                    loaded(make('script', 'src')),
                ]).then(() => document.title = 'Done');
                </script>
                """.replace("LINK", link.toString());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
