package org.descope4j.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import jakarta.servlet.http.Cookie;
import java.io.UnsupportedEncodingException;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request for tests without a server: path, headers, parameters, cookies and attributes. It is nobody's until
 * {@link CurrentUser#in} makes it somebody's.
 *
 * <p>It stands for what most servlets and filters ask of a request and for nothing else: no {@code HttpSession}, no body, no parts, no
 * dispatcher, nothing asynchronous; asked for those, it says so by an {@link UnsupportedOperationException} or, where the Servlet
 * specification wants that, an {@link IllegalStateException}. {@link CurrentUser#in} takes any other request just as well. Not safe for
 * use by several threads, but for its attributes.
 */
public final class TestRequest extends BareRequest {
    private final String method;
    private final String path;
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, List<String>> parameters = new LinkedHashMap<>();
    private final Map<String, Cookie> cookies = new LinkedHashMap<>();
    private final Map<String, Object> attributes = new ConcurrentHashMap<>();
    private @Nullable String characterEncoding;

    private TestRequest(String method, String path) {
        if (!path.startsWith("/") || path.indexOf('?') >= 0) {
            throw new IllegalArgumentException(
                    "A path begins with / and has no query, which parameter() makes; got " + path);
        }
        this.method = method;
        this.path = path;
    }

    /**
     * A GET request.
     *
     * @param path within the application, such as {@code /account}
     * @return with nothing but this path
     * @throws IllegalArgumentException if the path does not begin with a slash, or has a query
     */
    public static TestRequest get(String path) {
        return of("GET", path);
    }

    /**
     * A POST request.
     *
     * @param path within the application, such as {@code /account}
     * @return with nothing but this path
     * @throws IllegalArgumentException if the path does not begin with a slash, or has a query
     */
    public static TestRequest post(String path) {
        return of("POST", path);
    }

    /**
     * A request of any method.
     *
     * @param method in capitals, such as {@code DELETE}
     * @param path within the application, such as {@code /account}
     * @return with nothing but this path
     * @throws IllegalArgumentException if the path does not begin with a slash, or has a query
     */
    public static TestRequest of(String method, String path) {
        return new TestRequest(requireNonNull(method, "method"), requireNonNull(path, "path"));
    }

    /**
     * Adds a parameter; several of one name keep their order.
     *
     * @param name the name
     * @param value the value as the code under test is to see it, not encoded
     * @return this
     */
    public TestRequest parameter(String name, String value) {
        parameters.merge(requireNonNull(name, "name"), List.of(value), TestRequest::joined);
        return this;
    }

    /**
     * Adds a header; several of one name keep their order.
     *
     * @param name the name, in any case
     * @param value the value
     * @return this
     */
    public TestRequest header(String name, String value) {
        headers.merge(requireNonNull(name, "name"), List.of(value), TestRequest::joined);
        return this;
    }

    /**
     * Sets a cookie.
     *
     * @param name the name
     * @param value the value
     * @return this
     */
    public TestRequest cookie(String name, String value) {
        cookies.put(requireNonNull(name, "name"), new Cookie(name, value));
        return this;
    }

    @Override
    public String getMethod() {
        return method;
    }

    @Override
    public String getServletPath() {
        return path;
    }

    /** The parameters of a GET request; those of a POST are its body. */
    @Override
    public @Nullable String getQueryString() {
        if (parameters.isEmpty() || method.equals("POST")) {
            return null;
        }
        return parameters.entrySet().stream()
                .flatMap(
                        entry -> entry.getValue().stream().map(value -> encoded(entry.getKey()) + "=" + encoded(value)))
                .collect(Collectors.joining("&"));
    }

    @Override
    public @Nullable String getParameter(String name) {
        return first(parameters, name);
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(parameters.keySet());
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        List<String> values = parameters.get(name);
        return values == null ? null : values.toArray(String[]::new);
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        Map<String, String[]> all = new LinkedHashMap<>();
        parameters.forEach((name, values) -> all.put(name, values.toArray(String[]::new)));
        return Collections.unmodifiableMap(all);
    }

    @Override
    public @Nullable String getHeader(String name) {
        return first(headers, name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return Collections.enumeration(headers.getOrDefault(name, List.of()));
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        return Collections.enumeration(headers.keySet());
    }

    @Override
    public int getIntHeader(String name) {
        String value = getHeader(name);
        return value == null ? -1 : Integer.parseInt(value);
    }

    @Override
    public long getDateHeader(String name) {
        String value = getHeader(name);
        return value == null
                ? -1
                : ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant()
                        .toEpochMilli();
    }

    @Override
    public @Nullable String getContentType() {
        return getHeader("Content-Type");
    }

    @Override
    public Cookie @Nullable [] getCookies() {
        return cookies.isEmpty() ? null : cookies.values().toArray(Cookie[]::new);
    }

    @Override
    public @Nullable String getCharacterEncoding() {
        return characterEncoding;
    }

    @Override
    public void setCharacterEncoding(String encoding) throws UnsupportedEncodingException {
        if (!Charset.isSupported(encoding)) {
            throw new UnsupportedEncodingException(encoding);
        }
        characterEncoding = encoding;
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return attributes.get(name);
    }

    @Override
    public Enumeration<String> getAttributeNames() {
        return Collections.enumeration(attributes.keySet());
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        if (value == null) {
            attributes.remove(name);
        } else {
            attributes.put(name, value);
        }
    }

    @Override
    public void removeAttribute(String name) {
        attributes.remove(name);
    }

    /** Method and path; parameters, headers and cookies may be secret. */
    @Override
    public String toString() {
        return "TestRequest[" + method + " " + path + "]";
    }

    private static @Nullable String first(Map<String, List<String>> values, String name) {
        List<String> found = values.get(name);
        return found == null ? null : found.get(0);
    }

    private static List<String> joined(Collection<String> some, Collection<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
