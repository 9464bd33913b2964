package org.descope4j.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TokenRulesTest {

    @ParameterizedTest
    @ValueSource(strings = {"https://auth.example.com", "https://auth.example.com/"})
    void J19_the_issuers_are_the_project_and_its_two_addresses(URI baseUri) {
        TokenRules rules = TokenRules.forProject(Corpus.PROJECT_ID, baseUri);

        assertThat(rules.issuers())
                .containsExactlyInAnyOrder(
                        "P2abcdefghijklmnopqrstuvwxyz",
                        "https://auth.example.com/P2abcdefghijklmnopqrstuvwxyz",
                        "https://auth.example.com/v1/apps/P2abcdefghijklmnopqrstuvwxyz");
    }

    @Test
    void the_defaults_are_those_of_descope() {
        TokenRules rules = Corpus.defaultRules();

        assertThat(rules.leeway()).isEqualTo(Duration.ofSeconds(5));
        assertThat(rules.algorithms()).containsExactly(SigningAlgorithm.RS256);
        assertThat(rules.audiences()).isEmpty();
        assertThat(rules.projectId()).isEqualTo("P2abcdefghijklmnopqrstuvwxyz");
        assertThat(rules)
                .hasToString("TokenRules[projectId=P2abcdefghijklmnopqrstuvwxyz, leeway=PT5S, algorithms=[RS256],"
                        + " audiences=[]]");
    }

    @ParameterizedTest
    @CsvSource({"PT-0.001S, false", "PT0S, true", "PT5M, true", "PT5M0.001S, false"})
    void a_leeway_is_0_to_5_minutes(Duration leeway, boolean isAccepted) {
        TokenRules.Builder builder = TokenRules.builder(Corpus.PROJECT_ID, Corpus.BASE_URI);

        if (isAccepted) {
            assertThat(builder.leeway(leeway).build().leeway()).isEqualTo(leeway);
        } else {
            assertThatIllegalArgumentException().isThrownBy(() -> builder.leeway(leeway));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "P",
                "p2abcdefghijklmnopqrstuvwxyz",
                "P2abcdefghijklmnopqrstuvwxy/",
                "P2abcdefghijklmnopqrstuvwxyz\n"
            })
    void K10_a_project_id_of_another_shape_is_refused(String projectId) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenRules.forProject(projectId, Corpus.BASE_URI))
                .withMessageContaining("descope.project-id");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api.descope.com",
                "ftp://api.descope.com",
                "https:///x",
                "https://a@api.descope.com",
                "https://api.descope.com?x",
                "https://api.descope.com#x",
                "mailto:a@b"
            })
    void K9_a_base_uri_of_another_shape_is_refused(URI baseUri) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenRules.forProject(Corpus.PROJECT_ID, baseUri))
                .withMessageContaining("descope.base-url");
    }

    @Test
    void no_algorithm_and_a_blank_audience_are_refused() {
        TokenRules.Builder builder = TokenRules.builder(Corpus.PROJECT_ID, Corpus.BASE_URI);

        assertThatIllegalArgumentException().isThrownBy(() -> builder.algorithms(Set.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.audience(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.audiences(Set.of()));
    }
}
