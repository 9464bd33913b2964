package org.descope4j.servlet;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A response to somebody who is signed in. Unless the application says something about caching, no cache keeps it (C15); what a page
 * loads from a public path (a style, an image) is left to caches as long as nobody asked who the user is and it is no HTML. Where it sets
 * the session's cookies, no cache may keep it whatever the application says (C14), and {@code reset()} does not lose them: a refresh JWT
 * that was replaced is of no use any more.
 */
final class PersonalResponse extends HttpServletResponseWrapper {
    private static final String CACHE_CONTROL = "Cache-Control";
    private static final String VARY = "Vary";
    private static final String WHO_ASKS = "Cookie, Authorization";
    private static final Set<String> CACHING = Set.of("cache-control", "expires", "pragma");
    /** What a browser loads for a page. On public paths it is mostly a file, the same for everybody and worth a cache. */
    private static final Set<String> ASSETS =
            Set.of("style", "script", "image", "font", "audio", "video", "track", "manifest");

    private static final String ATTRIBUTE = PersonalResponse.class.getName();

    private boolean isPersonal;
    private boolean neverCached;
    private boolean defaultStands;
    private List<String> ourCookies = List.of();

    private PersonalResponse(HttpServletResponse response, boolean isPersonal) {
        super(response);
        this.isPersonal = isPersonal;
        applyDefault();
    }

    /**
     * @param isProtected whether the path needs a user at all
     */
    static PersonalResponse to(HttpServletRequest request, HttpServletResponse response, boolean isProtected) {
        String destination = request.getHeader("Sec-Fetch-Dest");
        boolean isAsset = destination != null && ASSETS.contains(destination);
        PersonalResponse personal = new PersonalResponse(response, isProtected || !isAsset);
        request.setAttribute(ATTRIBUTE, personal);
        if (SessionCookies.wroteFor(request) || response.containsHeader("Set-Cookie")) {
            personal.neverCache();
        }
        return personal;
    }

    /** The application asks something of a request that is not the same for everybody. */
    static void askedFor(ServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof PersonalResponse personal) {
            personal.becomePersonal();
        }
    }

    private void becomePersonal() {
        if (!isPersonal) {
            isPersonal = true;
            applyDefault();
        }
    }

    /** No style, image or script is HTML: whatever the browser says that it wants, this is a page. */
    @Override
    public void setContentType(@Nullable String type) {
        becomePersonalIfHtml(type);
        super.setContentType(type);
    }

    private void becomePersonalIfHtml(@Nullable String type) {
        if (type != null && type.strip().toLowerCase(Locale.ROOT).matches("(?s)(text/html|application/xhtml).*")) {
            becomePersonal();
        }
    }

    /** Session cookies were written or cleared. */
    void neverCache() {
        neverCached = true;
        Collection<String> cookies = super.getHeaders("Set-Cookie");
        ourCookies = cookies == null ? List.of() : List.copyOf(cookies);
        super.setHeader(CACHE_CONTROL, "no-store");
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
        if (neverCached && isCaching(name)) {
            return;
        }
        if (name.equalsIgnoreCase("Content-Type")) {
            becomePersonalIfHtml(value);
        }
        forgetDefault(name);
        super.setHeader(name, value);
        keepVary(name, value);
    }

    @Override
    public void addHeader(String name, @Nullable String value) {
        if (neverCached && isCaching(name)) {
            return;
        }
        if (defaultStands && name.equalsIgnoreCase(CACHE_CONTROL)) {
            setHeader(name, value);
            return;
        }
        if (name.equalsIgnoreCase("Content-Type")) {
            becomePersonalIfHtml(value);
        } else if (name.equalsIgnoreCase("Set-Cookie")) {
            becomePersonal();
        }
        super.addHeader(name, value);
    }

    @Override
    public void setDateHeader(String name, long date) {
        if (!neverCached || !isCaching(name)) {
            super.setDateHeader(name, date);
        }
    }

    @Override
    public void addDateHeader(String name, long date) {
        if (!neverCached || !isCaching(name)) {
            super.addDateHeader(name, date);
        }
    }

    /** A cookie is for one browser. */
    @Override
    public void addCookie(Cookie cookie) {
        becomePersonal();
        super.addCookie(cookie);
    }

    @Override
    public void reset() {
        super.reset();
        applyDefault();
        ourCookies.forEach(cookie -> super.addHeader("Set-Cookie", cookie));
    }

    private void applyDefault() {
        if (neverCached) {
            super.setHeader(CACHE_CONTROL, "no-store");
        } else if (isPersonal && !super.containsHeader(CACHE_CONTROL)) {
            super.setHeader(CACHE_CONTROL, "private, no-store");
            defaultStands = true;
        }
        if (isPersonal) {
            super.addHeader(VARY, WHO_ASKS);
        }
    }

    private void forgetDefault(String name) {
        if (name.equalsIgnoreCase(CACHE_CONTROL)) {
            defaultStands = false;
        }
    }

    /** Who sets another Vary did not mean to take ours away. */
    private void keepVary(String name, @Nullable String value) {
        if (isPersonal && name.equalsIgnoreCase(VARY) && value != null && !value.equals("*")) {
            super.addHeader(VARY, WHO_ASKS);
        }
    }

    private static boolean isCaching(String name) {
        return CACHING.contains(name.toLowerCase(Locale.ROOT));
    }
}
