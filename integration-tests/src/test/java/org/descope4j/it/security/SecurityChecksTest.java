package org.descope4j.it.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.descope4j.it.security.SecurityRules.Group;
import org.descope4j.it.security.SecurityRules.Mutation;
import org.descope4j.it.security.SecurityRules.Rule;
import org.descope4j.it.security.SecurityRules.TestName;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * Keeps docs/security-checks.md true. To write it anew:
 *
 * <pre>./mvnw test -pl integration-tests -am -Dtest=SecurityChecksTest -Dsurefire.failIfNoSpecifiedTests=false -Dsecurity-checks.write=true</pre>
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SecurityChecksTest {
    private static final Path DOCUMENT = Path.of("../docs/security-checks.md");

    @Test
    void every_rule_that_must_hold_has_a_test() throws IOException {
        Map<String, List<TestName>> tests = SecurityRules.testsByRule();

        List<String> untested = SecurityRules.groups().stream()
                .flatMap(group -> group.rules().stream())
                .filter(Rule::isMust)
                .map(Rule::id)
                .filter(id -> !tests.containsKey(id))
                .toList();

        assertThat(untested).as("add tests whose names begin with these IDs").isEmpty();
    }

    @Test
    void every_mutation_names_a_rule_one_place_and_a_test_that_are_there() throws IOException {
        Map<String, List<TestName>> tests = SecurityRules.testsByRule();

        assertThat(SecurityRules.mutations()).isNotEmpty().allSatisfy(mutation -> {
            assertThat(mutation.file()).content().as(mutation.what()).containsOnlyOnce(mutation.from());
            assertThat(tests.getOrDefault(mutation.rule(), List.of()))
                    .as(mutation.what())
                    .extracting(TestName::toString)
                    .contains(mutation.test());
        });
    }

    @Test
    void the_document_is_what_the_tests_say() throws IOException {
        String expected = document();
        if (Boolean.getBoolean("security-checks.write")) {
            Files.writeString(DOCUMENT, expected);
        }

        assertThat(Files.readString(DOCUMENT))
                .as("write it anew: see the comment of this test")
                .isEqualTo(expected);
    }

    private static String document() throws IOException {
        Map<String, List<TestName>> tests = SecurityRules.testsByRule();
        List<Mutation> mutations = SecurityRules.mutations();
        StringBuilder text = new StringBuilder("""
                # Security checks

                Made by `SecurityChecksTest`; do not edit. M: must hold, and needs a test. S: should. The last column says which change of our own code
                a test was seen to notice.
                """);
        for (Group group : SecurityRules.groups()) {
            text.append("\n## %s: %s\n\n| | | what holds | tests | noticed |\n|---|---|---|---|---|\n"
                    .formatted(group.letter(), group.title()));
            group.rules().forEach(rule -> text.append(line(rule, tests, mutations)));
        }
        return text.toString();
    }

    private static String line(Rule rule, Map<String, List<TestName>> tests, List<Mutation> mutations) {
        String names = tests.getOrDefault(rule.id(), List.of()).stream()
                .map(test -> "`" + test + "`")
                .collect(Collectors.joining("<br>"));
        String noticed = mutations.stream()
                .filter(mutation -> mutation.rule().equals(rule.id()))
                .map(Mutation::what)
                .collect(Collectors.joining("<br>"));
        return "| %s | %s | %s | %s | %s |\n"
                .formatted(rule.id(), rule.isMust() ? "M" : "S", rule.what(), names, noticed);
    }
}
