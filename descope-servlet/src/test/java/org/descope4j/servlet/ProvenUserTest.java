package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.descope4j.Descope;
import org.descope4j.DescopeSettings;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.emulator.NewUser;
import org.descope4j.session.Session;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
@DisplayNameGeneration(ReplaceUnderscores.class)
class ProvenUserTest {
    private final DescopeEmulator emulator = DescopeEmulator.start();
    private final Descope descope = Descope.connect(DescopeSettings.forProject(emulator.projectId())
            .baseUri(emulator.baseUri().toString())
            .build());

    @BeforeAll
    void addUsers() {
        emulator.users()
                .add(NewUser.builder("ada@example.com")
                        .roles("member")
                        .tenant("acme", "Acme", List.of("owner"), List.of())
                        .build());
    }

    @AfterAll
    void end() {
        descope.close();
        emulator.close();
    }

    @Test
    void the_four_identity_methods_and_the_principal_of_the_request_agree() {
        Session session = sessionOf("ada@example.com");
        PlainRequest request = new PlainRequest();

        HttpServletRequest signedIn = ProvenUser.of(session).signIn(request);

        DescopePrincipal principal = DescopePrincipal.of(request).orElseThrow();
        assertThat(signedIn.getUserPrincipal()).isSameAs(principal);
        assertThat(signedIn.getRemoteUser()).isEqualTo(session.userId()).isEqualTo(principal.getName());
        assertThat(signedIn.isUserInRole("member")).isTrue();
        assertThat(signedIn.isUserInRole("owner")).isFalse();
        assertThat(signedIn.isUserInRole(null)).isFalse();
        assertThat(signedIn.isUserInRole("*")).isFalse();
        assertThat(signedIn.isUserInRole("**")).isTrue();
        assertThat(signedIn.getAuthType()).isEqualTo("DESCOPE");
        assertThat(principal.session()).isSameAs(session);
        assertThat(principal.loginId()).isEmpty();
    }

    @Test
    void login_id_and_name_are_the_word_of_the_caller() {
        PlainRequest request = new PlainRequest();

        ProvenUser.of(sessionOf("ada@example.com"))
                .withLoginId("ada@example.com")
                .withName("Ada")
                .signIn(request);

        DescopePrincipal principal = DescopePrincipal.of(request).orElseThrow();
        assertThat(principal.loginId()).contains("ada@example.com");
        assertThat(principal.displayName()).isEqualTo("Ada");
    }

    @Test
    void another_user_takes_over_and_a_logout_leaves_nobody() throws Exception {
        PlainRequest request = new PlainRequest();
        HttpServletRequest ada = ProvenUser.of(sessionOf("ada@example.com")).signIn(request);
        HttpServletRequest bob = ProvenUser.of(sessionOf("bob@example.com")).signIn(request);

        assertThat(ada.getRemoteUser()).isEqualTo(bob.getRemoteUser());
        bob.logout();

        assertThat(bob.getUserPrincipal()).isNull();
        assertThat(DescopePrincipal.of(request)).isEmpty();
    }

    @Test
    void L1_the_text_of_a_user_holds_no_personal_datum() {
        ProvenUser user = ProvenUser.of(sessionOf("ada@example.com"))
                .withLoginId("ada@example.com")
                .withName("Ada");

        assertThat(user.toString()).startsWith("ProvenUser[U").doesNotContain("ada", "Ada");
    }

    private Session sessionOf(String loginId) {
        return descope.validator().validate(emulator.signIn(loginId).sessionJwt());
    }

    /** A request that keeps attributes, of no application. */
    private static final class PlainRequest extends HttpServletRequestWrapper {
        private final Map<String, Object> attributes = new HashMap<>();

        PlainRequest() {
            super(Requests.to("/"));
        }

        @Override
        public @Nullable Object getAttribute(String name) {
            return attributes.get(name);
        }

        @Override
        public void setAttribute(String name, Object value) {
            attributes.put(name, value);
        }

        @Override
        public @Nullable ServletContext getServletContext() {
            return null;
        }

        @Override
        public void logout() {}
    }
}
