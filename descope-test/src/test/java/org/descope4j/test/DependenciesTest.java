package org.descope4j.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * What our modules bring into an application is what docs/dependencies.md lists, and somebody has looked at it. The list is written by
 * {@link DependenciesDocument}. No test fails because a day has passed: only who changes a version has to look again.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DependenciesTest {
    @Test
    void every_library_that_we_bring_is_listed_in_its_version() throws IOException {
        List<String> inTheBuild =
                Dependency.inTheBuild().stream().map(DependenciesTest::named).toList();

        assertThat(inTheBuild).as("the build lists what it brings").hasSizeGreaterThan(15);
        assertThat(Dependency.listed())
                .extracting(DependenciesTest::named)
                .as("write docs/dependencies.md anew: see CONTRIBUTING.md")
                .containsExactlyElementsOf(inTheBuild);
    }

    @Test
    void a_library_that_could_be_newer_says_why_it_is_not() throws IOException {
        assertThat(Dependency.listed())
                .filteredOn(library -> !library.isNewest())
                .allSatisfy(library ->
                        assertThat(library.note()).as(library.artefact()).contains("not " + library.newest() + ": "));
    }

    @Test
    void a_library_under_an_advisory_says_why_it_stays() throws IOException {
        assertThat(Dependency.listed())
                .filteredOn(Dependency::isUnderAdvisories)
                .allSatisfy(library ->
                        assertThat(library.note()).as(library.artefact()).contains("stays: "));
    }

    @Test
    void every_row_says_what_it_is_for_and_when_somebody_looked() throws IOException {
        assertThat(Dependency.listed()).isNotEmpty().allSatisfy(library -> {
            assertThat(library.note()).as(library.artefact()).isNotBlank();
            assertThat(LocalDate.parse(library.checked()))
                    .as(library.artefact())
                    .isNotNull();
        });
    }

    private static String named(Dependency library) {
        return library.artefact() + ":" + library.version();
    }
}
