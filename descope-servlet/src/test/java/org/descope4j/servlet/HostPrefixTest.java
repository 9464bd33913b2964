package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.catalina.LifecycleException;
import org.descope4j.emulator.DescopeEmulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cookies called {@code __Host-}, which no other host can plant: where that is so by itself, and how several applications share a host. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class HostPrefixTest {
    private static final String ANA = "ana@example.com";
    private static final String HOST = "https://app.example.com";
    private static final List<String> ALL = List.of("DS", "DSR", "DSP", "DSB", "DSC", "DSE");

    private final DescopeEmulator project = DescopeEmulator.start();
    private final DescopeEmulator otherProject =
            DescopeEmulator.builder().projectId("PEmulatorBank000000000000000").start();
    private final DeployingTomcat tomcat = started();

    private static DeployingTomcat started() {
        try {
            return DeployingTomcat.start();
        } catch (IOException | LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void stop() throws LifecycleException {
        tomcat.close();
        project.close();
        otherProject.close();
    }

    @Test
    void C2_N6_an_https_application_at_the_root_context_has_the_prefix_without_being_told() throws IOException {
        tomcat.deploy("", webXml(project, "", ""));
        Browser browser = new Browser(tomcat.base(""), project.clock());

        Answer asked = browser.askForLink("email", ANA, "");
        Answer signedIn = open(browser, project);

        assertThat(asked.setCookies()).isNotEmpty().allMatch(HostPrefixTest::isForThisHostAlone);
        assertThat(signedIn.setCookies()).isNotEmpty().allMatch(HostPrefixTest::isForThisHostAlone);
        assertThat(browser.has("__Host-DS") && browser.has("__Host-DSR") && browser.has("__Host-DSP"))
                .isTrue();
        assertThat(browser.get("/account/none").status()).isEqualTo(404);
    }

    @Test
    void C2_N6_with_the_prefix_nothing_planted_is_read() throws IOException {
        tomcat.deploy("", webXml(project, "", ""));
        Browser eve = signedIn(project, "", "eve@example.com");
        Browser asking = new Browser(tomcat.base(""), project.clock());
        asking.askForLink("email", "eve@example.com", "");
        URI evesLink = here(project, "eve@example.com");
        Browser victim = new Browser(tomcat.base(""), project.clock());
        List.of("DS", "DSR", "DSP").forEach(name -> victim.plant(name, eve.cookie("__Host-" + name)));
        List.of("DSB", "DSC").forEach(name -> victim.plant(name, asking.cookie("__Host-" + name)));

        assertThat(victim.get("/account/none").status()).isEqualTo(401);
        assertThat(victim.get(evesLink.toString()).status()).isEqualTo(200);
        assertThat(victim.has("__Host-DS")).isFalse();
    }

    @Test
    void C2_N6_the_planted_ones_change_nothing_for_a_user_who_is_signed_in() throws IOException {
        tomcat.deploy("", webXml(project, "", ""));
        Browser eve = signedIn(project, "", "eve@example.com");
        Browser victim = signedIn(project, "", ANA);
        for (String name : List.of("DS", "DSR", "DSP", "DSC")) {
            victim.plant(name, eve.cookie("__Host-" + name));
        }

        assertThat(victim.get("/account/none").status()).isEqualTo(404);
        Answer form = victim.get("/auth/sign-out");
        assertThat(form.body()).contains(ANA);
        assertThat(victim.post("/auth/sign-out", Map.of("_descope_csrf", form.hidden("_descope_csrf")))
                        .status())
                .isEqualTo(303);
        assertThat(victim.get("/account/none").status()).isEqualTo(401);
    }

    @Test
    void C2_names_from_before_the_prefix_are_cleared_where_they_are_seen() throws IOException {
        tomcat.deploy("", webXml(project, "", ""));
        Browser browser = signedIn(project, "", ANA);
        ALL.forEach(name -> browser.plant(name, "old"));

        Answer answer = browser.get("/account/none");

        assertThat(answer.status()).isEqualTo(404);
        for (String name : ALL) {
            assertThat(answer.setCookie(name)).startsWith(name + "=; Path=/; Max-Age=0; Secure");
        }
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(browser.get("/account/none").setCookies()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', DS",
        "'', false, DS",
        "/app, '', DS",
        "/app, false, DS",
        "/app, true, __Host-DS-app",
        "/a/b, true, __Host-DS-a~b"
    })
    void C2_elsewhere_it_is_a_setting_and_the_name_carries_the_context(String context, String setting, String name)
            throws IOException {
        boolean isOnLocalhost = context.isEmpty() && setting.isEmpty();
        tomcat.deploy(
                context,
                isOnLocalhost
                        ? ConstrainedApplication.settings(project)
                        : webXml(project, context, parameterOf("cookie.host-prefix", setting)));

        Browser browser = new Browser(tomcat.base(context), project.clock());
        browser.askForLink("email", ANA, "");
        Answer answer = open(browser, project);

        assertThat(answer.setCookie(name))
                .contains(name.startsWith("__Host-") || context.isEmpty() ? "; Path=/;" : "; Path=" + context + ";");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cookie.domain=example.com", "cookie.path=/"})
    void C2_a_domain_of_its_own_takes_the_prefix_away(String setting) throws IOException {
        tomcat.deploy("", webXml(project, "", parameterOf(setting.split("=", 2)[0], setting.split("=", 2)[1])));
        Browser browser = new Browser(tomcat.base(""), project.clock());
        browser.askForLink("email", ANA, "");

        Answer answer = open(browser, project);

        boolean isPrefixed = setting.equals("cookie.path=/");
        assertThat(answer.setCookie(isPrefixed ? "__Host-DS" : "DS")).isNotEmpty();
    }

    @Test
    void C2_F3_three_applications_of_a_host_each_with_the_prefix_keep_their_users_apart() throws IOException {
        String prefix = parameterOf("cookie.host-prefix", "true");
        tomcat.deploy("", webXml(project, "", ""));
        tomcat.deploy("/shop", webXml(project, "/shop", prefix));
        tomcat.deploy("/shop/bank", webXml(otherProject, "/shop/bank", prefix));
        Browser root = signedIn(project, "", ANA);
        Browser shop = signIn(root.at(tomcat.base("/shop")), project, "bea@example.com");
        Browser bank = signIn(shop.at(tomcat.base("/shop/bank")), otherProject, "carl@example.com");

        assertThat(Stream.of("", "-shop", "-shop~bank").filter(end -> bank.has("__Host-DS" + end)))
                .hasSize(3);
        assertThat(name(bank, "")).isEqualTo(ANA);
        assertThat(name(bank, "/shop")).isEqualTo("bea@example.com");
        assertThat(name(bank, "/shop/bank")).isEqualTo("carl@example.com");
        Answer form = bank.get("/shop/auth/sign-out");
        Answer signedOut = bank.post("/shop/auth/sign-out", Map.of("_descope_csrf", form.hidden("_descope_csrf")));
        assertThat(signedOut.setCookies())
                .isNotEmpty()
                .allMatch(cookie -> cookie.substring(0, cookie.indexOf('=')).endsWith("-shop"));
        assertThat(name(bank, "")).isEqualTo(ANA);
        assertThat(name(bank, "/shop/bank")).isEqualTo("carl@example.com");
        assertThat(bank.get("/shop/account/none").status()).isEqualTo(401);
    }

    @Test
    void C2_no_two_context_paths_get_the_same_names() {
        List<String> contexts = List.of(
                "",
                "/shop",
                "/Shop",
                "/shop/bank",
                "/shop~bank",
                "/shop-bank",
                "/shop.bank",
                "/shop%2Fbank",
                "/shop%7Ebank",
                "/shop/",
                "/caf\u00e9",
                "/caf%C3%A9",
                "/a b",
                "/a%20b",
                "/a;b",
                "/a=b",
                "/-",
                "/R",
                "/P");

        Map<String, Long> names = contexts.stream()
                .flatMap(context -> ALL.stream().map(cookie -> policyAt(context).nameOf(cookie)))
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));

        assertThat(names).hasSize(contexts.size() * ALL.size());
        assertThat(names.keySet()).allMatch(name -> name.matches("__Host-[A-Za-z0-9!#$%&'*+.^_`|~-]+"));
    }

    @Test
    void N6_the_start_says_what_the_prefix_would_stop_where_nobody_has_decided() throws IOException {
        try (LoggedLines log = LoggedLines.of(StartUpReport.class)) {
            tomcat.deploy("/undecided", webXml(project, "/undecided", ""));
            tomcat.deploy("/decided", webXml(project, "/decided", parameterOf("cookie.host-prefix", "false")));
            tomcat.deploy("", webXml(project, "", ""));

            assertThat(log.all().stream().filter(line -> line.contains("can plant a session")))
                    .hasSize(1);
            assertThat(log.all().stream().filter(line -> line.contains("descope.cookie.host-prefix = true (default)")))
                    .hasSize(1);
        }
    }

    private static CookiePolicy policyAt(String context) {
        PublicUrl publicUrl = PublicUrl.of(HOST);
        return CookiePolicy.from(
                        new SettingValues(
                                Map.of(SettingKey.COOKIE_HOST_PREFIX, new SettingValues.Found("true", "a test"))),
                        publicUrl)
                .at(context, publicUrl);
    }

    private static boolean isForThisHostAlone(String cookie) {
        return cookie.startsWith("__Host-")
                && cookie.contains("; Path=/;")
                && cookie.contains("; Secure")
                && !cookie.contains("Domain");
    }

    private static String name(Browser browser, String context) {
        Answer page = browser.get(context + "/auth/sign-out");
        return Stream.of(ANA, "bea@example.com", "carl@example.com")
                .filter(page.body()::contains)
                .collect(Collectors.joining(" and "));
    }

    private Browser signedIn(DescopeEmulator from, String context, String user) {
        return signIn(new Browser(tomcat.base(context), from.clock()), from, user);
    }

    private Browser signIn(Browser browser, DescopeEmulator from, String user) {
        browser.askForLink("email", user, "");
        assertThat(browser.get(here(from, user).toString()).status()).isEqualTo(303);
        return browser;
    }

    private Answer open(Browser browser, DescopeEmulator from) {
        return browser.get(here(from, ANA).toString());
    }

    /** The link as it was sent, at the address of this server. */
    private URI here(DescopeEmulator from, String user) {
        URI link = from.inbox().latest(user).link();
        return URI.create(tomcat.base("") + link.getRawPath() + "?" + link.getRawQuery());
    }

    private static String webXml(DescopeEmulator project, String context, String more) {
        return ConstrainedApplication.settings(project)
                + ConstrainedApplication.parameter("descope.public-url", HOST + context)
                + ConstrainedApplication.parameter("descope.protected-paths", "/account/*")
                + more;
    }

    private static String parameterOf(String key, String value) {
        return value.isEmpty() ? "" : ConstrainedApplication.parameter("descope." + key, value);
    }
}
