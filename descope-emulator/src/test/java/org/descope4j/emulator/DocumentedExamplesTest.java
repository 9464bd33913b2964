package org.descope4j.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import jakarta.json.spi.JsonProvider;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.descope4j.emulator.Caller.Answer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sends every request that docs/emulator.md shows, and compares the answer with the one shown below it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DocumentedExamplesTest {
    private static final Path PAGE = Path.of("..", "docs", "emulator.md");
    private static final Pattern EXAMPLE =
            Pattern.compile("```http\n(GET|POST) (\\S+)\n\n?([^`]*)```\n\n```json\n([^`]*)```");

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

    private static JsonObject first(String text) {
        try (JsonReader reader = JsonProvider.provider().createReader(new StringReader(text))) {
            JsonStructure structure = reader.read();
            return structure instanceof JsonArray array ? array.getJsonObject(0) : structure.asJsonObject();
        }
    }
}
