package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.descope4j.servlet.SettingKey.Topic;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * The tables of docs/configuration.md are written from {@link SettingKey}. {@code -Ddescope.docs.write=true} writes them anew.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConfigurationReferenceTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "configuration.md");
    private static final String BEGIN = "<!-- written from SettingKey: begin -->\n";
    private static final String END = "<!-- written from SettingKey: end -->\n";

    @Test
    void the_reference_says_what_the_class_of_the_keys_says() throws IOException {
        String document = Files.readString(DOCUMENT);
        int begin = document.indexOf(BEGIN) + BEGIN.length();
        int end = document.indexOf(END);
        assertThat(begin).isGreaterThan(BEGIN.length());
        assertThat(end).isGreaterThanOrEqualTo(begin);
        if (Boolean.getBoolean("descope.docs.write")) {
            Files.writeString(DOCUMENT, document.substring(0, begin) + reference() + document.substring(end));
            return;
        }

        assertThat(document.substring(begin, end))
                .as("run the test with -Ddescope.docs.write=true to write docs/configuration.md anew")
                .isEqualTo(reference());
    }

    private static String reference() {
        return Arrays.stream(Topic.values())
                .map(ConfigurationReferenceTest::table)
                .collect(Collectors.joining());
    }

    private static String table(Topic topic) {
        return "\n### " + topic.heading() + "\n\n| key | meaning | default |\n|---|---|---|\n"
                + Arrays.stream(SettingKey.values())
                        .filter(key -> key.topic() == topic)
                        .map(ConfigurationReferenceTest::row)
                        .collect(Collectors.joining())
                + "\n";
    }

    private static String row(SettingKey key) {
        String value = key.defaultValue().isEmpty() ? "" : "`" + key.defaultValue() + "`";
        String between = value.isEmpty() || key.defaultNote().isEmpty() ? "" : ", ";
        return "| `" + key.key() + "` | " + cell(key.meaning()) + " | " + cell(value + between + key.defaultNote())
                + " |\n";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
