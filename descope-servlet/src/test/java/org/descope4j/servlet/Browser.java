package org.descope4j.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** A browser that follows no redirect by itself and keeps cookies until its clock says that they are over. */
final class Browser {
    /** What its threads are called, so that nobody takes them for those of an application. */
    static final String THREAD = "browser";

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newCachedThreadPool(Browser::thread))
            .build();

    private final URI base;
    private final Clock clock;
    private final Map<String, Kept> cookies = new LinkedHashMap<>();

    Browser(URI base, Clock clock) {
        this.base = base;
        this.clock = clock;
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, THREAD);
        thread.setDaemon(true);
        return thread;
    }

    private record Kept(String value, String path, Instant until) {}

    Answer get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    Answer head(String path) {
        return send("HEAD", path, "");
    }

    Answer post(String path, Map<String, String> form, String... headers) {
        return send("POST", path, encoded(form), headers);
    }

    Answer send(String method, String path, String body, String... headers) {
        URI uri = path.startsWith("http") ? URI.create(path) : URI.create(origin() + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty() && !java.util.List.of(headers).contains("Content-Type")) {
            request.header("Content-Type", "application/x-www-form-urlencoded");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        String cookieHeader = cookieHeader(uri.getPath());
        if (!cookieHeader.isEmpty()) {
            request.header("Cookie", cookieHeader);
        }
        try {
            Answer answer = Answer.of(HTTP.send(request.build(), BodyHandlers.ofString()));
            answer.setCookies().forEach(this::keep);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Asks for a link by the form, as a person does. */
    Answer askForLink(String deliveryMethod, String loginId, String returnTo) {
        Answer form = get(base.getPath() + "/auth/sign-in"
                + (returnTo.isEmpty() ? "" : "?returnTo=" + URLEncoder.encode(returnTo, UTF_8)));
        return post(
                base.getPath() + "/auth/sign-in",
                Map.of(
                        "loginId",
                        loginId,
                        "deliveryMethod",
                        deliveryMethod,
                        "returnTo",
                        form.hidden("returnTo"),
                        "_descope_csrf",
                        form.hidden("_descope_csrf")));
    }

    /** Presses the button of a confirmation page. */
    Answer confirm(Answer page, URI link) {
        return post(link.getPath(), Map.of("t", page.hidden("t"), "_descope_csrf", page.hidden("_descope_csrf")));
    }

    /** Says on the page that names the account of a link that it is theirs. */
    Answer confirmAccount(Answer page) {
        return post(
                base.getPath() + "/auth/verify",
                Map.of("signIn", page.hidden("signIn"), "_descope_csrf", page.hidden("_descope_csrf")));
    }

    /** Says there that it is not. */
    Answer decline(Answer page) {
        return post(
                base.getPath() + "/auth/verify",
                Map.of(
                        "signIn",
                        page.hidden("signIn"),
                        "decline",
                        "true",
                        "_descope_csrf",
                        page.hidden("_descope_csrf")));
    }

    /** Takes the cookies of an answer that another request of this browser got. */
    void accept(Answer answer) {
        answer.setCookies().forEach(this::keep);
    }

    /** The same browser, on its way to another node. */
    Browser at(URI otherNode) {
        Browser same = new Browser(otherNode, clock);
        same.cookies.putAll(cookies);
        return same;
    }

    boolean has(String cookie) {
        return find(cookie).isPresent();
    }

    String cookie(String name) {
        return find(name).map(Kept::value).orElseThrow(() -> new AssertionError("The browser has no cookie " + name));
    }

    private synchronized Optional<Kept> find(String cookie) {
        return Optional.ofNullable(cookies.get(cookie))
                .filter(kept -> clock.instant().isBefore(kept.until()));
    }

    synchronized void forget(String name) {
        cookies.remove(name);
    }

    synchronized void plant(String name, String value) {
        cookies.put(name, new Kept(value, "/", Instant.MAX));
    }

    synchronized String cookieHeader(String path) {
        return cookies.entrySet().stream()
                .filter(entry -> clock.instant().isBefore(entry.getValue().until()))
                .filter(entry -> path.equals(entry.getValue().path())
                        || path.startsWith(
                                entry.getValue().path().endsWith("/")
                                        ? entry.getValue().path()
                                        : entry.getValue().path() + "/"))
                .map(entry -> entry.getKey() + "=" + entry.getValue().value())
                .collect(Collectors.joining("; "));
    }

    private synchronized void keep(String setCookie) {
        HttpCookie cookie = HttpCookie.parse(setCookie).get(0);
        if (cookie.getMaxAge() == 0) {
            cookies.remove(cookie.getName());
            return;
        }
        Instant until = cookie.getMaxAge() < 0 ? Instant.MAX : clock.instant().plusSeconds(cookie.getMaxAge());
        cookies.put(cookie.getName(), new Kept(cookie.getValue(), cookie.getPath(), until));
    }

    private String origin() {
        return base.getScheme() + "://" + base.getAuthority();
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field ->
                        URLEncoder.encode(field.getKey(), UTF_8) + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }
}
