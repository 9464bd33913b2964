package org.descope4j.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every example of README.md and docs/*.md that Java, XML or a configuration file could hold; those of docs/emulator.md are run by
 * the emulator's own tests. Here, since this module's class path has everything that users can have.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DocumentedExamplesTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern FENCED = Pattern.compile("```(\\w+)\\n(.*?)```", Pattern.DOTALL);

    record Example(String document, String language, String text) {
        @Override
        public String toString() {
            return document + ": " + text.lines().findFirst().orElse("");
        }
    }

    @ParameterizedTest
    @MethodSource
    void java_compiles(Example example, @TempDir Path classes) {
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();

        boolean compiled = compiler.getTask(
                        null,
                        null,
                        problems,
                        List.of("-d", classes.toString(), "-proc:none"),
                        null,
                        List.of(new Source(example.text())))
                .call();

        assertThat(compiled).as(problems.getDiagnostics().toString()).isTrue();
    }

    static List<Example> java_compiles() throws IOException {
        return examples("java");
    }

    @ParameterizedTest
    @MethodSource
    void xml_is_well_formed(Example example) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);

        assertThat(factory.newDocumentBuilder()
                        .parse(new ByteArrayInputStream(example.text().getBytes(UTF_8)))
                        .getDocumentElement())
                .isNotNull();
    }

    static List<Example> xml_is_well_formed() throws IOException {
        return examples("xml");
    }

    @ParameterizedTest
    @MethodSource
    void keys_are_those_of_the_reference_or_of_the_texts_of_our_pages(Example example) throws IOException {
        Set<String> keys = keys(example.text());
        String reference = Files.readString(ROOT.resolve("docs/configuration.md"));
        Set<String> texts = keys(Files.readString(
                ROOT.resolve("descope-servlet/src/main/resources/org/descope4j/servlet/pages_en.properties")));

        assertThat(keys).isNotEmpty().allMatch(key -> texts.contains(key) || reference.contains("| `" + key + "` |"));
    }

    private static Set<String> keys(String text) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        return properties.stringPropertyNames();
    }

    static List<Example> keys_are_those_of_the_reference_or_of_the_texts_of_our_pages() throws IOException {
        return examples("properties");
    }

    private static List<Example> examples(String language) throws IOException {
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            List<Example> found = Stream.concat(Stream.of(ROOT.resolve("README.md")), docs)
                    .filter(path -> path.toString().endsWith(".md") && !path.endsWith("emulator.md"))
                    .sorted()
                    .flatMap(DocumentedExamplesTest::examplesOf)
                    .filter(example -> example.language().equals(language))
                    .toList();
            assertThat(found).isNotEmpty();
            return found;
        }
    }

    private static Stream<Example> examplesOf(Path document) {
        try {
            List<MatchResult> blocks =
                    FENCED.matcher(Files.readString(document)).results().toList();
            return blocks.stream().map(block -> new Example(document.toString(), block.group(1), block.group(2)));
        } catch (IOException e) {
            throw new IllegalStateException("Cannot read " + document, e);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create("string:///Example.java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
