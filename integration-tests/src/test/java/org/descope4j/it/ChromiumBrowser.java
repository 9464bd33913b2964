package org.descope4j.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Chromium as the system installed it, without a window and with a profile of its own. */
public final class ChromiumBrowser implements Browser {
    /** What a machine needs for this browser. */
    public static final String NEEDED =
            "Needs chromium and chromedriver on the search path (Debian: packages chromium and chromium-driver)";

    private static final List<String> FLAGS = List.of(
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            "--window-size=1280,860");

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ChromeDriver driver;
    private final Path pictures;

    private ChromiumBrowser(ChromeDriver driver, Path pictures) {
        this.driver = driver;
        this.pictures = pictures;
    }

    /** Whether the search path has a chromium and its chromedriver. */
    public static boolean isInstalled() {
        return onSearchPath("chromium").isPresent()
                && onSearchPath("chromedriver").isPresent();
    }

    /**
     * Starts the Chromium of this machine.
     *
     * @param pictures the directory for the pictures of the pages
     */
    public static ChromiumBrowser start(Path pictures) {
        return start(pictures, options -> {});
    }

    /**
     * Starts it with more than the usual options.
     *
     * @param pictures the directory for the pictures of the pages
     * @param more sets them
     */
    public static ChromiumBrowser start(Path pictures, Consumer<ChromeOptions> more) {
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(required("chromedriver"))
                .usingAnyFreePort()
                .build();
        ChromeOptions options = new ChromeOptions();
        options.setBinary(required("chromium"));
        options.addArguments(FLAGS);
        more.accept(options);
        return new ChromiumBrowser(new ChromeDriver(service, options), pictures);
    }

    @Override
    public void open(URI address) {
        driver.get(address.toString());
    }

    @Override
    public void follow(String link) {
        click("//a[normalize-space()='%s']".formatted(link));
    }

    @Override
    public void type(String field, String text) {
        WebElement input = driver.findElement(By.name(field));
        input.clear();
        input.sendKeys(text);
    }

    @Override
    public void press(String button) {
        click("//button[normalize-space()='%s']".formatted(button));
    }

    @Override
    public void reload() {
        driver.navigate().refresh();
    }

    @Override
    public URI address() {
        return URI.create(driver.getCurrentUrl());
    }

    @Override
    public String text() {
        return driver.findElement(By.tagName("body")).getText();
    }

    @Override
    public boolean hasCookie(String name) {
        return driver.manage().getCookieNamed(name) != null;
    }

    @Override
    public void dropCookie(String name) {
        driver.manage().deleteCookieNamed(name);
    }

    /** Waits until the page shows a text, without loading anything. */
    public void await(String text) {
        new WebDriverWait(driver, PATIENCE)
                .ignoring(StaleElementReferenceException.class)
                .withMessage(() -> "No \"" + text + "\" at " + address() + ":\n" + text())
                .until(page -> text().contains(text));
    }

    /** Runs a script in the page, and answers what it returns. */
    public @Nullable Object run(String script) {
        return driver.executeScript(script);
    }

    /** Three pictures: on a desk, on a phone, and on a phone at night. */
    @Override
    public void keepPictures(String name) {
        keep(name + "-desktop");
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", 390, "height", 844, "deviceScaleFactor", 2, "mobile", true));
        keep(name + "-phone");
        colours("dark");
        keep(name + "-phone-dark");
        colours("light");
        driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    }

    /** For what a person does not do with a browser. */
    public ChromeDriver driver() {
        return driver;
    }

    /** As on a phone of this width, in CSS pixels. */
    public void beAPhone(int width) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 844, "deviceScaleFactor", 2, "mobile", true));
    }

    /** As on a desk again. */
    public void beADesktop() {
        driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    }

    /** Keeps what is seen, as high as the page is. */
    public void keepPicture(String name) {
        keep(name);
    }

    @Override
    public void close() {
        driver.quit();
    }

    private static File required(String program) {
        return onSearchPath(program).orElseThrow(() -> new AssertionError(NEEDED));
    }

    private static Optional<File> onSearchPath(String program) {
        String searchPath = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(searchPath)
                .map(directory -> new File(directory, program))
                .filter(File::canExecute)
                .findFirst();
    }

    /**
     * Clicks and waits for the next page, as a click returns before the answer is there. The emulator's inbox renews itself, and may do
     * so between the search and the click.
     */
    private void click(String path) {
        WebDriverWait patiently = new WebDriverWait(driver, PATIENCE);
        patiently.ignoring(NoSuchElementException.class, StaleElementReferenceException.class);
        patiently.withMessage(() -> "No " + path + " that leads on at " + address() + ":\n" + text());
        WebElement pageBefore = patiently.until(page -> {
            WebElement root = page.findElement(By.tagName("html"));
            page.findElement(By.xpath(path)).click();
            return root;
        });
        patiently.until(page -> isGone(pageBefore));
        patiently.until(page -> "complete".equals(driver.executeScript("return document.readyState")));
    }

    /** Chromedriver has two words for an element of a page that was left; the second one while the next page is being loaded. */
    private static boolean isGone(WebElement element) {
        try {
            element.isEnabled();
            return false;
        } catch (StaleElementReferenceException e) {
            return true;
        } catch (WebDriverException e) {
            if (String.valueOf(e.getMessage()).contains("does not belong to the document")) {
                return true;
            }
            throw e;
        }
    }

    /** Light or dark. */
    public void colours(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    private void keep(String name) {
        try {
            Files.createDirectories(pictures);
            Files.write(pictures.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
