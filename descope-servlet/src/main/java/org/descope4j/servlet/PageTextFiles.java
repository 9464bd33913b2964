package org.descope4j.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where texts come from. For {@code pt-BR}, each over the one before: our English, so that nothing is missing; our Portuguese, if there
 * is any; the application's {@code descope-pages_pt.properties}; its {@code descope-pages_pt_BR.properties}.
 */
final class PageTextFiles {
    private static final Logger LOG = System.getLogger(PageTextFiles.class.getName());
    private static final String OURS = "pages_";
    private static final String APPLICATIONS = "descope-pages_";
    private static final Set<String> NOT_TO_TRANSLATE = Set.of("page.direction");

    private final ClassLoader application;
    private final Map<String, String> english;

    /** @param labels keys that only the application's files have texts for, with what stands where they have none */
    PageTextFiles(ClassLoader application, Map<String, String> labels) {
        this.application = application;
        Map<String, String> all = new HashMap<>(ours("en").orElseThrow());
        all.putAll(labels);
        this.english = Map.copyOf(all);
    }

    /** Whether the application brings texts in this language. */
    boolean hasApplications(String language) {
        return application.getResource(fileName(APPLICATIONS, language)) != null;
    }

    /** Empty where neither we nor the application have anything in this language. */
    Optional<PageTexts> find(String tag) {
        String language = Locale.forLanguageTag(tag).getLanguage();
        Map<String, String> own = new HashMap<>();
        ours(language).ifPresent(own::putAll);
        for (String level : language.equals(tag) ? List.of(tag) : List.of(language, tag)) {
            own.putAll(applications(level));
        }
        if (own.isEmpty()) {
            return Optional.empty();
        }
        warnOfMissing(tag, own);
        Map<String, String> texts = new HashMap<>(english);
        texts.putAll(own);
        return Optional.of(new PageTexts(tag, texts));
    }

    private void warnOfMissing(String tag, Map<String, String> there) {
        Set<String> missing = new TreeSet<>(english.keySet());
        missing.removeAll(there.keySet());
        missing.removeAll(NOT_TO_TRANSLATE);
        if (!missing.isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    "The texts of the pages in {0} are not complete; English stands where {1} is missing from {2}",
                    tag,
                    missing,
                    fileName(APPLICATIONS, tag));
        }
    }

    private static Optional<Map<String, String>> ours(String language) {
        try (InputStream file = PageTextFiles.class.getResourceAsStream(fileName(OURS, language))) {
            return file == null ? Optional.empty() : Optional.of(read(file));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the texts of descope-servlet in " + language, e);
        }
    }

    private Map<String, String> applications(String tag) {
        String name = fileName(APPLICATIONS, tag);
        try (InputStream file = application.getResourceAsStream(name)) {
            Map<String, String> texts = file == null ? Map.of() : read(file);
            Set<String> unknown = new TreeSet<>(texts.keySet());
            unknown.removeAll(english.keySet());
            if (!unknown.isEmpty()) {
                LOG.log(Level.WARNING, "{0} has texts that no page shows: {1}; are they misspelled?", name, unknown);
            }
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + name, e);
        }
    }

    private static Map<String, String> read(InputStream file) throws IOException {
        Properties properties = new Properties();
        properties.load(new InputStreamReader(file, UTF_8));
        Map<String, String> texts = new HashMap<>();
        properties.stringPropertyNames().forEach(key -> texts.put(key, properties.getProperty(key)));
        return texts;
    }

    private static String fileName(String prefix, String tag) {
        return prefix + tag.replace('-', '_') + ".properties";
    }
}
