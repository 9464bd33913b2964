package org.descope4j.emulator;

import jakarta.json.stream.JsonLocation;
import jakarta.json.stream.JsonParsingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A file that says which projects there are, and who and what is in them. */
final class Seed {
    private Seed() {}

    /** The projects of a file; whatever is wrong with it is said with the place. */
    static List<NewProject> read(Path file) {
        try {
            return projects(Body.of(Json.parse(text(file))));
        } catch (Refusal e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        } catch (JsonParsingException e) {
            JsonLocation place = e.getLocation();
            throw new IllegalArgumentException(
                    file + ", line " + place.getLineNumber() + ", column " + place.getColumnNumber()
                            + ": this is not JSON with an object as a whole",
                    e);
        }
    }

    private static List<NewProject> projects(Body seed) {
        List<NewProject> projects = seed.allowingOnly(Set.of("projects")).objects("projects").stream()
                .map(StageJson::project)
                .toList();
        if (projects.isEmpty()) {
            throw Refusal.missingArgument("projects must hold at least one project");
        }
        return projects;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("There is no file " + file, e);
        } catch (IOException e) {
            throw new IllegalArgumentException("The file " + file + " cannot be read as UTF-8 text: " + e, e);
        }
    }
}
