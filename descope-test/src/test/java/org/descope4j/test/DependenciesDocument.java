package org.descope4j.test;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.resolver.api.ResolutionException;
import org.jboss.shrinkwrap.resolver.api.maven.Maven;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Writes docs/dependencies.md anew: asks the repository that Maven is set up for which versions there are, and takes the newest of the
 * same major version that can be had with all that it needs. What people wrote about a library stays.
 *
 * <pre>./mvnw test -pl descope-test -am -Dtest=DependenciesDocument -Dsurefire.failIfNoSpecifiedTests=false -Ddependencies.write=true</pre>
 */
class DependenciesDocument {
    /** Not those that are on the way to one, such as 4.0.0-M1. */
    private static final Pattern RELEASE = Pattern.compile("[0-9.]+([.-](GA|Final))?");

    @Test
    @EnabledIfSystemProperty(named = "dependencies.write", matches = "true")
    void write() throws IOException {
        List<Dependency> known = Dependency.listed();
        String today = LocalDate.now(Clock.systemUTC()).toString();
        List<Dependency> all = new ArrayList<>();
        for (Dependency library : Dependency.inTheBuild()) {
            String newest = newestOf(library);
            all.add(Dependency.ofArtefact(known, library.artefact())
                    .map(before -> with(library, newest, before.advisories(), before.note(), today))
                    .orElseGet(() -> with(library, newest, Dependency.NONE_KNOWN, "", today)));
        }
        String text = Files.readString(Dependency.DOCUMENT);
        String head = text.substring(0, text.indexOf("\n|---") + 1);
        String line = text.substring(head.length(), text.indexOf('\n', head.length()) + 1);
        Files.writeString(
                Dependency.DOCUMENT,
                head + line + all.stream().map(Dependency::row).collect(joining("\n", "", "\n")));
    }

    private static Dependency with(Dependency library, String newest, String advisories, String note, String today) {
        return new Dependency(library.artefact(), library.version(), newest, library.weight(), advisories, note, today);
    }

    private static String newestOf(Dependency library) {
        String major = library.version().substring(0, library.version().indexOf('.') + 1);
        List<String> versions =
                new ArrayList<>(Maven.resolver()
                        .resolveVersionRange(library.artefact() + ":[" + library.version() + ",)")
                        .getVersions()
                        .stream()
                        .map(coordinate -> coordinate.getVersion())
                        .filter(version -> version.startsWith(major)
                                && RELEASE.matcher(version).matches())
                        .toList());
        Collections.reverse(versions);
        return versions.stream()
                .filter(version -> canBeHad(library.artefact() + ":" + version))
                .findFirst()
                .orElse(library.version());
    }

    private static boolean canBeHad(String coordinate) {
        try {
            // a jar that the repository lists and does not have is left out of the answer
            String jar = coordinate.replaceFirst(".*:(.*):", "$1-") + ".jar";
            return Stream.of(Maven.resolver()
                            .resolve(coordinate)
                            .withTransitivity()
                            .asFile())
                    .anyMatch(file -> file.getName().equals(jar) && file.isFile());
        } catch (ResolutionException e) {
            return false;
        }
    }
}
