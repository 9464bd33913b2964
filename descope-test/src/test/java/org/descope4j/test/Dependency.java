package org.descope4j.test;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A library that our modules bring into an application or a test: a row of docs/dependencies.md.
 *
 * @param artefact group and name, with a colon between
 * @param version what our POMs ask for
 * @param newest the newest of the same major version that can be had, with all that it needs
 * @param weight of its jar in bytes
 * @param advisories public ones that this version is under; {@link #NONE_KNOWN} where there is none
 * @param note what it is for; where there is a newer one or an advisory, why this version stays
 * @param checked the day on which somebody looked
 */
record Dependency(
        String artefact, String version, String newest, long weight, String advisories, String note, String checked) {
    static final String NONE_KNOWN = "none known";
    static final Path DOCUMENT = Path.of("../docs/dependencies.md");

    private static final List<Path> IN_THE_BUILD = List.of(
            Path.of("../descope-servlet/target/run-time-dependencies.txt"),
            Path.of("../descope-emulator/target/run-time-dependencies.txt"));
    /** Such as "   org.eclipse:yasson:jar:3.0.4:runtime:/m2/yasson-3.0.4.jar -- module org.eclipse.yasson". */
    private static final Pattern BUILD_LINE =
            Pattern.compile("\\s+([^:\\s]+:[^:]+):jar:([^:]+):[a-z]+:(.+?\\.jar)\\b.*");

    private static final Pattern ROW =
            Pattern.compile(Stream.generate(() -> "(.*)").limit(7).collect(joining(" \\| ", "\\| ", " \\|")));

    /** What the build found that our modules bring, sorted. */
    static List<Dependency> inTheBuild() throws IOException {
        SortedMap<String, Dependency> found = new TreeMap<>();
        for (Path module : IN_THE_BUILD) {
            Files.readAllLines(module).stream()
                    .map(BUILD_LINE::matcher)
                    .filter(Matcher::matches)
                    .map(Dependency::ofBuildLine)
                    .forEach(library -> found.put(library.artefact() + ":" + library.version(), library));
        }
        return List.copyOf(found.values());
    }

    private static Dependency ofBuildLine(Matcher line) {
        return new Dependency(
                line.group(1),
                line.group(2),
                "",
                Path.of(line.group(3)).toFile().length(),
                "",
                "",
                "");
    }

    /** The rows of the document. */
    static List<Dependency> listed() throws IOException {
        return Files.readAllLines(DOCUMENT).stream()
                .map(ROW::matcher)
                .filter(row -> row.matches() && row.group(1).contains(":"))
                .map(row -> new Dependency(
                        row.group(1),
                        row.group(2),
                        row.group(3),
                        Long.parseLong(row.group(4)) * 1000,
                        row.group(5),
                        row.group(6),
                        row.group(7)))
                .toList();
    }

    static Optional<Dependency> ofArtefact(List<Dependency> all, String artefact) {
        return all.stream().filter(one -> one.artefact().equals(artefact)).findFirst();
    }

    boolean isNewest() {
        return version.equals(newest);
    }

    boolean isUnderAdvisories() {
        return !advisories.equals(NONE_KNOWN);
    }

    String row() {
        return "| %s | %s | %s | %d | %s | %s | %s |"
                .formatted(artefact, version, newest, Math.round(weight / 1000.0), advisories, note, checked);
    }
}
