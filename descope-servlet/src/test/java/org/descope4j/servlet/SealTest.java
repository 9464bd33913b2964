package org.descope4j.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SealTest {
    private static final byte[] CONTENT = "content".getBytes(UTF_8);

    private final Seal seal = Seal.of(List.of("first"), "test");

    @Test
    void what_was_sealed_can_be_opened() {
        assertThat(seal.open(seal.seal(CONTENT))).hasValue(CONTENT);
    }

    @Test
    void the_same_content_is_never_sealed_alike() {
        assertThat(seal.seal(CONTENT)).isNotEqualTo(seal.seal(CONTENT));
    }

    @Test
    void R6_a_text_with_any_character_changed_is_refused() {
        String sealed = seal.seal("twelve bytes".getBytes(UTF_8));

        for (int i = 0; i < sealed.length() - 1; i++) {
            String tampered = sealed.substring(0, i) + (sealed.charAt(i) == 'A' ? 'B' : 'A') + sealed.substring(i + 1);
            assertThat(seal.open(tampered)).as("character %d", i).isEmpty();
        }
    }

    @Test
    void R6_a_text_sealed_for_another_purpose_is_refused() {
        assertThat(seal.open(Seal.of(List.of("first"), "other").seal(CONTENT))).isEmpty();
    }

    @Test
    void a_text_sealed_with_an_older_secret_is_opened() {
        String sealed = seal.seal(CONTENT);

        assertThat(Seal.of(List.of("second", "first"), "test").open(sealed)).hasValue(CONTENT);
        assertThat(Seal.of(List.of("second"), "test").open(sealed)).isEmpty();
    }

    @Test
    void a_tag_is_known_by_an_older_secret_too() {
        byte[] tag = seal.tag(CONTENT, 14);

        assertThat(Seal.of(List.of("second", "first"), "test").isTagOf(CONTENT, tag, 14))
                .isTrue();
        assertThat(Seal.of(List.of("second"), "test").isTagOf(CONTENT, tag, 14)).isFalse();
        assertThat(seal.isTagOf(CONTENT, new byte[14], 14)).isFalse();
        assertThat(seal.isTagOf(CONTENT, new byte[0], 14)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "AAAA", "AAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAA", "%%%", "\u0130", "a b"})
    void a_text_that_is_none_is_refused(String text) {
        assertThat(seal.open(text)).isEmpty();
    }
}
