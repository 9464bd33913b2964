package org.descope4j.it.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import org.descope4j.cdi.NotSignedInException;
import org.descope4j.servlet.DescopePrincipal;
import org.descope4j.test.CurrentUser;
import org.descope4j.test.WithDescopeUser;
import org.descope4j.test.WithoutDescopeUser;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests that run in the server, beside the beans of the application and in a request of the container's. */
@ExtendWith(ArquillianExtension.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@WithDescopeUser(loginId = "ada@example.com", name = "Ada", roles = "clerk")
class InContainerTestKitIT {
    @Inject
    Desk desk;

    @Inject
    DescopePrincipal principal;

    @Inject
    HttpServletRequest request;

    @Deployment
    static WebArchive sample() {
        return SampleWar.read()
                .addClasses(InContainerTestKitIT.class, Desk.class)
                .addAsLibraries(TestKit.libraries());
    }

    @Test
    void beans_of_the_application_see_the_user() {
        assertThat(System.getProperty("arquillian.launch"))
                .as("this runs in the server, where nobody set that")
                .isNull();
        assertThat(desk.serves()).isEqualTo("Ada");
        assertThat(desk.mayBeServed()).isTrue();
        assertThat(principal.loginId()).contains("ada@example.com");
    }

    @Test
    void the_request_of_the_container_knows_the_user() {
        assertThat(DescopePrincipal.of(request)).isPresent();
        assertThat(request.getUserPrincipal())
                .as("what CDI injects is not wrapped")
                .isNull();
    }

    @Test
    @WithoutDescopeUser
    void beans_see_that_nobody_is_signed_in() {
        assertThat(desk.serves()).isEqualTo("nobody");
        assertThatExceptionOfType(NotSignedInException.class).isThrownBy(desk::mayBeServed);
    }

    @Test
    void beans_see_another_user_and_an_expired_session(CurrentUser user) throws Throwable {
        user.as(
                user.tokens().session().loginId("bob@example.com"),
                () -> assertThat(desk.serves()).isEqualTo("bob@example.com"));
        assertThat(desk.serves()).isEqualTo("Ada");
        user.expire();
        assertThat(desk.serves()).isEqualTo("nobody");
    }
}
