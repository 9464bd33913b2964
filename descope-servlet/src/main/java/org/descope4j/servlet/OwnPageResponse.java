package org.descope4j.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes down what an application's own page writes. The page may set headers and cookies, and a Content-Security-Policy that suits it;
 * the status and the headers that protect a link are not its own to change, to reset or to lose (V14).
 */
final class OwnPageResponse extends HttpServletResponseWrapper {
    private static final Set<String> OURS = Set.of(
            "cache-control",
            "expires",
            "pragma",
            "etag",
            "last-modified",
            "accept-ranges",
            "content-length",
            "content-encoding",
            "transfer-encoding",
            "referrer-policy",
            "x-content-type-options",
            "x-frame-options",
            "x-robots-tag",
            "cross-origin-opener-policy",
            "refresh",
            "retry-after",
            "vary");

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private @Nullable ServletOutputStream stream;
    private @Nullable PrintWriter writer;
    /** Also those from before a reset, which a JSP goes on with. */
    private final List<PrintWriter> writers = new ArrayList<>();

    private int error;

    OwnPageResponse(HttpServletResponse response) {
        super(outOfReach(response));
    }

    /**
     * Does all that the response does, but is not the container's own, which Tomcat looks for below every wrapper when a forward is over:
     * from version 11 on it lets nobody write to that any more.
     */
    private static HttpServletResponse outOfReach(HttpServletResponse response) {
        return (HttpServletResponse) Proxy.newProxyInstance(
                OwnPageResponse.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, arguments) -> {
                    try {
                        return method.invoke(response, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** Refuses what is no page: an error, or nothing at all. */
    void requirePage() throws ServletException {
        if (error != 0) {
            throw new ServletException("it answers with status " + error);
        }
        if (!isRedirect() && bytes().length == 0) {
            throw new ServletException("it is empty");
        }
    }

    /** Whether the page sent the browser elsewhere. */
    boolean isRedirect() {
        return getResponse().isCommitted() || containsHeader("Location");
    }

    byte[] bytes() {
        writers.forEach(PrintWriter::flush);
        return body.toByteArray();
    }

    String text() {
        return new String(bytes(), UTF_8);
    }

    @Override
    public ServletOutputStream getOutputStream() {
        if (writer != null) {
            throw new IllegalStateException("getWriter() was called for this page");
        }
        if (stream == null) {
            stream = new Memory(body);
        }
        return stream;
    }

    @Override
    public PrintWriter getWriter() {
        if (stream != null) {
            throw new IllegalStateException("getOutputStream() was called for this page");
        }
        if (writer == null) {
            Charset charset = Charset.forName(getCharacterEncoding());
            setCharacterEncoding(charset.name());
            writer = new PrintWriter(new OutputStreamWriter(body, charset));
            writers.add(writer);
        }
        return writer;
    }

    @Override
    public void sendError(int status) {
        error = status;
    }

    @Override
    public void sendError(int status, @Nullable String message) {
        sendError(status);
    }

    @Override
    public void setStatus(int status) {
        // ours: what a program or a test of the application goes by
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
        if (!isOurs(name)) {
            super.setHeader(name, value);
        }
    }

    @Override
    public void addHeader(String name, @Nullable String value) {
        if (!isOurs(name)) {
            super.addHeader(name, value);
        }
    }

    @Override
    public void setDateHeader(String name, long date) {
        if (!isOurs(name)) {
            super.setDateHeader(name, date);
        }
    }

    @Override
    public void addDateHeader(String name, long date) {
        if (!isOurs(name)) {
            super.addDateHeader(name, date);
        }
    }

    @Override
    public void setIntHeader(String name, int value) {
        setHeader(name, Integer.toString(value));
    }

    @Override
    public void addIntHeader(String name, int value) {
        addHeader(name, Integer.toString(value));
    }

    @Override
    public void setContentLength(int length) {
        // counted when the page is complete
    }

    @Override
    public void setContentLengthLong(long length) {
        // counted when the page is complete
    }

    @Override
    public void setBufferSize(int size) {
        // all of it is kept
    }

    @Override
    public void flushBuffer() throws IOException {
        // goes out when the page is complete
    }

    /** Takes back what was written, and no header: the cookies and the protection are not the page's. */
    @Override
    public void reset() {
        resetBuffer();
        stream = null;
        writer = null;
    }

    @Override
    public void resetBuffer() {
        writers.forEach(PrintWriter::flush);
        body.reset();
    }

    private static boolean isOurs(String header) {
        return OURS.contains(header.toLowerCase(Locale.ROOT));
    }

    /** Bytes in memory; always ready. */
    private static final class Memory extends ServletOutputStream {
        private final ByteArrayOutputStream body;

        Memory(ByteArrayOutputStream body) {
            this.body = body;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new IllegalStateException("A page of signing in is written at once");
        }

        @Override
        public void write(int oneByte) {
            body.write(oneByte);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            body.write(bytes, offset, length);
        }
    }
}
