package org.descope4j.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.servlet.ServletContainerInitializer;
import java.net.URI;
import java.net.URLEncoder;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.descope4j.Descope;
import org.descope4j.DescopeSettings;
import org.descope4j.emulator.DescopeEmulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where a browser is sent, byte for byte, by servers that differ in how they write a Location. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RedirectsOnServersTest {
    private static final String ADA = "ada@example.com";

    private final DescopeEmulator emulator = DescopeEmulator.start();

    @AfterEach
    void stop() {
        emulator.close();
    }

    @ParameterizedTest
    @EnumSource(Servers.class)
    void R9_R1_R2_the_corpus_leads_to_the_same_origin_on(Servers server) throws Exception {
        Map<String, List<JsonObject>> byContextPath = Corpus.list("redirects_public").stream()
                .collect(Collectors.groupingBy(given -> given.getString("contextPath")));

        for (Map.Entry<String, List<JsonObject>> cases : byContextPath.entrySet()) {
            String contextPath = cases.getKey();
            try (Servers.Running running = server.start(contextPath, application())) {
                URI base = URI.create("http://localhost:" + running.port() + contextPath);
                String cookies = signedIn(base).cookieHeader(contextPath + "/auth/sign-in");
                for (JsonObject given : cases.getValue()) {
                    String input = given.getString("input");
                    String expected = given.getString("expected").equals("allow") ? input : contextPath + "/";
                    assertThat(location(base, cookies, input))
                            .as(given.getString("reason"))
                            .isEqualTo(expected);
                    assertThat(base.resolve(expected).getAuthority()).isEqualTo(base.getAuthority());
                }
            }
        }
    }

    /** Read from the socket, since a client may tidy up what it shows. */
    private static String location(URI base, String cookies, String returnTo) {
        String target = base.getPath() + "/auth/sign-in?returnTo=" + URLEncoder.encode(returnTo, UTF_8);
        String answer = RawRequest.send(
                base.getPort(),
                "",
                "GET " + target + " HTTP/1.1",
                "Host: " + base.getAuthority(),
                "Cookie: " + cookies);
        List<String> locations = answer.lines()
                .takeWhile(line -> !line.isEmpty())
                .filter(line -> line.regionMatches(true, 0, "Location:", 0, 9))
                .map(line -> line.substring(9).strip())
                .toList();
        assertThat(answer).startsWith("HTTP/1.1 303");
        assertThat(locations).hasSize(1);
        return locations.get(0);
    }

    private Browser signedIn(URI base) {
        Browser browser = new Browser(base, emulator.clock());
        browser.askForLink("email", ADA, "");
        URI link = emulator.inbox().latest(ADA).link();
        assertThat(browser.get(base.getScheme() + "://" + base.getAuthority() + link.getRawPath() + "?"
                                + link.getRawQuery())
                        .status())
                .isEqualTo(303);
        return browser;
    }

    private ServletContainerInitializer application() {
        DescopeSettings settings = DescopeSettings.forProject(emulator.projectId())
                .baseUri(emulator.baseUri().toString())
                .build();
        return (types, context) -> {
            context.addServlet("who", new ProbeServlets.WhoAmI()).addMapping("/");
            DescopeFilters.install(
                    context,
                    Descope.connect(settings),
                    ServletSettings.forProject(settings)
                            .secrets(ServedApplication.SECRET)
                            .limitPerRecipient("off")
                            .answerTime("0s")
                            .build());
        };
    }
}
