package org.descope4j.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.util.List;
import java.util.Map;
import org.descope4j.emulator.Caller.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LinklessSignInTest {
    private final DescopeEmulator emulator =
            DescopeEmulator.builder().rolesForNewUsers("member").start();

    @AfterEach
    void end() {
        emulator.close();
    }

    @Test
    void a_known_user_gets_a_session_that_can_be_refreshed_and_no_message() throws Exception {
        String userId = emulator.users()
                .add(NewUser.builder("ana@example.com").roles("admin").build());

        SignedIn signedIn = emulator.signIn("Ana@example.com");

        assertThat(signedIn.userId()).isEqualTo(userId);
        SignedJWT session = SignedJWT.parse(signedIn.sessionJwt());
        assertThat(session.getJWTClaimsSet().getSubject()).isEqualTo(userId);
        assertThat(session.getJWTClaimsSet().getStringListClaim("roles")).containsExactly("admin");
        assertThat(session.getJWTClaimsSet().getStringListClaim("amr")).containsExactly("email");
        Answer refreshed = new Caller(emulator).post("/v1/auth/refresh", "", signedIn.refreshJwt());
        assertThat(refreshed.status()).isEqualTo(200);
        assertThat(emulator.inbox().messages()).isEmpty();
    }

    @Test
    void somebody_new_signs_up_by_it() throws Exception {
        SignedJWT session = SignedJWT.parse(emulator.signIn("+1 202 555 0123").sessionJwt());

        assertThat(session.getJWTClaimsSet().getStringListClaim("roles")).containsExactly("member");
        assertThat(session.getJWTClaimsSet().getStringListClaim("amr")).containsExactly("sms");
    }

    @Test
    void a_blank_login_id_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> emulator.signIn(" "));
    }

    @Test
    void any_claims_are_signed_as_they_are_by_a_key_of_the_key_set() throws Exception {
        SignedJWT jwt = SignedJWT.parse(emulator.sign(Map.of("sub", "nobody", "exp", 1, "roles", List.of("a", "b"))));

        assertThat(jwt.getPayload().toJSONObject())
                .isEqualTo(Map.of("sub", "nobody", "exp", 1L, "roles", List.of("a", "b")));
        JWKSet keys = JWKSet.parse(emulator.keySet());
        assertThat(jwt.verify(new RSASSAVerifier(
                        keys.getKeyByKeyId(jwt.getHeader().getKeyID()).toRSAKey())))
                .isTrue();
    }

    @Test
    void the_text_of_what_came_shows_no_jwt() {
        assertThat(emulator.signIn("ana@example.com").toString()).doesNotContain("eyJ");
    }
}
