package org.descope4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;

/** Any text as a token; nobody here has the keys that the genuine ones were signed with. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TokenTextFuzzTest {

    private static final Corpus PUBLIC = Corpus.read("public.json");
    private static final Set<String> MINTED =
            PUBLIC.cases().map(theCase -> theCase.getString("token")).collect(Collectors.toUnmodifiableSet());
    private static final SessionValidator VALIDATOR =
            SessionValidator.of(Corpus.defaultRules(), PUBLIC.keys(), Clock.fixed(TokenMint.NOW, ZoneOffset.UTC));

    @FuzzTest(maxDuration = "1m")
    void J9_J32_only_what_was_minted_is_accepted(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);

        boolean isAccepted = isAccepted(text);

        assertThat(isAccepted && !MINTED.contains(text)).isFalse();
    }

    private static boolean isAccepted(String text) {
        try {
            VALIDATOR.validate(text);
            return true;
        } catch (InvalidSessionException e) {
            return false;
        }
    }
}
