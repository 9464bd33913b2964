package org.descope4j.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Map;
import java.util.stream.Stream;

/** The languages the pages are in, and which of them a browser likes best (RFC 9110 section 12.5.4, RFC 4647 lookup). Immutable. */
final class PageLanguages {
    private static final List<String> BUILT_IN = List.of("en", "de", "es", "ja", "he");
    /** Longer than what browsers send; a longer one is work for nothing. */
    private static final int LONGEST_HEADER = 500;

    private final Map<String, PageTexts> texts;
    private final PageTexts first;

    private PageLanguages(Map<String, PageTexts> texts) {
        this.texts = Collections.unmodifiableMap(texts);
        this.first = texts.values().iterator().next();
    }

    /**
     * The tags in a setting.
     *
     * @throws IllegalArgumentException if one is no language tag
     */
    static List<String> parse(String languages) {
        return Arrays.stream(languages.split(","))
                .map(String::strip)
                .filter(tag -> !tag.isEmpty())
                .map(PageLanguages::tag)
                .distinct()
                .toList();
    }

    /**
     * Loads the texts, which are not looked for again.
     *
     * @param wanted language tags, the default first; empty for what is built in and what the application has
     * @param labels texts of the application's own fields, by their keys, with what stands where its files have none
     * @throws IllegalArgumentException if there is no text at all in one of them
     */
    static PageLanguages load(List<String> wanted, ClassLoader application, Map<String, String> labels) {
        PageTextFiles files = new PageTextFiles(application, labels);
        List<String> tags = wanted.isEmpty() ? all(files) : wanted;
        Map<String, PageTexts> texts = new LinkedHashMap<>();
        tags.forEach(tag -> texts.put(tag, files.find(tag).orElseThrow(() -> noTexts(tag))));
        return new PageLanguages(texts);
    }

    PageTexts textsFor(HttpServletRequest request) {
        String header = String.join(",", Collections.list(request.getHeaders("Accept-Language")));
        return ranges(header).stream()
                .flatMap(this::matching)
                .findFirst()
                .map(tag -> texts.getOrDefault(tag, first))
                .orElse(first);
    }

    /** What is liked best comes first; what has weight 0 is not wanted. */
    private static List<LanguageRange> ranges(String header) {
        if (header.isBlank() || header.length() > LONGEST_HEADER) {
            return List.of();
        }
        try {
            return LanguageRange.parse(header).stream()
                    .filter(range -> range.getWeight() > 0)
                    .toList();
        } catch (IllegalArgumentException e) {
            // no browser sends that; whoever does can read the default
            return List.of();
        }
    }

    /** For de-AT our de will do, and for pt our pt-BR. */
    private Stream<String> matching(LanguageRange range) {
        List<LanguageRange> one = List.of(range);
        String lookedUp = Locale.lookupTag(one, texts.keySet());
        return lookedUp == null ? Locale.filterTags(one, texts.keySet()).stream() : Stream.of(lookedUp);
    }

    private static List<String> all(PageTextFiles files) {
        Stream<String> applications = Arrays.stream(Locale.getISOLanguages())
                .map(language -> Locale.forLanguageTag(language).toLanguageTag())
                .filter(files::hasApplications);
        return Stream.concat(BUILT_IN.stream(), applications).distinct().toList();
    }

    private static String tag(String language) {
        String tag = Locale.forLanguageTag(language).toLanguageTag();
        if (!tag.equalsIgnoreCase(language)) {
            throw new IllegalArgumentException(
                    "descope.languages refused: expected language tags such as en, fr or pt-BR,"
                            + " comma-separated, the default first; got " + language);
        }
        return tag;
    }

    private static IllegalArgumentException noTexts(String tag) {
        return new IllegalArgumentException(
                "descope.languages refused: there are no texts in " + tag + ". Put descope-pages_"
                        + tag.replace('-', '_')
                        + ".properties on the application's class path, beginning from our pages_en.properties; built in are "
                        + String.join(", ", BUILT_IN));
    }
}
