package org.descope4j.it.browser;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.descope4j.demo.Demo;
import org.descope4j.demo.DemoOptions;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.it.ChromiumBrowser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** What a real browser does with a link and with our pages: cookies across sites, speculation, back button, tabs, no script, keyboard. */
@EnabledIf(value = "isToRun", disabledReason = ChromiumBrowser.NEEDED)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LinkInChromiumIT {
    private static final Path PICTURES = Path.of(requireNonNull(System.getProperty("screenshots")));
    private final Demo demo =
            Demo.start(DemoOptions.onFreePorts(Path.of(requireNonNull(System.getProperty("sample.directory")))));
    private final Webmail webmail = Webmail.start();

    @AfterAll
    void end() {
        webmail.close();
        demo.close();
    }

    @Test
    void V8_one_click_in_a_webmail_of_another_site_signs_in_the_browser_that_asked() {
        try (ChromiumBrowser browser = start()) {
            askForLink(browser, "ana@example.com");
            webmail.show(linkFor("ana@example.com"));
            browser.open(webmail.inbox());

            browser.follow("Open the link");

            assertThat(browser.address()).isEqualTo(demo.uri().resolve("account"));
            assertThat(browser.text()).contains("ana@example.com");
            assertThat(requireNonNull(browser.driver().manage().getCookieNamed("DS"))
                            .getSameSite())
                    .isEqualTo("Lax");
            browser.reload();
            assertThat(browser.text()).contains("ana@example.com");
        }
    }

    /** The browser that asked, so that its binding would sign it in. */
    @Test
    void V3_prefetch_speculation_images_frames_and_scripts_of_another_site_redeem_nothing() {
        try (ChromiumBrowser browser = start()) {
            askForLink(browser, "ben@example.com");
            webmail.showWithEverythingThatLoadsIt(linkFor("ben@example.com"));
            long before = verifications();
            browser.open(webmail.inbox());
            patiently(browser).until(page -> "Done".equals(page.getTitle()));

            assertThat(verifications()).isEqualTo(before);
            browser.follow("Open the link");
            assertThat(browser.text()).contains("ben@example.com");
        }
    }

    @Test
    void V20_a_scanner_that_runs_a_real_browser_leaves_the_link_unused() {
        try (ChromiumBrowser browser = start();
                ChromiumBrowser scanner = start()) {
            askForLink(browser, "cleo@example.com");
            URI link = linkFor("cleo@example.com");
            long before = verifications();

            scanner.open(link);
            scanner.driver().executeScript("window.scrollTo(0, document.body.scrollHeight)");
            scanner.reload();

            assertThat(scanner.text()).contains("Is this you?");
            assertThat(scanner.hasCookie("DS")).isFalse();
            assertThat(verifications()).isEqualTo(before);
            browser.open(link);
            assertThat(browser.text()).contains("cleo@example.com");
        }
    }

    @Test
    void V13_the_back_button_redeems_nothing_again_and_signs_nobody_out() {
        try (ChromiumBrowser browser = start();
                ChromiumBrowser phone = start()) {
            askForLink(browser, "dan@example.com");
            phone.open(linkFor("dan@example.com"));
            phone.press("Sign in");
            assertThat(phone.text()).contains("dan@example.com");
            long before = verifications();

            phone.driver().navigate().back();

            phone.open(demo.uri().resolve("account"));
            assertThat(phone.text()).contains("dan@example.com");
            assertThat(verifications()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_tab_that_waits_goes_on_by_itself_when_another_opens_the_link(boolean script) {
        String user = script ? "eva@example.com" : "finn@example.com";
        try (ChromiumBrowser browser = script ? start() : start(LinkInChromiumIT::withoutScript)) {
            browser.open(demo.uri().resolve("account?tab=roles"));
            fillIn(browser, user);
            String waiting = browser.driver().getWindowHandle();
            browser.driver().switchTo().newWindow(WindowType.TAB);
            browser.open(linkFor(user));
            assertThat(browser.text()).contains(user);

            browser.driver().switchTo().window(waiting);

            patiently(browser).until(page -> browser.address().equals(demo.uri().resolve("account?tab=roles")));
            assertThat(browser.text()).contains(user);
        }
    }

    @Test
    void without_script_everything_works_on_two_devices_too() {
        try (ChromiumBrowser browser = start(LinkInChromiumIT::withoutScript);
                ChromiumBrowser phone = start(LinkInChromiumIT::withoutScript)) {
            browser.driver().get("data:text/html,<p id=p>off</p><script>p.textContent = 'on'</script>");
            assertThat(browser.text()).isEqualTo("off");
            askForLink(browser, "gina@example.com");

            phone.open(linkFor("gina@example.com"));
            phone.press("Sign in");

            assertThat(phone.text()).contains("gina@example.com");
            phone.press("Sign out");
            assertThat(phone.hasCookie("DS")).isFalse();
        }
    }

    @Test
    void the_keyboard_is_enough() {
        try (ChromiumBrowser browser = start();
                ChromiumBrowser phone = start()) {
            browser.open(demo.uri().resolve("account"));
            keys(browser, "hugo@example.com", Keys.ENTER);
            patiently(browser).until(page -> browser.text().contains("Check your inbox"));

            phone.open(linkFor("hugo@example.com"));
            keys(phone, Keys.TAB);
            assertThat(phone.driver().switchTo().activeElement().getText()).isEqualTo("Sign in");
            assertThat(phone.driver().switchTo().activeElement().getCssValue("outline-style"))
                    .isEqualTo("solid");
            keys(phone, Keys.ENTER);

            patiently(phone).until(page -> phone.text().contains("hugo@example.com"));
        }
    }

    @Test
    void another_link_can_be_sent_after_half_a_minute_without_touching_anything() {
        try (ChromiumBrowser browser = start(LinkInChromiumIT::withoutScript)) {
            askForLink(browser, "ida@example.com");
            assertThat(browser.text()).contains("You can ask for another link in");

            new WebDriverWait(browser.driver(), Duration.ofSeconds(60))
                    .ignoring(WebDriverException.class)
                    .until(page -> !page.findElements(By.xpath("//button[normalize-space()='Send another link']"))
                            .isEmpty());
            browser.press("Send another link");

            assertThat(browser.text()).contains("another link is on its way");
            assertThat(emulator().inbox().messages("ida@example.com")).hasSize(2);
        }
    }

    @Test
    void a_used_link_sends_a_new_one_by_one_click_and_that_signs_in() {
        try (ChromiumBrowser browser = start();
                ChromiumBrowser phone = start()) {
            askForLink(browser, "jo@example.com");
            URI used = linkFor("jo@example.com");
            browser.open(used);
            phone.open(used);
            phone.press("Sign in");
            assertThat(phone.text()).contains("no longer valid", "j***@e***.com");

            phone.press("Send me a new link");

            assertThat(phone.text()).contains("another link is on its way");
            phone.open(linkFor("jo@example.com"));
            assertThat(phone.text()).contains("jo@example.com");
        }
    }

    @Test
    void P1_the_pages_look_as_they_should_under_their_policy_and_nothing_of_theirs_is_blocked() {
        try (ChromiumBrowser browser =
                start(options -> options.setCapability("goog:loggingPrefs", Map.of("browser", "ALL")))) {
            askForLink(browser, "kim@example.com");
            browser.open(demo.uri().resolve("auth/sign-in"));

            assertThat(browser.driver().findElement(By.cssSelector(".button")).getCssValue("background-color"))
                    .isEqualTo("rgba(31, 92, 87, 1)");
            assertThat(browser.driver().manage().logs().get("browser").getAll())
                    .noneMatch(entry -> entry.getMessage().contains("Content Security Policy"));
        }
    }

    @Test
    void the_language_is_the_browsers() {
        try (ChromiumBrowser browser = start(options -> options.addArguments("--lang=he", "--accept-lang=he"))) {
            browser.open(demo.uri().resolve("auth/sign-in"));
            browser.driver().findElement(By.name("loginId")).sendKeys("lea@example.com", Keys.ENTER);
            patiently(browser).until(page -> browser.text().contains("l***@e***.com"));

            assertThat(browser.driver().findElement(By.tagName("html")).getAttribute("dir"))
                    .isEqualTo("rtl");
            assertThat(emulator().inbox().latest("lea@example.com").locale()).isEqualTo("he");
        }
    }

    private static void withoutScript(ChromeOptions options) {
        options.setExperimentalOption("prefs", Map.of("profile.managed_default_content_settings.javascript", 2));
    }

    private static ChromiumBrowser start() {
        return start(options -> {});
    }

    private static ChromiumBrowser start(Consumer<ChromeOptions> more) {
        return ChromiumBrowser.start(PICTURES, options -> {
            options.addArguments("--host-resolver-rules=MAP " + Webmail.HOST + " 127.0.0.1");
            more.accept(options);
        });
    }

    private void askForLink(ChromiumBrowser browser, String loginId) {
        browser.open(demo.uri().resolve("account"));
        fillIn(browser, loginId);
    }

    private static void fillIn(ChromiumBrowser browser, String loginId) {
        browser.type("loginId", loginId);
        browser.press("Send me a link");
        assertThat(browser.text()).contains("Check your inbox");
    }

    private static void keys(ChromiumBrowser browser, CharSequence... keys) {
        new Actions(browser.driver()).sendKeys(keys).perform();
    }

    private static WebDriverWait patiently(ChromiumBrowser browser) {
        WebDriverWait wait = new WebDriverWait(browser.driver(), Duration.ofSeconds(40));
        wait.ignoring(WebDriverException.class);
        return wait;
    }

    private URI linkFor(String loginId) {
        return emulator().inbox().latest(loginId).link();
    }

    private DescopeEmulator emulator() {
        return demo.emulator().orElseThrow();
    }

    private long verifications() {
        return emulator().requests().stream()
                .filter(request -> request.path().equals("/v1/auth/magiclink/verify"))
                .count();
    }

    /** Where everything must be tested, a missing browser is a failure. */
    static boolean isToRun() {
        return ChromiumBrowser.isInstalled() || Boolean.getBoolean("ci.complete");
    }
}
