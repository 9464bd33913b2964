package org.descope4j.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonObject;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TokenCorpusTest {

    private static final Corpus PUBLIC = Corpus.read("public.json");

    @ParameterizedTest
    @MethodSource
    void J1_to_J31_every_token_that_is_to_be_accepted_is_accepted(JsonObject theCase) {
        Session session = validator(theCase).validate(theCase.getString("token"));

        assertThat(session.subject()).isNotBlank();
    }

    static Stream<Arguments> J1_to_J31_every_token_that_is_to_be_accepted_is_accepted() {
        return cases("accept");
    }

    @ParameterizedTest
    @MethodSource
    void J1_to_J31_every_token_that_is_to_be_rejected_is_refused_in_silence_about_what_it_holds(JsonObject theCase) {
        String token = theCase.getString("token");
        try (LogRecorder log = LogRecorder.ofThisPackage()) {
            assertThatThrownBy(() -> validator(theCase).validate(token))
                    .isInstanceOf(InvalidSessionException.class)
                    .hasNoCause()
                    .satisfies(e -> assertThat(e.toString()).satisfies(text -> holdsNothingOf(token, text)));
            assertThat(log.text()).satisfies(text -> holdsNothingOf(token, text));
        }
    }

    static Stream<Arguments> J1_to_J31_every_token_that_is_to_be_rejected_is_refused_in_silence_about_what_it_holds() {
        return cases("reject");
    }

    @Test
    void the_corpus_is_complete() {
        assertThat(PUBLIC.cases()).hasSize(257);
    }

    private static Stream<Arguments> cases(String expected) {
        return PUBLIC.cases()
                .filter(theCase -> theCase.getString("expected").equals(expected))
                .map(theCase -> Arguments.of(Named.of(theCase.getString("id"), theCase)));
    }

    private static SessionValidator validator(JsonObject theCase) {
        return SessionValidator.of(Corpus.defaultRules(), PUBLIC.keys(), Corpus.clockOf(theCase));
    }

    /** No segment of the token, and no first 16 characters of one. */
    private static void holdsNothingOf(String token, String text) {
        assertThat(Arrays.stream(token.split("[^A-Za-z0-9_-]", 8))
                        .filter(segment -> segment.length() >= 16)
                        .map(segment -> segment.substring(0, 16)))
                .noneMatch(text::contains);
    }
}
