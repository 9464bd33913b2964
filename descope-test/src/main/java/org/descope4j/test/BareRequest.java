package org.descope4j.test;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletConnection;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.security.Principal;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a request on this machine, by nobody and without a body, says whatever its path, headers and parameters are. What takes a
 * container is refused with a sentence that says what to use instead, and not answered with something that looks like an answer.
 */
abstract class BareRequest implements HttpServletRequest {
    private static final String HOST = "localhost";
    private static final String ADDRESS = "127.0.0.1";
    private static final int PORT = 80;

    @Override
    public @Nullable Principal getUserPrincipal() {
        return null;
    }

    @Override
    public @Nullable String getRemoteUser() {
        return null;
    }

    @Override
    public @Nullable String getAuthType() {
        return null;
    }

    @Override
    public boolean isUserInRole(String role) {
        return false;
    }

    @Override
    public boolean authenticate(HttpServletResponse response) {
        return false;
    }

    @Override
    public void login(String username, String password) {
        throw needsContainer("login");
    }

    /** There is nobody to sign out. */
    @Override
    public void logout() {}

    @Override
    public String getScheme() {
        return "http";
    }

    @Override
    public boolean isSecure() {
        return false;
    }

    @Override
    public String getProtocol() {
        return "HTTP/1.1";
    }

    @Override
    public String getServerName() {
        return HOST;
    }

    @Override
    public int getServerPort() {
        return PORT;
    }

    @Override
    public String getLocalName() {
        return HOST;
    }

    @Override
    public String getLocalAddr() {
        return ADDRESS;
    }

    @Override
    public int getLocalPort() {
        return PORT;
    }

    @Override
    public String getRemoteHost() {
        return ADDRESS;
    }

    @Override
    public String getRemoteAddr() {
        return ADDRESS;
    }

    @Override
    public int getRemotePort() {
        return 40_000;
    }

    @Override
    public Locale getLocale() {
        return Locale.ENGLISH;
    }

    @Override
    public Enumeration<Locale> getLocales() {
        return Collections.enumeration(List.of(Locale.ENGLISH));
    }

    @Override
    public String getContextPath() {
        return "";
    }

    @Override
    public @Nullable String getPathInfo() {
        return null;
    }

    @Override
    public @Nullable String getPathTranslated() {
        return null;
    }

    @Override
    public String getRequestURI() {
        return getServletPath();
    }

    @Override
    public StringBuffer getRequestURL() {
        return new StringBuffer("http://").append(HOST).append(getRequestURI());
    }

    @Override
    public DispatcherType getDispatcherType() {
        return DispatcherType.REQUEST;
    }

    @Override
    public @Nullable String getRequestedSessionId() {
        return null;
    }

    @Override
    public boolean isRequestedSessionIdValid() {
        return false;
    }

    @Override
    public boolean isRequestedSessionIdFromCookie() {
        return false;
    }

    @Override
    public boolean isRequestedSessionIdFromURL() {
        return false;
    }

    @Override
    public @Nullable HttpSession getSession(boolean create) {
        if (create) {
            throw needsContainer("getSession");
        }
        return null;
    }

    @Override
    public @Nullable HttpSession getSession() {
        return getSession(true);
    }

    @Override
    public String changeSessionId() {
        throw new IllegalStateException("This request has no HttpSession");
    }

    /** Of no application. */
    @Override
    public @Nullable ServletContext getServletContext() {
        return null;
    }

    @Override
    public int getContentLength() {
        return -1;
    }

    @Override
    public long getContentLengthLong() {
        return -1;
    }

    @Override
    public ServletInputStream getInputStream() {
        throw needsContainer("getInputStream");
    }

    @Override
    public BufferedReader getReader() {
        throw needsContainer("getReader");
    }

    @Override
    public Collection<Part> getParts() {
        throw needsContainer("getParts");
    }

    @Override
    public Part getPart(String name) {
        throw needsContainer("getPart");
    }

    @Override
    public RequestDispatcher getRequestDispatcher(String path) {
        throw needsContainer("getRequestDispatcher");
    }

    @Override
    public boolean isAsyncSupported() {
        return false;
    }

    @Override
    public boolean isAsyncStarted() {
        return false;
    }

    @Override
    public AsyncContext startAsync() {
        throw notAsynchronous();
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
        throw notAsynchronous();
    }

    @Override
    public AsyncContext getAsyncContext() {
        throw notAsynchronous();
    }

    @Override
    public <T extends HttpUpgradeHandler> T upgrade(Class<T> handlerClass) {
        throw needsContainer("upgrade");
    }

    @Override
    public String getRequestId() {
        return "1";
    }

    @Override
    public String getProtocolRequestId() {
        return "";
    }

    @Override
    public ServletConnection getServletConnection() {
        throw needsContainer("getServletConnection");
    }

    private static IllegalStateException notAsynchronous() {
        return new IllegalStateException("This request does not support asynchronous processing");
    }

    private static UnsupportedOperationException needsContainer(String method) {
        return new UnsupportedOperationException(
                "A TestRequest has no " + method + ": hand a request that has one, such as"
                        + " of a mock library, to CurrentUser.in(request), or test on a server");
    }
}
