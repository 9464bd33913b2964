package org.descope4j.servlet;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Loggers of servers and libraries that write requests down as they came, with link tokens and cookies in them. We cannot keep secrets out
 * of those; the operator is told at start when one is on (L1).
 */
final class WireLogs {
    /** Java's HTTP client, which Jersey calls Descope by here: it writes headers to this logger where this system property says so. */
    static final String HTTP_CLIENT = "jdk.httpclient.HttpClient";

    static final String HTTP_CLIENT_LOG = "jdk.httpclient.HttpClient.log";

    /** Tomcat's input, parameters and cookies; the dumping handler of Undertow; Jersey's and Apache's clients. */
    static final List<String> NAMES = List.of(
            "org.apache.coyote.http11.Http11InputBuffer",
            "org.apache.tomcat.util.http.Parameters",
            "org.apache.tomcat.util.http.Rfc6265CookieProcessor",
            "io.undertow.request.dump",
            "org.glassfish.jersey.logging.LoggingFeature",
            "org.apache.http.wire",
            "org.apache.http.headers",
            "org.apache.hc.client5.http.wire",
            "org.apache.hc.client5.http.headers");

    private static final Logger LOG = System.getLogger(WireLogs.class.getName());

    private WireLogs() {}

    static void warnOfThoseThatAreOn() {
        List<String> on = NAMES.stream()
                .filter(name -> System.getLogger(name).isLoggable(Level.DEBUG))
                .toList();
        if (!on.isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    "These loggers write link tokens and cookies into the log; switch them off: {0}",
                    on);
        }
        if (writesHeadersOfCalls()) {
            LOG.log(
                    Level.WARNING,
                    "The system property {0}={1} makes Java''s HTTP client write the JWTs of all calls to Descope into the log, by the"
                            + " logger {2}; leave out headers and all there",
                    HTTP_CLIENT_LOG,
                    System.getProperty(HTTP_CLIENT_LOG),
                    HTTP_CLIENT);
        }
    }

    /** The headers Authorization and Set-Cookie; what else that client can log holds no secret of ours. */
    private static boolean writesHeadersOfCalls() {
        boolean isAskedFor = Arrays.stream(System.getProperty(HTTP_CLIENT_LOG, "")
                        .toLowerCase(Locale.ROOT)
                        .split(",", -1))
                .map(String::strip)
                .anyMatch(part -> part.equals("headers") || part.equals("all"));
        return isAskedFor && System.getLogger(HTTP_CLIENT).isLoggable(Level.INFO);
    }
}
