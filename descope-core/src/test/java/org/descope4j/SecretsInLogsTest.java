package org.descope4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.descope4j.session.TokenMint.aSession;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.descope4j.session.InvalidSessionException;
import org.descope4j.session.Secrets;
import org.descope4j.session.SigningAlgorithm;
import org.descope4j.session.SigningKey;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That {@link SecretsInLogs}, which looks at every other test, would notice. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SecretsInLogsTest {
    private static final Logger OURS = System.getLogger("org.descope4j.session.Talkative");
    private static final SigningKey KEY = SigningKey.generate("SKkey", SigningAlgorithm.ES256);

    @ParameterizedTest
    @EnumSource(
            value = Level.class,
            names = {"TRACE", "DEBUG", "INFO", "WARNING", "ERROR"})
    void L1_a_token_in_a_line_of_ours_is_found_at_every_level(Level level) {
        String token = aSession().signedBy(KEY);

        OURS.log(level, "Judging {0}", token);

        assertThat(SecretsInLogs.indiscretions()).singleElement().asString().contains("Talkative", token);
        assertThat(SecretsInLogs.indiscretions()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void L1_the_first_16_characters_of_a_segment_are_enough(int segment) {
        String beginning = aSession().signedBy(KEY).split("\\.", -1)[segment].substring(0, 16);

        OURS.log(Level.DEBUG, "Judging " + beginning + "...");
        assertThat(SecretsInLogs.indiscretions()).hasSize(1);

        OURS.log(Level.DEBUG, "Judging " + beginning.substring(0, 15));
        assertThat(SecretsInLogs.indiscretions()).isEmpty();
    }

    @Test
    void L1_a_secret_in_the_cause_of_what_is_logged_is_found() {
        IllegalStateException cause = new IllegalStateException(aSession().signedBy(KEY));

        OURS.log(Level.DEBUG, "Something went wrong", new IllegalStateException("outside", cause));

        assertThat(SecretsInLogs.indiscretions()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Bearer P2abcdefghijklmnopqrstuvwxyz",
                "Sent bearer=abcdefgh",
                "eyJhbGciOiJSUzI1NiJ9"
            })
    void L1_what_looks_like_a_credential_is_found_although_no_test_has_used_it(String text) {
        OURS.log(Level.DEBUG, text);

        assertThat(SecretsInLogs.indiscretions()).hasSize(1);
    }

    @Test
    void L1_what_goes_over_the_wire_is_known_for_a_secret() throws Exception {
        String answered = "answered-session-jwt";
        try (ScriptedService service = new ScriptedService()
                        .answers(
                                "/v1/auth/accesskey/exchange",
                                ScriptedService.json(200, "{\"sessionJwt\":\"" + answered + "\"}"))
                        .answers(
                                "/v1/mgmt/user/test/delete/all",
                                ScriptedService.json(200, "{}", "Set-Cookie: DSR=in-a-cookie; Path=/"));
                Descope descope = Descope.connect(DescopeSettings.forProject("P2abcdefghijklmnopqrstuvwxyz")
                        .baseUri(service.baseUri())
                        .managementKey("K2of-the-management")
                        .build())) {
            assertThatThrownBy(() -> descope.sessions().exchangeAccessKey("an-access-key-that-was-sent"))
                    .isInstanceOf(InvalidSessionException.class);
            descope.testUsers().deleteAll();
        }

        assertThat(Secrets.in("an-access-key-th")).hasSize(1);
        assertThat(Secrets.in("K2of-the-managem")).hasSize(1);
        assertThat(Secrets.in("answered-session")).hasSize(1);
        assertThat(Secrets.in("in-a-cookie")).hasSize(1);
    }

    @Test
    void an_honest_line_is_none_of_these() {
        OURS.log(Level.DEBUG, "Refused a session JWT: EXPIRED. Expected a bearer token; nothing was sent");

        assertThat(SecretsInLogs.indiscretions()).isEmpty();
    }
}
