package org.descope4j.recorded;

import static java.util.Objects.requireNonNull;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.descope4j.recorded.RecordedCall.Client;

/** The files of the recording, every one of them. */
final class Recording {
    private Recording() {}

    static List<RecordedCall> calls() {
        List<RecordedCall> calls = new ArrayList<>();
        for (Client client : Client.values()) {
            for (Path file : files(client.name().toLowerCase(Locale.ROOT))) {
                for (JsonObject call : read(file).asJsonArray().getValuesAs(JsonObject.class)) {
                    calls.add(new RecordedCall(client, call));
                }
            }
        }
        return List.copyOf(calls);
    }

    static JsonObject object(String file) {
        return read(directory().resolve(file)).asJsonObject();
    }

    /** All that lies in the directory. */
    static List<String> names() {
        return files("").stream().map(file -> file.getFileName().toString()).toList();
    }

    private static List<Path> files(String directory) {
        try (Stream<Path> files = Files.list(directory().resolve(directory))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path directory() {
        try {
            return Path.of(requireNonNull(Recording.class.getResource("vectors/tokens.json"))
                            .toURI())
                    .resolveSibling("");
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonStructure read(Path file) {
        try (InputStream stream = Files.newInputStream(file);
                JsonReader reader = Json.createReader(stream)) {
            return reader.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
