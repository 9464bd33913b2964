package org.descope4j.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.servlet.ServletContainerInitializer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.descope4j.Descope;
import org.descope4j.DescopeSettings;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.emulator.SignedIn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Cookies and Authorization headers of every kind, on each server. Where a server's own parser decides, what it makes of a header stands
 * in src/test/resources/corpora/cookie_cases_on_servers.json, and the table of docs/sessions.md is written from that.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SessionCookieCasesTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "sessions.md");
    private static final String BEGIN = "<!-- written from cookie_cases_on_servers.json: begin -->\n";
    private static final String END = "<!-- written from cookie_cases_on_servers.json: end -->\n";
    private static final List<Servers> SERVERS =
            List.of(Servers.TOMCAT_WITH_RELATIVE_REDIRECTS, Servers.JETTY, Servers.UNDERTOW);
    /** A server that has seen enough may refuse in a status and close at once; the client need not see the status any more. */
    private static final String HUNG_UP = "hung up";

    /** Where the corpus leaves a choice, ours, which is the same on every server. */
    private static final Map<String, String> CHOSEN =
            Map.of("ck-smuggle-quote", "anonymous", "ck-bearer-twice", "anonymous");

    private static final Set<String> REFRESHED =
            Set.of("ck-expired-refresh", "ck-missing-refresh", "ck-forged-refresh");
    private static final Set<String> CLEARED = Set.of("ck-junk-dsr", "ck-rexp", "ck-dsr-as-ds", "ck-ds-as-dsr");
    /** One of them may be genuine. */
    private static final Set<String> DISPUTED = Set.of(
            "ck-two-users",
            "ck-two-valid-bad",
            "ck-two-bad-valid",
            "ck-two-expired-other",
            "ck-two-headers",
            "ck-mixed-refresh",
            "ck-two-dsr");

    private final DescopeEmulator emulator = DescopeEmulator.builder()
            .sessionLifetime(Duration.ofHours(1))
            .refreshLifetime(Duration.ofHours(2))
            .start();
    private final Map<String, String> tokens = new HashMap<>();
    private final Map<Servers, Servers.Running> running = new EnumMap<>(Servers.class);

    @BeforeAll
    void start() throws Exception {
        keep(emulator.signIn("a@example.com"), "EXP_A", "REXP_A");
        emulator.advanceClock(Duration.ofHours(3));
        keep(emulator.signIn("a@example.com"), "A", "RA");
        keep(emulator.signIn("b@example.com"), "B", "RB");
        String bad = forged(token("A"));
        tokens.put("BAD", bad);
        tokens.put("BIG", "A".repeat(20_000));
        tokens.put(
                "MANY200",
                IntStream.range(0, 200).mapToObj(i -> "c" + i + "=" + i).collect(Collectors.joining("; ")));
        tokens.put(
                "MANY500BAD", IntStream.range(0, 500).mapToObj(i -> "DS=" + bad).collect(Collectors.joining("; ")));
        for (Servers server : SERVERS) {
            running.put(server, server.start("/app", application()));
        }
    }

    @AfterAll
    void stop() {
        running.values().forEach(Servers.Running::close);
        emulator.close();
    }

    static Stream<Arguments> casesOnServers() {
        return SERVERS.stream()
                .flatMap(server -> Corpus.list("cookie_cases", "cases").stream()
                        .map(given -> Arguments.of(server, given.getString("id"), given)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("casesOnServers")
    void C3_C4_C5_C6_C7_C10_the_corpus_is_judged_as_it_says_on(Servers server, String id, JsonObject given)
            throws IOException {
        List<String> headers = new ArrayList<>();
        strings(given, "cookieHeaders").forEach(cookie -> headers.add("Cookie: " + filled(cookie)));
        for (String name : List.of("authorization", "authorization2")) {
            if (given.containsKey(name) && !given.isNull(name)) {
                headers.add("Authorization: " + filled(given.getString(name)));
            }
        }
        // later than an answer of Descope is kept
        emulator.advanceClock(REFRESHED.contains(id) ? Duration.ofSeconds(61) : Duration.ZERO);
        long before = refreshes();

        String answer = exchange(server, "/app/who" + filled(given.getString("query", "")), headers);

        String expected = ownWay(id, server).orElse(CHOSEN.getOrDefault(id, given.getString("expected")));
        assertThat(outcome(answer))
                .as(given.getString("description"))
                .isIn(expected, expected.startsWith("status:4") ? HUNG_UP : expected);
        assertThat(refreshes() - before).as("questions to Descope").isEqualTo(REFRESHED.contains(id) ? 1 : 0);
        if (REFRESHED.contains(id)) {
            assertThat(answer).contains("Set-Cookie: DS=ey").contains("Cache-Control: no-store");
        }
        if (CLEARED.contains(id)) {
            assertThat(answer)
                    .contains("Set-Cookie: DS=; Path=/app; Max-Age=0")
                    .contains("Set-Cookie: DSR=; Path=/app; Max-Age=0")
                    .contains("Cache-Control: no-store");
        }
        if (DISPUTED.contains(id)) {
            assertThat(answer).doesNotContain("Set-Cookie");
        }
        if (id.equals("ck-mixed-valid")) {
            assertThat(answer)
                    .contains("Set-Cookie: DSR=; Path=/app; Max-Age=0")
                    .doesNotContain("Set-Cookie: DS=");
        }
    }

    @Test
    void a_server_that_has_a_way_of_its_own_does_not_do_what_others_do() {
        Map<String, String> expected = Corpus.list("cookie_cases", "cases").stream()
                .collect(Collectors.toMap(given -> given.getString("id"), given -> given.getString("expected")));

        assertThat(ownWays()).isNotEmpty().allSatisfy(own -> {
            assertThat(expected).containsKey(own.getString("id"));
            assertThat(own.getString("reason")).isNotBlank();
            assertThat(own.getJsonObject("outcomes").values())
                    .isNotEmpty()
                    .extracting(outcome -> ((JsonString) outcome).getString())
                    .doesNotContain(expected.get(own.getString("id")))
                    .allMatch(outcome -> outcome.matches("anonymous|user:A|status:[45]\\d\\d"));
            assertThat(own.getJsonObject("outcomes").keySet())
                    .isSubsetOf(
                            SERVERS.stream().map(SessionCookieCasesTest::name).toList());
        });
    }

    @Test
    void the_document_says_what_servers_do_in_their_own_way() throws IOException {
        String document = Files.readString(DOCUMENT);
        int begin = document.indexOf(BEGIN) + BEGIN.length();
        int end = document.indexOf(END);
        assertThat(begin).isGreaterThan(BEGIN.length());
        if (Boolean.getBoolean("descope.docs.write")) {
            Files.writeString(DOCUMENT, document.substring(0, begin) + table() + document.substring(end));
            return;
        }

        assertThat(document.substring(begin, end))
                .as("run the test with -Ddescope.docs.write=true to write docs/sessions.md anew")
                .isEqualTo(table());
    }

    private static String table() {
        String heads = SERVERS.stream().map(SessionCookieCasesTest::name).collect(Collectors.joining(" | "));
        return "| header | in general | " + heads + " | why |\n|---|---|" + "---|".repeat(SERVERS.size()) + "---|\n"
                + ownWays().stream().map(SessionCookieCasesTest::row).collect(Collectors.joining());
    }

    private static String row(JsonObject own) {
        JsonObject given = Corpus.list("cookie_cases", "cases").stream()
                .filter(one -> one.getString("id").equals(own.getString("id")))
                .findFirst()
                .orElseThrow();
        String cells = SERVERS.stream()
                .map(server -> own.getJsonObject("outcomes").getString(name(server), ""))
                .map(outcome -> outcome.isEmpty() ? "the same" : spoken(outcome))
                .collect(Collectors.joining(" | "));
        return "| " + given.getString("description") + " | " + spoken(given.getString("expected")) + " | " + cells
                + " | " + own.getString("reason") + " |\n";
    }

    private static String spoken(String outcome) {
        return switch (outcome) {
            case "anonymous" -> "nobody";
            case "user:A" -> "the user";
            default -> outcome.replace("status:", "");
        };
    }

    private static Optional<String> ownWay(String id, Servers server) {
        return ownWays().stream()
                .filter(own -> own.getString("id").equals(id))
                .map(own -> own.getJsonObject("outcomes").getString(name(server), ""))
                .filter(outcome -> !outcome.isEmpty())
                .findFirst();
    }

    private static List<JsonObject> ownWays() {
        return Corpus.list("cookie_cases_on_servers");
    }

    private static String name(Servers server) {
        return switch (server) {
            case JETTY -> "Jetty 12";
            case UNDERTOW -> "Undertow 2.3, WildFly";
            default -> "Tomcat 10.1";
        };
    }

    private ServletContainerInitializer application() {
        DescopeSettings descope = DescopeSettings.forProject(emulator.projectId())
                .baseUri(emulator.baseUri().toString())
                .clock(emulator.clock())
                .build();
        ServletSettings settings = ServletSettings.forProject(descope)
                .secrets(ServedApplication.SECRET)
                .build();
        return (types, context) -> {
            context.addServlet("who", new ProbeServlets.WhoAmI()).addMapping("/");
            DescopeFilters.install(context, Descope.connect(descope), settings);
        };
    }

    private String outcome(String answer) {
        if (answer.equals(HUNG_UP)) {
            return HUNG_UP;
        }
        String status = answer.substring(9, 12);
        if (!status.equals("200")) {
            return "status:" + status;
        }
        if (answer.contains("principal=none")) {
            return "anonymous";
        }
        return answer.contains("principal=" + SessionRulesTest.subject(token("A")) + " ") ? "user:A" : "user:B";
    }

    private long refreshes() {
        return emulator.requests().stream()
                .filter(request -> request.path().equals("/v1/auth/refresh"))
                .count();
    }

    private void keep(SignedIn signedIn, String session, String refresh) {
        tokens.put(session, signedIn.sessionJwt());
        tokens.put(refresh, signedIn.refreshJwt());
    }

    private String token(String name) {
        return tokens.getOrDefault(name, "");
    }

    private String filled(String template) {
        String filled = template;
        for (Map.Entry<String, String> token : tokens.entrySet()) {
            filled = filled.replace("${" + token.getKey() + "}", token.getValue());
        }
        return filled;
    }

    private static List<String> strings(JsonObject given, String name) {
        return given.getJsonArray(name).getValuesAs(JsonString::getString);
    }

    private String exchange(Servers server, String target, List<String> headers) throws IOException {
        int port = requireNonNull(running.get(server)).port();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String request = "GET " + target + " HTTP/1.1\r\nHost: localhost:" + port + "\r\n"
                    + headers.stream().map(line -> line + "\r\n").collect(Collectors.joining())
                    + "Connection: close\r\n\r\n";
            try {
                socket.getOutputStream().write(request.getBytes(UTF_8));
                return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            } catch (SocketException e) {
                return HUNG_UP;
            }
        }
    }

    private static String forged(String jwt) {
        int at = jwt.length() - 20;
        return jwt.substring(0, at) + (jwt.charAt(at) == 'A' ? 'B' : 'A') + jwt.substring(at + 1);
    }
}
