package org.descope4j.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import jakarta.json.JsonObject;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.descope4j.session.InvalidSessionException.Reason;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.support.AnnotationConsumer;
import org.junit.jupiter.params.support.ParameterDeclarations;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TokenCorpusTest {

    private static final Corpus PUBLIC = Corpus.read("public.json");

    private static final Duration MOST_CPU_TIME = Duration.ofMillis(100);
    private static final long MOST_ALLOCATED = 16L * 1024 * 1024;

    @ParameterizedTest
    @CasesOf("valid")
    void J15_J19_J27_J29_genuine_sessions_are_accepted_whatever_they_hold_beside_what_counts(JsonObject theCase) {
        assertThat(validator(theCase).validate(theCase.getString("token")).subject())
                .isNotBlank();
    }

    @ParameterizedTest
    @CasesOf("alg-none")
    void J1_an_unsigned_token_is_refused_before_anybody_looks_for_a_key(JsonObject theCase) {
        AtomicInteger looks = new AtomicInteger();
        SessionValidator validator = SessionValidator.of(
                Corpus.defaultRules(),
                id -> {
                    looks.incrementAndGet();
                    return PUBLIC.keys().find(id);
                },
                Corpus.clockOf(theCase));

        assertThatThrownBy(() -> validator.validate(theCase.getString("token")))
                .isInstanceOf(InvalidSessionException.class);
        assertThat(looks).hasValue(0);
    }

    @ParameterizedTest
    @CasesOf({"hmac-confusion", "alg-bad"})
    void J2_an_algorithm_that_is_not_ours_is_refused(JsonObject theCase) {
        assertRefused(theCase, Reason.UNSUPPORTED_ALGORITHM, Reason.BAD_SIGNATURE);
    }

    @ParameterizedTest
    @CasesOf("alg-mismatch")
    void J3_a_key_serves_its_own_algorithm_and_no_other_key_is_tried(JsonObject theCase) {
        assertRefused(theCase, Reason.UNSUPPORTED_ALGORITHM, Reason.BAD_SIGNATURE);
    }

    @ParameterizedTest
    @CasesOf("kid")
    void J4_a_key_id_names_a_known_key_exactly(JsonObject theCase) {
        assertRefused(theCase, Reason.MALFORMED, Reason.UNKNOWN_KEY, Reason.UNSUPPORTED_ALGORITHM);
    }

    @ParameterizedTest
    @CasesOf("header-key")
    void J5_a_token_brings_no_key_along(JsonObject theCase) {
        assertRefused(theCase, Reason.MALFORMED);
    }

    @ParameterizedTest
    @CasesOf("crit")
    void J6_an_extension_of_the_header_is_refused(JsonObject theCase) {
        assertRefused(theCase, Reason.MALFORMED);
    }

    @ParameterizedTest
    @CasesOf("signature")
    void J7_any_other_signature_or_any_other_content_is_refused(JsonObject theCase) {
        assertRefused(theCase, Reason.MALFORMED, Reason.UNSUPPORTED_ALGORITHM, Reason.BAD_SIGNATURE);
    }

    @ParameterizedTest
    @CasesOf({"ec-psychic", "ec-form"})
    void J8_an_elliptic_signature_in_an_odd_form_is_refused_where_its_algorithm_is_allowed(JsonObject theCase) {
        TokenRules rules = TokenRules.builder(Corpus.PROJECT_ID, Corpus.BASE_URI)
                .algorithms(EnumSet.allOf(SigningAlgorithm.class))
                .build();

        assertThatThrownBy(() -> SessionValidator.of(rules, PUBLIC.keys(), Corpus.clockOf(theCase))
                        .validate(theCase.getString("token")))
                .isInstanceOfSatisfying(
                        InvalidSessionException.class,
                        refused -> assertThat(refused.reason()).isIn(Reason.BAD_SIGNATURE, Reason.MALFORMED));
    }

    @ParameterizedTest
    @CasesOf("structure")
    void J9_what_is_no_compact_signed_token_is_refused(JsonObject theCase) {
        assertRefused(theCase, Reason.MALFORMED);
    }

    @ParameterizedTest
    @CasesOf({"whitespace", "unicode"})
    void J10_a_character_that_does_not_belong_into_a_token_is_refused(JsonObject theCase) {
        assertRefused(theCase, Reason.MALFORMED);
    }

    @ParameterizedTest
    @CasesOf("base64")
    void J11_there_is_one_spelling_of_a_token(JsonObject theCase) {
        assertRefused(theCase, Reason.MALFORMED);
    }

    @ParameterizedTest
    @CasesOf({"header-json", "payload-json"})
    void J12_what_two_readers_of_json_could_read_differently_is_refused(JsonObject theCase) {
        assertRefused(theCase, Reason.values());
    }

    @ParameterizedTest
    @CasesOf({"header-dos", "payload-dos"})
    void J13_J14_a_token_that_is_meant_to_cost_something_costs_next_to_nothing(JsonObject theCase) {
        String token = theCase.getString("token");
        SessionValidator validator = validator(theCase);
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        assertThatThrownBy(() -> validator.validate(token)).isInstanceOf(InvalidSessionException.class);
        long cpuTime = thread.getCurrentThreadCpuTime();
        long allocated = thread.getCurrentThreadAllocatedBytes();

        assertThatThrownBy(() -> validator.validate(token)).isInstanceOf(InvalidSessionException.class);

        assertThat(Duration.ofNanos(thread.getCurrentThreadCpuTime() - cpuTime)).isLessThan(MOST_CPU_TIME);
        assertThat(thread.getCurrentThreadAllocatedBytes() - allocated).isLessThan(MOST_ALLOCATED);
    }

    @ParameterizedTest
    @CasesOf("time")
    void J16_J17_J18_a_session_out_of_its_time_or_with_a_time_that_is_none_is_refused(JsonObject theCase) {
        if (theCase.getString("expected").equals("accept")) {
            assertThat(validator(theCase).validate(theCase.getString("token"))).isNotNull();
            return;
        }
        assertRefused(theCase, Reason.EXPIRED, Reason.NOT_YET_VALID, Reason.INVALID_CLAIM, Reason.MALFORMED);
    }

    @ParameterizedTest
    @CasesOf("iss")
    void J20_an_issuer_that_is_not_exactly_one_of_ours_is_refused(JsonObject theCase) {
        assertRefused(theCase, Reason.WRONG_ISSUER);
    }

    @ParameterizedTest
    @CasesOf("kind")
    void J21_J26_a_token_that_is_no_session_is_refused(JsonObject theCase) {
        assertRefused(theCase, Reason.WRONG_KIND, Reason.MALFORMED);
    }

    @ParameterizedTest
    @CasesOf("aud")
    void J22_J23_J24_a_token_for_somebody_else_is_refused(JsonObject theCase) {
        assertRefused(theCase, Reason.WRONG_AUDIENCE, Reason.MALFORMED);
    }

    @ParameterizedTest
    @CasesOf("sub")
    void J25_a_token_about_nobody_is_refused(JsonObject theCase) {
        assertRefused(theCase, Reason.INVALID_CLAIM);
    }

    @ParameterizedTest
    @CasesOf("typ")
    void J27_a_token_of_another_type_is_refused(JsonObject theCase) {
        assertRefused(theCase, Reason.WRONG_KIND, Reason.MALFORMED);
    }

    @ParameterizedTest
    @CasesOf("weak-key")
    void J28_a_token_of_a_weak_key_is_refused(JsonObject theCase) {
        assertRefused(theCase, Reason.UNKNOWN_KEY, Reason.BAD_SIGNATURE);
    }

    @ParameterizedTest
    @MethodSource
    void J31_every_token_that_is_to_be_rejected_is_refused_in_silence_about_what_it_holds(JsonObject theCase) {
        String token = theCase.getString("token");
        try (LogRecorder log = LogRecorder.ofThisPackage()) {
            assertThatThrownBy(() -> validator(theCase).validate(token))
                    .isInstanceOf(InvalidSessionException.class)
                    .hasNoCause()
                    .satisfies(e -> assertThat(e.toString()).satisfies(text -> holdsNothingOf(token, text)));
            assertThat(log.text()).satisfies(text -> holdsNothingOf(token, text));
        }
    }

    static Stream<Arguments> J31_every_token_that_is_to_be_rejected_is_refused_in_silence_about_what_it_holds() {
        return cases(theCase -> theCase.getString("expected").equals("reject"));
    }

    @Test
    void the_corpus_is_complete_and_every_case_belongs_to_a_rule() {
        assertThat(PUBLIC.cases()).hasSize(257);
        assertThat(PUBLIC.cases().map(theCase -> theCase.getString("category")))
                .allSatisfy(category -> assertThat(Arrays.stream(TokenCorpusTest.class.getDeclaredMethods())
                                .map(test -> test.getAnnotation(CasesOf.class))
                                .filter(Objects::nonNull))
                        .anyMatch(cases -> List.of(cases.value()).contains(category)));
    }

    /** The cases of some categories of the corpus. */
    @Retention(RetentionPolicy.RUNTIME)
    @ArgumentsSource(CasesOfCategories.class)
    @interface CasesOf {
        String[] value();
    }

    static final class CasesOfCategories implements ArgumentsProvider, AnnotationConsumer<CasesOf> {
        private List<String> categories = List.of();

        @Override
        public void accept(CasesOf cases) {
            categories = List.of(cases.value());
        }

        @Override
        public Stream<? extends Arguments> provideArguments(
                ParameterDeclarations parameters, ExtensionContext context) {
            return cases(theCase -> categories.contains(theCase.getString("category")));
        }
    }

    private static void assertRefused(JsonObject theCase, Reason... reasons) {
        assertThatThrownBy(() -> validator(theCase).validate(theCase.getString("token")))
                .isInstanceOfSatisfying(
                        InvalidSessionException.class,
                        refused -> assertThat(refused.reason()).isIn((Object[]) reasons));
    }

    private static Stream<Arguments> cases(Predicate<JsonObject> isWanted) {
        return PUBLIC.cases().filter(isWanted).map(theCase -> Arguments.of(Named.of(theCase.getString("id"), theCase)));
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
