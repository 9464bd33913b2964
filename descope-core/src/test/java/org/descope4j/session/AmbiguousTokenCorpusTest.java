package org.descope4j.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonObject;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Genuine tokens on which reasonable validators differ. The corpus recommends an answer for each of them; we follow it
 * everywhere, and in three groups for reasons of our own: a null {@code nbf} or {@code iat} is refused although a null
 * {@code aud} is not (an audience that is not there excludes nobody, a time that is not a number was meant as a limit);
 * ES256 is accepted when it is allowed; OIDC and old tokens without {@code drn} are refused without a setting.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AmbiguousTokenCorpusTest {

    private static final Corpus AMBIGUOUS = Corpus.read("ambiguous_jwt.json");
    private static final Corpus PUBLIC = Corpus.read("public.json");

    @ParameterizedTest
    @MethodSource
    void every_recommendation_is_followed(JsonObject theCase) {
        assertThat(isAccepted(AMBIGUOUS, allAlgorithms(), theCase))
                .isEqualTo(theCase.getString("recommended").equals("accept"));
    }

    static Stream<Arguments> every_recommendation_is_followed() {
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
