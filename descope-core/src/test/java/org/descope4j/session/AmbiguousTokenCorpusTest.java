package org.descope4j.session;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Genuine tokens on which reasonable validators differ, and what we decided about each: see the decision that is read here. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AmbiguousTokenCorpusTest {

    private static final Corpus AMBIGUOUS = Corpus.read("ambiguous_jwt.json");
    private static final Pattern ROW = Pattern.compile("\\| (`[^|]+`) \\| (accepted|refused) \\| .+ \\|");
    private static final Pattern CASE = Pattern.compile("`([^`]+)`");
    private static final Map<String, String> DECISIONS = decisions();
    private static final Corpus PUBLIC = Corpus.read("public.json");

    @ParameterizedTest
    @MethodSource
    void J29_J30_what_was_decided_is_done_and_is_what_the_corpus_recommends(JsonObject theCase) {
        String decision = requireNonNull(DECISIONS.get(theCase.getString("id")));

        assertThat(decision).isEqualTo(theCase.getString("recommended").equals("accept") ? "accepted" : "refused");
        assertThat(isAccepted(AMBIGUOUS, allAlgorithms(), theCase)).isEqualTo(decision.equals("accepted"));
    }

    static Stream<Arguments> J29_J30_what_was_decided_is_done_and_is_what_the_corpus_recommends() {
        return AMBIGUOUS.cases().map(theCase -> Arguments.of(Named.of(theCase.getString("id"), theCase)));
    }

    @ParameterizedTest
    @MethodSource
    void J3_J8_to_allow_more_algorithms_lets_no_forged_token_in(JsonObject theCase) {
        assertThat(isAccepted(PUBLIC, allAlgorithms(), theCase))
                .isEqualTo(theCase.getString("expected").equals("accept"));
    }

    static Stream<Arguments> J3_J8_to_allow_more_algorithms_lets_no_forged_token_in() {
        return PUBLIC.cases().map(theCase -> Arguments.of(Named.of(theCase.getString("id"), theCase)));
    }

    @Test
    void J2_an_algorithm_that_is_not_allowed_is_refused_with_the_name_of_the_setting() {
        JsonObject theCase = AMBIGUOUS.theCase("amb-es256-valid");
        SessionValidator validator =
                SessionValidator.of(Corpus.defaultRules(), AMBIGUOUS.keys(), Corpus.clockOf(theCase));

        assertThatThrownBy(() -> validator.validate(theCase.getString("token")))
                .isInstanceOfSatisfying(
                        InvalidSessionException.class,
                        e -> assertThat(e.reason()).isEqualTo(InvalidSessionException.Reason.UNSUPPORTED_ALGORITHM))
                .hasMessageContaining("descope.algorithms")
                .hasMessageContaining("ES256");
    }

    @Test
    void the_corpus_is_complete() {
        assertThat(AMBIGUOUS.cases()).hasSize(37);
        assertThat(AMBIGUOUS.cases().map(theCase -> theCase.getString("id")))
                .containsExactlyInAnyOrderElementsOf(DECISIONS.keySet());
    }

    /** The answer to each case, from the table of the decision. */
    private static Map<String, String> decisions() {
        Map<String, String> decisions = new HashMap<>();
        try {
            for (String line : Files.readAllLines(
                    Path.of("../docs/decisions/0012-genuine-tokens-on-which-validators-differ.md"))) {
                Matcher row = ROW.matcher(line);
                if (row.matches()) {
                    CASE.matcher(row.group(1))
                            .results()
                            .forEach(theCase -> decisions.put("amb-" + theCase.group(1), row.group(2)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return decisions;
    }

    private static TokenRules allAlgorithms() {
        return TokenRules.builder(Corpus.PROJECT_ID, Corpus.BASE_URI)
                .algorithms(EnumSet.allOf(SigningAlgorithm.class))
                .build();
    }

    private static boolean isAccepted(Corpus corpus, TokenRules rules, JsonObject theCase) {
        try {
            SessionValidator.of(rules, corpus.keys(), Corpus.clockOf(theCase)).validate(theCase.getString("token"));
            return true;
        } catch (InvalidSessionException e) {
            return false;
        }
    }
}
