package org.descope4j.it.browser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.descope4j.it.ChromiumBrowser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;

/**
 * Every page in every variant, as descope-servlet's tests wrote it to {@code target/pages}: judged by axe-core, measured on a narrow
 * phone, and kept as a picture.
 */
@EnabledIf(value = "isToRun", disabledReason = ChromiumBrowser.NEEDED)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EveryPageIT {
    private static final Path PAGES = Path.of("..", "descope-servlet", "target", "pages");
    private static final Path NPM = Path.of("target", "npm");
    private static final String AUDIT = """
            const done = arguments[arguments.length - 1];
            axe.run(document, {resultTypes: ['violations', 'incomplete']}).then(
                found => done(found.violations.concat(found.incomplete).map(rule =>
                    rule.id + ': ' + rule.help + ' ' + rule.nodes.map(node => node.html.slice(0, 200)).join(' | '))),
                failure => done(['axe failed: ' + failure]));
            """;

    private final Path pictures =
            Path.of(requireNonNull(System.getProperty("screenshots"))).resolve("pages");
    private ChromiumBrowser browser;
    private String axe;

    @BeforeAll
    void start() throws Exception {
        axe = axe();
        browser = ChromiumBrowser.start(pictures);
    }

    @AfterAll
    void end() {
        if (browser != null) {
            browser.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"en, light", "en, dark", "he, light"})
    void axe_finds_nothing_to_complain_about(String language, String colours) throws IOException {
        browser.colours(colours);
        for (Path page : pages(language)) {
            browser.open(page.toUri());
            browser.beAPhone(390);
            browser.keepPicture(name(page) + "-" + language + "-" + colours);
            browser.beADesktop();
            browser.driver().executeScript(axe);

            assertThat((List<?>) browser.driver().executeAsyncScript(AUDIT))
                    .as(page.toString())
                    .isEmpty();
        }
        browser.colours("light");
    }

    @Test
    void axe_does_find_what_there_is_to_complain_about() {
        browser.driver().get("data:text/html,<title>x</title><img src=x><input>");
        browser.driver().executeScript(axe);

        assertThat((List<?>) browser.driver().executeAsyncScript(AUDIT))
                .extracting(Object::toString)
                .anyMatch(found -> found.startsWith("image-alt"))
                .anyMatch(found -> found.startsWith("label"));
    }

    @ParameterizedTest
    @CsvSource({"en", "de", "es", "ja", "he"})
    void a_page_fits_on_a_narrow_phone_and_its_buttons_under_a_thumb(String language) throws IOException {
        browser.beAPhone(320);
        for (Path page : pages(language)) {
            browser.open(page.toUri());

            assertThat(
                            browser.driver()
                                    .executeScript(
                                            "return document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                    .as(page.toString())
                    .isEqualTo(0L);
            assertThat(browser.driver().findElements(By.cssSelector(".button, .choice, input[type=email]")))
                    .as(page.toString())
                    .allSatisfy(
                            control -> assertThat(control.getSize().getHeight()).isGreaterThanOrEqualTo(44));
        }
        browser.beADesktop();
    }

    @Test
    void pictures_on_a_desk() throws IOException {
        for (String language : List.of("en", "de", "es", "ja", "he")) {
            for (String page :
                    List.of("sign-in-choice", "check-inbox-resend", "confirm-switch", "link-no-longer-valid-known")) {
                browser.open(PAGES.resolve(language)
                        .resolve(page + ".html")
                        .toAbsolutePath()
                        .normalize()
                        .toUri());
                browser.keepPicture(page + "-" + language + "-desk");
            }
        }

        assertThat(pictures.resolve("sign-in-choice-he-desk.png")).isNotEmptyFile();
    }

    private static List<Path> pages(String language) throws IOException {
        try (Stream<Path> files = Files.list(PAGES.resolve(language))) {
            List<Path> pages = files.map(page -> page.toAbsolutePath().normalize())
                    .sorted()
                    .toList();
            assertThat(pages).hasSizeGreaterThan(25);
            return pages;
        }
    }

    private static String name(Path page) {
        return page.getFileName().toString().replace(".html", "");
    }

    private static String axe() throws IOException, InterruptedException {
        Path script = NPM.resolve("node_modules/axe-core/axe.min.js");
        Files.createDirectories(NPM);
        for (String file : List.of("package.json", "package-lock.json")) {
            Files.writeString(NPM.resolve(file), Files.readString(Path.of("src", "test", "npm", file)));
        }
        boolean fetched = isInstalled("npm") && run("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts") == 0;
        if (!fetched && !Boolean.getBoolean("ci.complete")) {
            assumeTrue(fetched, "Needs npm and axe-core, which npm fetches");
        }
        return Files.readString(script, UTF_8);
    }

    private static boolean isInstalled(String program) {
        return Stream.of(requireNonNull(System.getenv("PATH")).split(java.io.File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    private static int run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(NPM.toFile())
                .redirectErrorStream(true)
                .redirectOutput(NPM.resolve("npm.txt").toFile())
                .start();
        if (!process.waitFor(3, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            return -1;
        }
        return process.exitValue();
    }

    /** Where everything must be tested, a missing browser is a failure. */
    static boolean isToRun() {
        return ChromiumBrowser.isInstalled() || Boolean.getBoolean("ci.complete");
    }
}
