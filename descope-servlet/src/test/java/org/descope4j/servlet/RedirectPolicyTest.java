package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.stream.Stream;
import org.descope4j.servlet.RedirectPolicy.Reach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RedirectPolicyTest {

    static Stream<JsonObject> cases() {
        return Corpus.list("redirects_public").stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void R1_R2_R3_R4_the_corpus_is_judged_as_it_says(JsonObject given) {
        RedirectPolicy policy =
                new RedirectPolicy(given.getString("contextPath"), AuthPaths.DEFAULT, Reach.APPLICATION);
        String input = given.getString("input");

        String target = policy.target(input);

        assertThat(target)
                .as(given.getString("reason"))
                .isEqualTo(given.getString("expected").equals("allow") ? input : policy.defaultPage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/app/auth/sign-in",
                "/app/auth/sign-in?returnTo=/app/x",
                "/app/auth/sign-in/sent",
                "/app/auth/sign-out",
                "/app/auth/verify",
                "/app/auth/verify/state?t=1"
            })
    void R5_our_own_pages_are_no_target(String returnTo) {
        assertThat(new RedirectPolicy("/app", AuthPaths.DEFAULT, Reach.APPLICATION).target(returnTo))
                .isEqualTo("/app/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/app/auth/%73ign-out",
                "/app/auth/%76erify/x",
                "/app/auth/sign-in;a=b",
                "/app/auth;a=b/sign-out",
                "/app//auth/sign-in"
            })
    void R5_our_own_pages_are_no_target_in_disguise_either(String returnTo) {
        assertThat(new RedirectPolicy("/app", AuthPaths.DEFAULT, Reach.APPLICATION).target(returnTo))
                .isEqualTo("/app/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/app/x;jsessionid=1",
                "/app/x;JSESSIONID=1",
                "/app/x;a=b;jsessionid=1",
                "/app/x;just;jsessionid=1",
                "/app/%3bjsessionid=1"
            })
    void R8_a_session_id_in_the_path_is_refused(String returnTo) {
        assertThat(new RedirectPolicy("/app", AuthPaths.DEFAULT, Reach.APPLICATION).target(returnTo))
                .isEqualTo("/app/");
    }

    @Test
    void R3_a_path_of_2048_characters_is_the_longest() {
        String longest = "/" + "a".repeat(2047);

        assertThat(new RedirectPolicy("", AuthPaths.DEFAULT, Reach.APPLICATION).target(longest))
                .isEqualTo(longest);
        assertThat(new RedirectPolicy("", AuthPaths.DEFAULT, Reach.APPLICATION).target(longest + "a"))
                .isEqualTo("/");
    }
}
