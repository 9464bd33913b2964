package org.descope4j.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.descope4j.emulator.DescopeEmulator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PageLanguagesTest {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^}]*}");

    @TempDir
    Path classes;

    @ParameterizedTest
    @ValueSource(strings = {"de", "es", "ja", "he"})
    void every_built_in_language_says_everything_in_words_of_its_own(String language) {
        PageTexts english = PagesGallery.texts("en");
        Map<String, String> texts = new TreeMap<>(PagesGallery.texts(language).all());

        assertThat(texts).containsOnlyKeys(english.all().keySet());
        texts.forEach((key, text) -> assertThat(placeholders(text)).as(key).isEqualTo(placeholders(english.text(key))));
        // proper names and abbreviations are the same everywhere
        texts.keySet()
                .removeIf(key -> key.startsWith("delivery-method.")
                        || key.equals("page.direction")
                        || key.equals("sign-up.field.company"));
        assertThat(texts)
                .allSatisfy((key, text) -> assertThat(text).isNotBlank().isNotEqualTo(english.text(key)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "es", "ja", "he"})
    void a_text_is_plain_and_has_no_space_at_its_ends(String language) {
        assertThat(PagesGallery.texts(language).all())
                .allSatisfy(
                        (key, text) -> assertThat(text).isEqualTo(text.strip()).doesNotContain("<", "&", "''", "  "));
    }

    @Test
    void only_Hebrew_is_written_from_right_to_left() {
        assertThat(List.of("en", "de", "es", "ja", "he"))
                .extracting(language -> PagesGallery.texts(language).direction())
                .containsExactly("ltr", "ltr", "ltr", "ltr", "rtl");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | en",
                "de | de",
                "de-AT | de",
                "DE-at | de",
                "es-419,es;q=0.9,en;q=0.8 | es",
                "fr,de;q=0.5,en;q=0.3 | de",
                "en;q=0.3,ja;q=0.9 | ja",
                "he-IL | he",
                "iw | he",
                "fr | en",
                "de;q=0, es;q=0.1 | es",
                "* | en",
                "not a language!! | en",
                "de;q=x | en",
                "pt | pt-BR",
                "pt-BR | pt-BR",
                "pt-PT,en;q=0.5 | en"
            })
    void the_browser_gets_the_language_that_it_likes_best(String accepted, String language) throws Exception {
        application("descope-pages_pt_BR.properties", "sign-in.button = Enviar um link");
        PageLanguages languages =
                PageLanguages.load(List.of("en", "de", "es", "ja", "he", "pt-BR"), loader(), Map.of());

        assertThat(languages.textsFor(accepting(accepted)).language()).isEqualTo(language);
    }

    @Test
    void a_header_of_absurd_length_is_not_looked_at() throws Exception {
        PageLanguages languages = PageLanguages.load(List.of(), loader(), Map.of());

        assertThat(languages
                        .textsFor(accepting("de," + "fr;q=0.1,".repeat(100)))
                        .language())
                .isEqualTo("en");
    }

    @Test
    void an_application_overrides_single_texts() throws Exception {
        application("descope-pages_de.properties", "sign-in.heading = Servus");

        PageTexts german = new PageTextFiles(loader(), Map.of()).find("de").orElseThrow();

        assertThat(german.text("sign-in.heading")).isEqualTo("Servus");
        assertThat(german.text("sign-in.button")).isEqualTo("Link senden");
    }

    @Test
    void an_application_adds_a_language_by_a_file() throws Exception {
        application("descope-pages_fr.properties", "sign-in.button = Recevoir un lien");

        PageTexts french = PageLanguages.load(List.of(), loader(), Map.of()).textsFor(accepting("fr-CA"));

        assertThat(french.language()).isEqualTo("fr");
        assertThat(french.text("sign-in.button")).isEqualTo("Recevoir un lien");
        // what is missing is in English
        assertThat(french.text("sign-out.button")).isEqualTo("Sign out");
    }

    @Test
    void a_region_builds_on_its_language() throws Exception {
        application("descope-pages_de.properties", "sign-in.heading = Hallo");
        application("descope-pages_de_AT.properties", "sign-out.heading = Pfiat di?");

        PageTexts austrian = new PageTextFiles(loader(), Map.of()).find("de-AT").orElseThrow();

        assertThat(austrian.language()).isEqualTo("de-AT");
        assertThat(austrian.text("sign-in.heading")).isEqualTo("Hallo");
        assertThat(austrian.text("sign-out.heading")).isEqualTo("Pfiat di?");
        assertThat(austrian.text("sign-in.button")).isEqualTo("Link senden");
    }

    @Test
    void a_setting_says_which_languages_there_are_and_which_is_the_default() throws Exception {
        PageLanguages languages = PageLanguages.load(PageLanguages.parse(" ja , DE"), loader(), Map.of());

        assertThat(languages.textsFor(accepting("en")).language()).isEqualTo("ja");
        assertThat(languages.textsFor(accepting("de")).language()).isEqualTo("de");
    }

    @Test
    void a_language_without_texts_is_refused_with_the_file_that_is_missing() {
        assertThatThrownBy(() -> PageLanguages.load(List.of("en", "pt-BR"), loader(), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("descope.languages", "pt-BR", "descope-pages_pt_BR.properties");
    }

    @ParameterizedTest
    @ValueSource(strings = {"e", "en_US", "../../etc/passwd", "de AT"})
    void what_is_no_language_tag_is_refused(String tag) {
        assertThatThrownBy(() -> PageLanguages.parse(tag))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("descope.languages", tag);
    }

    @Test
    void the_page_says_its_language_and_Descope_is_asked_in_the_same() {
        try (DescopeEmulator emulator = DescopeEmulator.start();
                ServedApplication application = ServedApplication.start(emulator)) {
            Browser browser = application.browser();
            Answer form = browser.get("/app/auth/sign-in", "Accept-Language", "he,en;q=0.5");

            browser.post(
                    "/app/auth/sign-in",
                    Map.of(
                            "loginId", "ada@example.com",
                            "deliveryMethod", "email",
                            "_descope_csrf", form.hidden("_descope_csrf")),
                    "Accept-Language",
                    "he,en;q=0.5");

            assertThat(form.header("Content-Language")).isEqualTo("he");
            assertThat(form.header("Vary")).isEqualTo("Accept-Language");
            assertThat(form.body()).contains("<html lang=\"he\" dir=\"rtl\">");
            assertThat(emulator.inbox().latest("ada@example.com").locale()).isEqualTo("he");
        }
    }

    private static HttpServletRequest accepting(String languages) {
        return Requests.with(languages.isEmpty() ? Map.of() : Map.of("Accept-Language", languages));
    }

    private static List<String> placeholders(String text) {
        return PLACEHOLDER.matcher(text).results().map(found -> found.group()).toList();
    }

    private void application(String file, String line) throws IOException {
        Files.writeString(classes.resolve(file), line + "\n", UTF_8);
    }

    private ClassLoader loader() throws IOException {
        return new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader());
    }
}
