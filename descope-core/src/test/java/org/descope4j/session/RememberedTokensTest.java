package org.descope4j.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.descope4j.session.TokenMint.aRefreshToken;
import static org.descope4j.session.TokenMint.aSession;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.descope4j.session.InvalidSessionException.Reason;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a validator that has met a token before does not look at again, and what it does. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RememberedTokensTest {

    private static final SigningKey KEY = SigningKey.generate("SKgenuine", SigningAlgorithm.RS256);
    private static final SigningKey SUCCESSOR = SigningKey.generate("SKgenuine", SigningAlgorithm.RS256);

    private final MovableClock clock = new MovableClock();
    private final WatchedKey watched = new WatchedKey((RSAPublicKey) KEY.pair().getPublic());
    private KeySource keys = always(new VerificationKey("SKgenuine", SigningAlgorithm.RS256, watched));
    private final SessionValidator validator = remembering(100);

    @Test
    void C27_the_signature_of_a_token_is_looked_at_once() {
        String sessionJwt = aSession().signedBy(KEY);

        Session first = validator.validate(sessionJwt);
        int looks = watched.looks;
        Session again = validator.validate(copyOf(sessionJwt));

        assertThat(looks).isPositive();
        assertThat(watched.looks).isEqualTo(looks);
        assertThat(again.claims()).isEqualTo(first.claims());
        assertThat(again.expiresAt()).isEqualTo(first.expiresAt());
        assertThat(again.roles()).isEqualTo(first.roles());
    }

    @Test
    void C27_with_room_for_none_it_is_looked_at_each_time() {
        SessionValidator forgetful = remembering(0);
        String sessionJwt = aSession().signedBy(KEY);

        forgetful.validate(sessionJwt);
        int looks = watched.looks;
        forgetful.validate(sessionJwt);

        assertThat(watched.looks).isGreaterThan(looks);
    }

    @Test
    void C27_a_remembered_token_dies_when_it_expires() {
        String sessionJwt = aSession().signedBy(KEY);
        validator.validate(sessionJwt);

        clock.move(Duration.ofSeconds(604));
        validator.validate(sessionJwt);
        clock.move(Duration.ofSeconds(1));

        assertRefused(Reason.EXPIRED, () -> validator.validate(sessionJwt));
    }

    @Test
    void C27_a_remembered_token_is_refused_by_a_clock_that_was_set_back() {
        String sessionJwt = aSession().signedBy(KEY);
        validator.validate(sessionJwt);

        clock.move(Duration.ofSeconds(-91)); // it was made 30 seconds ago, and may be a minute ahead

        assertRefused(Reason.NOT_YET_VALID, () -> validator.validate(sessionJwt));
    }

    @Test
    void C27_a_remembered_token_dies_with_its_key() {
        String sessionJwt = aSession().signedBy(KEY);
        validator.validate(sessionJwt);

        keys = id -> Optional.empty();

        assertRefused(Reason.UNKNOWN_KEY, () -> validator.validate(sessionJwt));
    }

    @Test
    void C27_a_remembered_token_is_judged_by_the_key_that_has_its_id_now() {
        String sessionJwt = aSession().signedBy(KEY);
        validator.validate(sessionJwt);

        keys = always(SUCCESSOR.verificationKey());

        assertRefused(Reason.BAD_SIGNATURE, () -> validator.validate(sessionJwt));
        assertThat(validator.validate(aSession().signedBy(SUCCESSOR)).subject()).isNotBlank();
    }

    @Test
    void C27_while_nobody_can_tell_whether_the_key_is_good_nobody_can_tell_of_a_remembered_token_either() {
        String sessionJwt = aSession().signedBy(KEY);
        validator.validate(sessionJwt);

        keys = id -> {
            throw new KeysUnavailableException("no keys now");
        };

        assertThatThrownBy(() -> validator.validate(sessionJwt)).isInstanceOf(KeysUnavailableException.class);
    }

    @Test
    void C27_a_remembered_token_stays_what_it_is_for() {
        String sessionJwt = aSession().signedBy(KEY);
        String refreshJwt = aRefreshToken().signedBy(KEY);
        validator.validate(sessionJwt);
        validator.validateRefresh(refreshJwt);

        assertRefused(Reason.WRONG_KIND, () -> validator.validateRefresh(sessionJwt));
        assertRefused(Reason.WRONG_KIND, () -> validator.validate(refreshJwt));
        assertThat(validator.validate(sessionJwt).subject()).isNotBlank();
    }

    @Test
    void C27_a_forged_token_is_never_remembered() {
        SigningKey forger = SigningKey.generate("SKgenuine", SigningAlgorithm.RS256);
        String forged = aSession().signedBy(forger);

        assertRefused(Reason.BAD_SIGNATURE, () -> validator.validate(forged));
        assertRefused(Reason.BAD_SIGNATURE, () -> validator.validate(forged));
    }

    @Test
    void C27_the_signature_of_one_token_lends_nothing_to_another() {
        String ours = aSession().signedBy(KEY);
        String admin = aSession().withJson("roles", "[\"admin\"]").signedBy(KEY);
        validator.validate(ours);
        String glued = admin.substring(0, admin.lastIndexOf('.')) + ours.substring(ours.lastIndexOf('.'));

        assertRefused(Reason.BAD_SIGNATURE, () -> validator.validate(glued));
    }

    @Test
    void C27_a_project_remembers_nothing_of_another() {
        TokenRules others = TokenRules.forProject("P2zzzzzzzzzzzzzzzzzzzzzzzzzz", Corpus.BASE_URI);
        SessionValidator other = SessionValidator.of(others, always(KEY.verificationKey()), clock);
        String sessionJwt = aSession().signedBy(KEY);
        validator.validate(sessionJwt);

        assertRefused(Reason.WRONG_ISSUER, () -> other.validate(sessionJwt));
    }

    @Test
    void C27_however_many_tokens_come_the_one_that_was_not_used_the_longest_makes_room() {
        SessionValidator small = remembering(2);
        String first = aSession().with("jti", "1").signedBy(KEY);
        String second = aSession().with("jti", "2").signedBy(KEY);
        String third = aSession().with("jti", "3").signedBy(KEY);
        small.validate(first);
        small.validate(second);
        small.validate(first);
        small.validate(third);
        int looks = watched.looks;

        small.validate(first);
        small.validate(third);
        int looksAtKnown = watched.looks - looks;
        small.validate(second);

        assertThat(looksAtKnown).isZero();
        assertThat(watched.looks).isGreaterThan(looks);
    }

    @Test
    void C27_what_expired_unused_is_dropped_when_something_comes() {
        GenuineTokens tokens = new GenuineTokens(100);
        VerificationKey key = KEY.verificationKey();
        TokenHeader header = new TokenHeader(SigningAlgorithm.RS256, key.id());
        JsonMembers noClaims = new JsonMembers(Map.of(), Set.of());
        for (int i = 0; i < 10; i++) {
            GenuineToken token = new GenuineToken(header, noClaims, TokenMint.NOW.plusSeconds(600), key);
            tokens.remember(TokenDigest.of("old" + i), token, TokenMint.NOW);
        }

        GenuineToken late = new GenuineToken(header, noClaims, TokenMint.NOW.plusSeconds(1200), key);
        tokens.remember(TokenDigest.of("late"), late, TokenMint.NOW.plusSeconds(600));

        assertThat(tokens.size()).isOne();
        assertThat(tokens.find(TokenDigest.of("late"))).containsSame(late);
    }

    @Test
    void C27_whoever_reads_the_memory_finds_no_remembered_token(@TempDir Path directory) throws IOException {
        String signatureBackwards = backwards(signatureOfOneThatIsRemembered());
        Path memory = directory.resolve("memory.hprof");

        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(memory.toString(), true);

        assertThat(holds(memory, "U2theOneWhoIsRemembered")).isTrue();
        assertThat(holds(memory, backwards(signatureBackwards))).isFalse();
        // the same token once more, since a signature by RSA is the same each time
        int looks = watched.looks;
        signatureOfOneThatIsRemembered();
        assertThat(watched.looks).isEqualTo(looks);
    }

    @Test
    void fewer_than_no_tokens_cannot_be_remembered() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> remembering(-1))
                .withMessageContaining("0 tokens or more");
    }

    private SessionValidator remembering(int most) {
        return SessionValidator.of(Corpus.defaultRules(), id -> keys.find(id), clock, most);
    }

    private static KeySource always(VerificationKey key) {
        return id -> Optional.of(key).filter(one -> one.id().equals(id));
    }

    /** Not by the mint, which takes note of every token for those tests that look for them in logs. */
    private String signatureOfOneThatIsRemembered() {
        String signed = aSession()
                .with("sub", "U2theOneWhoIsRemembered")
                .statingKey(KEY)
                .unsigned();
        String signature = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(KEY.sign(signed.getBytes(StandardCharsets.US_ASCII)));
        validator.validate(signed + "." + signature);
        return signature;
    }

    private static String backwards(String text) {
        return new StringBuilder(text).reverse().toString();
    }

    private static boolean holds(Path file, String text) throws IOException {
        byte[] wanted = text.getBytes(StandardCharsets.US_ASCII);
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer content = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            return IntStream.rangeClosed(0, content.limit() - wanted.length)
                    .filter(at -> content.get(at) == wanted[0])
                    .anyMatch(at -> content.slice(at, wanted.length).equals(ByteBuffer.wrap(wanted)));
        }
    }

    private static String copyOf(String text) {
        return new String(text.toCharArray());
    }

    private static void assertRefused(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        InvalidSessionException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    /** A genuine key of the platform that counts how often somebody wants to verify with it. */
    private static final class WatchedKey implements RSAPublicKey {
        private static final long serialVersionUID = 1L;

        private final RSAPublicKey key;
        private int looks;

        WatchedKey(RSAPublicKey key) {
            this.key = key;
        }

        @Override
        public BigInteger getModulus() {
            looks++;
            return key.getModulus();
        }

        @Override
        public BigInteger getPublicExponent() {
            return key.getPublicExponent();
        }

        @Override
        public String getAlgorithm() {
            return key.getAlgorithm();
        }

        @Override
        public String getFormat() {
            return key.getFormat();
        }

        @Override
        public byte[] getEncoded() {
            return key.getEncoded();
        }
    }
}
