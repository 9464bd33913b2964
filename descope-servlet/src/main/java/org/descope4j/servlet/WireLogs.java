package org.descope4j.servlet;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/**
 * Loggers of servers and libraries that write requests down as they came, with link tokens and cookies in them. We cannot keep secrets out
 * of those; the operator is told at start when one is on (L1).
 */
final class WireLogs {
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
    }
}
