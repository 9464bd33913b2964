package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import org.descope4j.Descope;
import org.descope4j.DescopeSettings;
import org.descope4j.emulator.DescopeEmulator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Queries and forms that some servers refuse to read, and answer themselves: the page and the headers are ours all the same. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class UnreadableParametersTest {

    @ParameterizedTest
    @EnumSource(Servers.class)
    void P1_V14_a_query_or_a_form_that_cannot_be_read_gets_our_page_on(Servers server) throws Exception {
        try (DescopeEmulator emulator = DescopeEmulator.start();
                Servers.Running running = server.start("/app", (types, context) -> {
                    DescopeSettings settings = DescopeSettings.forProject(emulator.projectId())
                            .baseUri(emulator.baseUri().toString())
                            .build();
                    DescopeFilters.install(
                            context,
                            Descope.connect(settings),
                            ServletSettings.forProject(settings).build());
                    // Tomcat asks filters only where there is a servlet
                    context.addServlet("home", new HttpServlet() {}).addMapping("/");
                })) {
            for (String query : new String[] {"utm=%zz", "utm=%", "utm=%c3%28", "t=abc&utm=%zz", "%zz=%zz"}) {
                for (String path : new String[] {"sign-in", "verify", "verify/state", "sign-out", "step-up"}) {
                    String answer = send(running, "GET /app/auth/" + path + "?" + query, "");
                    if (server != Servers.UNDERTOW || !isRefusedByParser(answer)) {
                        assertOurs(answer, path + "?" + query);
                    }
                    assertOurs(send(running, "POST /app/auth/" + path, query), path + " " + query);
                }
            }
        }
    }

    /** Undertow refuses such a request line, with nothing in the answer, before any application hears of it. */
    private static boolean isRefusedByParser(String answer) {
        return answer.startsWith("HTTP/1.1 400 ") && answer.contains("Content-Length: 0\r\n");
    }

    private static void assertOurs(String answer, String what) {
        assertThat(answer).as(what).doesNotStartWith("HTTP/1.1 500");
        assertThat(answer)
                .as(what)
                .containsIgnoringCase("X-Content-Type-Options: nosniff")
                .containsIgnoringCase("Cache-Control: no-store");
    }

    private static String send(Servers.Running running, String line, String form) throws Exception {
        return RawRequest.send(
                running.port(),
                form,
                line + " HTTP/1.1",
                "Host: localhost:" + running.port(),
                "Sec-Fetch-Mode: navigate",
                "Accept: text/html",
                "Content-Type: application/x-www-form-urlencoded");
    }
}
