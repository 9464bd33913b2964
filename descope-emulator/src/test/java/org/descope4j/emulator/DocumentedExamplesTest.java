package org.descope4j.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import jakarta.json.spi.JsonProvider;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.descope4j.emulator.Caller.Answer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sends every request that docs/emulator.md shows, compares the answer with the one shown below it, and compiles every line of Java. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DocumentedExamplesTest {
    private static final Path PAGE = Path.of("..", "docs", "emulator.md");
    private static final Pattern EXAMPLE =
            Pattern.compile("```http\n(GET|POST) (\\S+)\n\n?([^`]*)```\n\n```json\n([^`]*)```");

    private static final Pattern JAVA = Pattern.compile("```java\n([^`]*)```");
    private static final String IMPORTS = """
            import java.net.URI;
            import java.time.Duration;
            import java.util.*;
            import org.descope4j.emulator.*;
            import org.descope4j.emulator.junit.*;
            import org.junit.jupiter.api.*;
            """;

    /** A request of the page with the answer shown for it. */
    record Example(String method, String path, String body, String answer) {
        static Example of(MatchResult match) {
            return new Example(match.group(1), match.group(2), match.group(3), match.group(4));
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    static Stream<Example> examples() throws IOException {
        return EXAMPLE.matcher(Files.readString(PAGE)).results().map(Example::of);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void a_documented_request_is_answered_as_documented(Example example) {
        try (DescopeEmulator emulator = DescopeEmulator.start()) {
            Caller caller = new Caller(emulator);
            caller.linkTokenFor("ana@example.com");

            Answer answer = caller.send(
                    example.method(),
                    example.path(),
                    "none",
                    BodyPublishers.ofString(example.body().strip()));

            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(first(answer.body()).keySet())
                    .containsAll(first(example.answer()).keySet());
        }
    }

    static Stream<String> javaExamples() throws IOException {
        return JAVA.matcher(Files.readString(PAGE)).results().map(example -> example.group(1));
    }

    @ParameterizedTest
    @MethodSource("javaExamples")
    void documented_java_compiles(String example, @TempDir Path classes) {
        String body = example.contains("class ")
                ? example
                : "class Example { void example("
                        + (example.contains("DescopeEmulator descope =") ? "" : "DescopeEmulator descope") + ") {"
                        + example + "} }";
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();

        boolean isCompiled = ToolProvider.getSystemJavaCompiler()
                .getTask(
                        null,
                        null,
                        problems,
                        List.of("-d", classes.toString(), "-proc:none"),
                        null,
                        List.of(new Source(IMPORTS + body)))
                .call();

        assertThat(isCompiled).as(problems.getDiagnostics().toString()).isTrue();
    }

    private static JsonObject first(String text) {
        try (JsonReader reader = JsonProvider.provider().createReader(new StringReader(text))) {
            JsonStructure structure = reader.read();
            return structure instanceof JsonArray array ? array.getJsonObject(0) : structure.asJsonObject();
        }
    }

    /** Source text in memory. */
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
