package org.descope4j.servlet;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The pages that an application has of its own: JSPs, servlets or files, forwarded to with what they need in the request attribute
 * {@value #ATTRIBUTE}. One that fails is told in the log, and the built-in page stands in: nobody is locked out by a misprint in a JSP.
 * Immutable.
 *
 * <p>The page is written into memory first. So the headers and the status are ours whatever it does, nothing of a half page is seen,
 * and no exception of it, which a container would show with all that the request holds, leaves this class (V14, V19).
 */
final class OwnPages {
    private static final Logger LOG = System.getLogger(OwnPages.class.getName());

    /** A map, so that a JSP says {@code ${descope.action}}. */
    static final String ATTRIBUTE = "descope";
    /**
     * For pages that set none of their own: what is the application's, no script in the page, and nothing from elsewhere, since a page
     * may hold a link token.
     */
    static final String CONTENT_SECURITY_POLICY =
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; form-action 'self';"
                    + " base-uri 'none'; frame-ancestors 'none'";

    /** Without the fields of their form there is no going on from these. */
    private static final Set<PageName> NEED_THEIR_FORM = Set.of(
            PageName.CONFIRM,
            PageName.CONFIRM_ACCOUNT,
            PageName.SIGN_OUT,
            PageName.UPDATE,
            PageName.UPDATE_AGAIN,
            PageName.STEP_UP);

    private static final Pattern PLAIN = Pattern.compile("[^?#\\\\\\p{Cntrl}]*");

    private final Map<PageName, String> paths;
    private final String applicationName;

    /** @param paths of the application, each starting with a slash */
    OwnPages(Map<PageName, String> paths, String applicationName) {
        this.paths = paths.isEmpty() ? Map.of() : new EnumMap<>(paths);
        this.applicationName = applicationName;
    }

    /**
     * What the application has set.
     *
     * @throws IllegalArgumentException if a path is no such path
     */
    static Map<PageName, String> paths(SettingValues values) {
        Map<PageName, String> paths = new EnumMap<>(PageName.class);
        for (PageName page : PageName.values()) {
            values.find(page.setting()).ifPresent(path -> paths.put(page, requirePath(page, path)));
        }
        return paths;
    }

    /**
     * A path to forward to.
     *
     * @throws IllegalArgumentException if it is a URL, relative, or has a query
     */
    static String requirePath(PageName page, String path) {
        boolean plain = path.startsWith("/")
                && !path.startsWith("//")
                && PLAIN.matcher(path).matches();
        if (!plain || path.contains("/..")) {
            throw page.setting()
                    .refusal("the path of a page of this application below its context path, such as /WEB-INF/"
                            + page.key() + ".jsp, without a query; got " + path);
        }
        return path;
    }

    boolean has(PageName name) {
        return paths.containsKey(name);
    }

    /**
     * What the application's own page says; empty where it has none, or where that cannot be shown.
     *
     * @param response with our headers set; what the page adds to them goes out with whatever is shown in the end
     */
    Optional<OwnPageResponse> find(
            HttpServletRequest request, HttpServletResponse response, Page page, PageTexts texts) {
        String path = paths.get(page.name());
        if (path == null) {
            return Optional.empty();
        }
        OwnPageRequest forwarded = new OwnPageRequest(request, values(page, texts));
        OwnPageResponse answer = new OwnPageResponse(response);
        try {
            RequestDispatcher dispatcher = request.getRequestDispatcher(path);
            if (dispatcher == null) {
                throw new ServletException("the application has nothing there");
            }
            dispatcher.forward(forwarded, answer);
            forwarded.requireNoFailure();
            answer.requirePage();
            requireForm(page, answer);
            return Optional.of(answer);
        } catch (Throwable e) {
            // the application's own code, on the border to ours: a class that is not there, or a JSP that includes
            // itself, is an error
            LOG.log(
                    Level.ERROR,
                    "{0} cannot be shown, which is {1}; the built-in page stands in. {2}",
                    path,
                    page.name().setting().key(),
                    withoutSecrets(e, page));
            return Optional.empty();
        }
    }

    private OwnPageValues values(Page page, PageTexts texts) {
        Map<String, Object> values = new HashMap<>(page.values());
        values.put("page", page.name().key());
        values.put("status", page.status());
        values.put("language", texts.language());
        values.put("direction", texts.direction());
        values.put("title", texts.text(page.title()));
        values.put("texts", texts.all());
        values.put("applicationName", applicationName);
        values.put("fields", new OwnPageValues(page.fields()));
        return new OwnPageValues(values);
    }

    private static void requireForm(Page page, OwnPageResponse answer) throws ServletException {
        String csrf = page.fields().getOrDefault(Csrf.FIELD, "");
        if (NEED_THEIR_FORM.contains(page.name()) && !answer.text().contains(csrf)) {
            throw new ServletException(
                    "it lacks the hidden fields that are in ${descope.fields}, without which its form is refused;"
                            + " a file that is always the same cannot have them");
        }
    }

    /** The stack trace; an exception may quote what the page was given. */
    private static String withoutSecrets(Throwable failure, Page page) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace, true));
        String told = trace.toString();
        for (String value : page.fields().values()) {
            told = value.isEmpty() ? told : told.replace(value, "[redacted]");
        }
        return told;
    }
}
