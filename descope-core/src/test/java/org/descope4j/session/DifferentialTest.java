package org.descope4j.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.descope4j.session.TokenVariations.ELLIPTIC_KEY;
import static org.descope4j.session.TokenVariations.KEY;
import static org.descope4j.session.TokenVariations.SECOND_KEY;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import org.descope4j.session.PeerValidators.Peer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * Ours against two other libraries by the same rules. Each of the three is lenient or strict somewhere; what matters is
 * that ours accepts nothing that one of the others refuses.
 *
 * <p>{@code -Ddescope.differential.tokens=1000000} for a long run, {@code -Ddescope.differential.seed=...} for other
 * tokens; the number of a token that was found and the seed bring it back.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DifferentialTest {

    private static final long TOKENS = Long.getLong("descope.differential.tokens", 10_000);
    private static final long SEED = Long.getLong("descope.differential.seed", 20261123);
    private static final byte[] KEY_SET = SigningKey.document(KEY, SECOND_KEY, ELLIPTIC_KEY);
    private static final Peer NIMBUS = PeerValidators.nimbus(KEY_SET, TokenMint.NOW);
    private static final Peer JOSE4J = PeerValidators.jose4j(KEY_SET, TokenMint.NOW);
    private static final Peer OURS = ours(Duration.ofSeconds(5));

    @Test
    void J32_no_token_is_accepted_that_another_library_refuses() {
        Tally tally = compare(OURS, TOKENS);

        System.out.println("Differential test, seed " + SEED + ": " + tally);
        assertThat(tally.onlyOurs)
                .as("accepted by ours alone: number and token")
                .isEmpty();
        assertThat(tally.acceptedByAll.sum()).as("accepted by all").isGreaterThan(TOKENS / 10);
        assertThat(tally.refusedByAll.sum()).as("refused by all").isGreaterThan(TOKENS / 10);
    }

    @Test
    void a_validator_that_is_more_patient_by_a_second_is_found_out() {
        assertThat(compare(ours(Duration.ofSeconds(6)), 1_500).onlyOurs).isNotEmpty();
    }

    @Test
    void a_validator_that_takes_the_word_of_a_token_for_it_is_found_out() {
        Peer credulous = sessionJwt -> sessionJwt.chars().filter(c -> c == '.').count() == 2;

        assertThat(compare(credulous, 1_000).onlyOurs.keySet())
                .extracting(TokenVariations::mutationOf)
                .contains(TokenVariations.Mutation.WRONG_KEY, TokenVariations.Mutation.BIT_OF_TEXT);
    }

    @Test
    void all_three_agree_on_what_is_genuine_and_what_is_nearly_so() {
        for (Peer peer : List.of(OURS, NIMBUS, JOSE4J)) {
            assertThat(TokenVariations.GENUINE)
                    .allSatisfy(mint ->
                            assertThat(peer.accepts(mint.get().signedBy(KEY))).isTrue());
            assertThat(TokenVariations.NEARLY_GENUINE)
                    .allSatisfy(mint ->
                            assertThat(peer.accepts(mint.get().signedBy(KEY))).isFalse());
        }
    }

    private static Tally compare(Peer ours, long tokens) {
        TokenVariations variations = new TokenVariations(SEED);
        Tally tally = new Tally();
        LongStream.range(0, tokens).parallel().forEach(number -> {
            String token = Secrets.used(variations.token(number));
            tally.add(number, token, ours.accepts(token), NIMBUS.accepts(token), JOSE4J.accepts(token));
        });
        return tally;
    }

    /** Only a refusal by its proper exception counts as one; anything else fails the test. */
    private static Peer ours(Duration leeway) {
        TokenRules rules = TokenRules.builder(Corpus.PROJECT_ID, Corpus.BASE_URI)
                .leeway(leeway)
                .build();
        Map<String, VerificationKey> keys = new JsonWebKeys().read(KEY_SET);
        SessionValidator validator = SessionValidator.of(
                rules, id -> Optional.ofNullable(keys.get(id)), Clock.fixed(TokenMint.NOW, ZoneOffset.UTC));
        return sessionJwt -> {
            try {
                validator.validate(sessionJwt);
                return true;
            } catch (InvalidSessionException e) {
                return false;
            }
        };
    }

    /** Who accepted how many. Safe for concurrent use. */
    private static final class Tally {

        private final LongAdder tokens = new LongAdder();
        private final LongAdder ours = new LongAdder();
        private final LongAdder nimbus = new LongAdder();
        private final LongAdder jose4j = new LongAdder();
        private final LongAdder acceptedByAll = new LongAdder();
        private final LongAdder refusedByAll = new LongAdder();
        private final Map<Long, String> onlyOurs = new ConcurrentSkipListMap<>();

        void add(long number, String token, boolean isOurs, boolean isNimbus, boolean isJose4j) {
            tokens.increment();
            ours.add(isOurs ? 1 : 0);
            nimbus.add(isNimbus ? 1 : 0);
            jose4j.add(isJose4j ? 1 : 0);
            acceptedByAll.add(isOurs && isNimbus && isJose4j ? 1 : 0);
            refusedByAll.add(isOurs || isNimbus || isJose4j ? 0 : 1);
            if (isOurs && !(isNimbus && isJose4j)) {
                onlyOurs.put(number, (isNimbus ? "" : "nimbus refuses ") + (isJose4j ? "" : "jose4j refuses ") + token);
            }
        }

        @Override
        public String toString() {
            return tokens + " tokens; accepted/refused by ours " + share(ours) + ", by nimbus " + share(nimbus)
                    + ", by jose4j " + share(jose4j) + "; by all " + acceptedByAll + "/" + refusedByAll;
        }

        private String share(LongAdder accepted) {
            return accepted + "/" + (tokens.sum() - accepted.sum());
        }
    }
}
