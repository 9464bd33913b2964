package org.descope4j.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.it.variants.Vault;
import org.junit.jupiter.api.Test;

/** Some 2,000 ways to ask for protected pages, on whichever server: nobody reads the word of the vault without signing in. */
interface ClosedAtEveryAddress {
    /** Reached by a signed-in user on every server. */
    List<String> PAGES =
            List.of("/secret/file.txt", "/secret/servlet/a", "/secret/filtered/a", "/secret/x.act", "/api/secret");

    /** Reached by a signed-in user where the server has what it takes. */
    List<String> MORE_PAGES = List.of(
            "/secret/page.jsp",
            "/secret/list.xhtml",
            "/secret/list.jsf",
            "/faces/secret/list.xhtml",
            "/views/list.xhtml",
            "/views/list.jsf",
            "/views/list.faces",
            "/faces/views/list.xhtml",
            "/wdir/index.html",
            "/wdir/",
            "/jdir/index.jsp",
            "/jdir/",
            "/sdir/welcome.act",
            "/sdir/");

    String PREFLIGHT = RawExchange.PREFLIGHT;

    /** Ways to ask, each with the headers that go with it. */
    Map<String, List<String>> METHODS = Map.of(
            "GET",
                    List.of(
                            "",
                            "Upgrade: websocket\r\nConnection: upgrade, close\r\n",
                            "X-HTTP-Method-Override: OPTIONS\r\n"),
            "HEAD", List.of(""),
            "POST", List.of("", "X-HTTP-Method-Override: GET\r\n"),
            "OPTIONS", List.of("", PREFLIGHT, PREFLIGHT.replace("https://e.example", "https://spa.example.com")),
            "TRACE", List.of(""),
            "PROPFIND", List.of("", PREFLIGHT),
            "get", List.of(""),
            "LOCK", List.of(""));

    /** Where the sessions come from. */
    DescopeEmulator emulator();

    @Test
    default void C17_C25_N9_nobody_reads_a_protected_page_by_any_spelling_in_any_method() throws IOException {
        Map<String, Integer> answers = new TreeMap<>();
        List<String> leaks = new ArrayList<>();
        int variants = 0;
        for (String request : requests()) {
            String answer = RawExchange.of(request);
            String status = answer.startsWith("HTTP/1.1 ") ? answer.substring(9, 12) : "none";
            answers.merge(status, 1, Integer::sum);
            variants++;
            if (answer.contains(Vault.WORD)) {
                leaks.add(request.replace("\r\n", " | "));
            }
        }
        List<String> reached = reached();
        System.out.printf(
                "%s: %d variants, answers %s, leaks=%d; a signed-in user reads %d of %d pages%n",
                Path.of(System.getProperty("server.home", "server")).getFileName(),
                variants,
                answers,
                leaks.size(),
                reached.size(),
                PAGES.size() + MORE_PAGES.size());

        assertThat(leaks).isEmpty();
        assertThat(variants).isGreaterThan(2000);
        assertThat(reached).containsAll(PAGES);
        if (List.of("wildfly", "payara", "liberty").contains(System.getProperty("arquillian.launch", ""))) {
            assertThat(reached)
                    .contains("/secret/page.jsp", "/secret/list.xhtml", "/faces/secret/list.xhtml", "/views/list.jsf");
        }
    }

    @Test
    default void C25_a_page_of_a_trusted_origin_may_ask_and_others_are_told_nothing() throws IOException {
        String trusted = RawExchange.of("OPTIONS /" + VariantsWar.NAME + "/secret/servlet/a HTTP/1.1\r\n"
                + PREFLIGHT.replace("https://e.example", "https://spa.example.com"));
        String other = RawExchange.of("OPTIONS /" + VariantsWar.NAME + "/secret/servlet/a HTTP/1.1\r\n" + PREFLIGHT);

        assertThat(trusted).startsWith("HTTP/1.1 204").containsIgnoringCase("allow-origin: https://spa.example.com");
        assertThat(other).startsWith("HTTP/1.1 403").doesNotContainIgnoringCase("access-control-allow");
    }

    private List<String> reached() throws IOException {
        String bearer =
                "Authorization: Bearer " + emulator().signIn("ada@example.com").sessionJwt() + "\r\n";
        List<String> reached = new ArrayList<>();
        for (String page : Stream.concat(PAGES.stream(), MORE_PAGES.stream()).toList()) {
            if (RawExchange.of("GET /" + VariantsWar.NAME + page + " HTTP/1.1\r\n" + bearer)
                    .contains(Vault.WORD)) {
                reached.add(page);
            }
        }
        return reached;
    }

    private static List<String> requests() {
        List<String> requests = new ArrayList<>();
        for (String page : Stream.concat(PAGES.stream(), MORE_PAGES.stream()).toList()) {
            METHODS.forEach(
                    (method, headers) -> headers.forEach(header -> requests.add(request(method, page, header))));
            spellings().forEach((name, spelling) -> {
                requests.add(request("GET", spelling.apply(page), ""));
                requests.add(request("POST", spelling.apply(page), ""));
                requests.add(request("OPTIONS", spelling.apply(page), PREFLIGHT));
            });
        }
        return requests;
    }

    private static String request(String method, String path, String headers) {
        String target = path.startsWith("http") ? path : "/" + VariantsWar.NAME + path;
        return method + " " + target + " HTTP/1.1\r\n" + headers;
    }

    private static Map<String, UnaryOperator<String>> spellings() {
        Map<String, UnaryOperator<String>> spellings = new LinkedHashMap<>();
        spellings.put("two slashes", path -> "/" + path);
        spellings.put("slashes everywhere", path -> path.replace("/", "//"));
        spellings.put("dot", path -> "/." + path);
        spellings.put("escaped dot", path -> "/%2e" + path);
        spellings.put("dots", path -> "/open/.." + path);
        spellings.put("escaped dots", path -> "/open/%2e%2e" + path);
        spellings.put("half escaped dots", path -> "/open/.%2e" + path);
        spellings.put("dots with parameter", path -> "/open/..;x" + path);
        spellings.put("dots behind", path -> path + "/x/..");
        spellings.put("dots behind with slash", path -> path + "/x/../");
        spellings.put("escaped letter", path -> "/%" + Integer.toHexString(path.charAt(1)) + path.substring(2));
        spellings.put("letter escaped twice", path -> "/%25" + Integer.toHexString(path.charAt(1)) + path.substring(2));
        spellings.put(
                "letter in another base", path -> "/%u00" + Integer.toHexString(path.charAt(1)) + path.substring(2));
        spellings.put(
                "overlong letter", path -> "/%c1%" + Integer.toHexString(path.charAt(1) + 0x40) + path.substring(2));
        spellings.put("overlong slash", path -> "/open%c0%af.." + path);
        spellings.put("escaped slash", path -> "/" + path.substring(1).replace("/", "%2f"));
        spellings.put("slash escaped twice", path -> "/" + path.substring(1).replace("/", "%252f"));
        spellings.put("backslash", path -> "/" + path.substring(1).replace("/", "\\"));
        spellings.put("escaped backslash", path -> "/" + path.substring(1).replace("/", "%5c"));
        spellings.put("parameter in front", path -> "/;x" + path);
        spellings.put("parameter inside", path -> path.replaceFirst("(.)/", "$1;x=y/"));
        spellings.put("parameter behind", path -> path + ";x");
        spellings.put("session behind", path -> path + ";jsessionid=1");
        spellings.put("escaped parameter", path -> path + "%3bx");
        spellings.put("slash behind", path -> path + "/");
        spellings.put("dot behind", path -> path + "/.");
        spellings.put("dot at the name", path -> path + ".");
        spellings.put("blank behind", path -> path + "%20");
        spellings.put("nothing behind", path -> path + "%00");
        spellings.put("line behind", path -> path + "%0a");
        spellings.put("stream behind", path -> path + "::$DATA");
        spellings.put("upper case", path -> path.toUpperCase(Locale.ROOT));
        spellings.put("query", path -> path + "?a=b/../c;d");
        spellings.put("absolute", path -> "http://localhost/" + VariantsWar.NAME + path);
        return spellings;
    }
}
