package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MaskingTest {

    @ParameterizedTest
    @CsvSource({
        "ada@example.com, a***@e***.com",
        "a@b.co, a***@b***.co",
        "Ada.Lovelace+x@mail.example.co.uk, A***@m***.uk",
        "ada@localhost, a***@l***",
        "ada@.com, a***@.***",
        "two@ats@example.org, t***@e***.org",
        "+49170123478, +49*******78",
        "+4915112345678, +49*********78",
        "+44 (0)7700-900123, +44*********23",
        "+1234567, +12***67",
        "ada, a***",
        "+12, +***",
        "@example.com, @***",
        "ada@, a***",
        "'  ada@example.com ', a***@e***.com"
    })
    void V23_a_login_id_keeps_only_what_its_owner_needs_to_recognise_it(String loginId, String masked) {
        assertThat(Masking.mask(loginId)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\n",
                "@",
                "@@",
                "@.",
                "a@.",
                "+",
                "++",
                "\uD83D",
                "\uDE00@\uD83D",
                "\u202E",
                "\0",
                "..@.."
            })
    void an_odd_input_is_masked_too(String loginId) {
        assertThat(Masking.mask(loginId)).contains("***").hasSizeLessThanOrEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uD83D\uDE00smile", "\uD83D\uDE00@example.com"})
    void a_character_outside_the_basic_plane_is_not_cut_in_half(String loginId) {
        assertThat(Masking.mask(loginId)).startsWith("\uD83D\uDE00***");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@b.<script>", "a@b.x\u202Ey", "a@b.x y"})
    void what_is_no_top_level_domain_is_not_shown_as_one(String loginId) {
        assertThat(Masking.mask(loginId)).isEqualTo("a***@b***");
    }
}
