package org.descope4j.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Optional;
import org.htmlunit.BrowserVersion;
import org.htmlunit.Page;
import org.htmlunit.WebClient;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.util.Cookie;

/** A browser without a window and with JavaScript turned off: the pages must work without. */
public final class HtmlUnitBrowser implements Browser {
    private final WebClient client = new WebClient(BrowserVersion.CHROME);

    /** A browser that has never been anywhere. */
    public HtmlUnitBrowser() {
        client.getOptions().setJavaScriptEnabled(false);
        client.getOptions().setThrowExceptionOnFailingStatusCode(false);
    }

    @Override
    public void open(URI address) {
        run(() -> client.getPage(address.toURL()));
    }

    @Override
    public void follow(String link) {
        click("//a[normalize-space()='%s']".formatted(link));
    }

    @Override
    public void type(String field, String text) {
        ((HtmlInput) html().getElementByName(field)).setValue(text);
    }

    @Override
    public void press(String button) {
        click("//button[normalize-space()='%s']".formatted(button));
    }

    @Override
    public void reload() {
        run(() -> html().refresh());
    }

    @Override
    public URI address() {
        return URI.create(page().getUrl().toString());
    }

    @Override
    public String text() {
        return page() instanceof HtmlPage html
                ? html.asNormalizedText()
                : page().getWebResponse().getContentAsString();
    }

    @Override
    public boolean hasCookie(String name) {
        return find(name).isPresent();
    }

    @Override
    public void dropCookie(String name) {
        find(name).ifPresent(client.getCookieManager()::removeCookie);
    }

    @Override
    public void keepPictures(String name) {}

    @Override
    public void close() {
        client.close();
    }

    private Page page() {
        return client.getCurrentWindow().getEnclosedPage();
    }

    private HtmlPage html() {
        return (HtmlPage) page();
    }

    private Optional<Cookie> find(String name) {
        return client.getCookies(page().getUrl()).stream()
                .filter(cookie -> cookie.getName().equals(name))
                .findFirst();
    }

    private void click(String path) {
        Optional<HtmlElement> element = Optional.ofNullable(html().getFirstByXPath(path));
        run(() -> element.orElseThrow(() -> new AssertionError("No " + path + " at " + address() + ":\n" + text()))
                .click());
    }

    private static void run(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Step {
        void run() throws IOException;
    }
}
