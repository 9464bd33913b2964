package org.descope4j.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.inject.Inject;
import org.descope4j.cdi.NotSignedInException;
import org.jboss.weld.junit5.auto.AddBeanClasses;
import org.jboss.weld.junit5.auto.EnableAutoWeld;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@EnableAutoWeld
@AddBeanClasses({Greeter.class, VisitCounter.class})
@WithDescopeUser(loginId = "ada@example.com", name = "Ada", roles = "admin")
@DisplayNameGeneration(ReplaceUnderscores.class)
class AutoWeldTest {
    @Inject
    CurrentUser injected;

    private String greetedBeforeEach = "";

    @BeforeEach
    void greet(Greeter greeter) {
        greetedBeforeEach = greeter.greet();
    }

    @Test
    void beans_see_the_user(Greeter greeter) {
        assertThat(greeter.greet()).isEqualTo("Ada").isEqualTo(greetedBeforeEach);
        assertThat(greeter.greetTheSignedIn()).isEqualTo("Ada [admin]");
    }

    @Test
    void everybody_agrees(Greeter greeter, CurrentUser user) {
        assertThat(user.find().orElseThrow().displayName()).isEqualTo(greeter.greet());
        assertThat(user.request().isUserInRole("admin")).isTrue();
        assertThat(user.securityContext().isUserInRole("admin")).isTrue();
    }

    @Test
    void an_injected_request_knows_its_user_as_on_a_server(Greeter greeter) {
        assertThat(greeter.knowsByRequest()).isTrue();
        assertThat(greeter.knowsByUserPrincipal()).isFalse();
    }

    @Test
    @WithoutDescopeUser
    void beans_see_that_nobody_is_signed_in(Greeter greeter) {
        assertThat(greeter.greet()).isEqualTo("stranger").isEqualTo(greetedBeforeEach);
        assertThatExceptionOfType(NotSignedInException.class).isThrownBy(greeter::greetTheSignedIn);
    }

    @Test
    void beans_see_another_user_and_an_expired_session(Greeter greeter, CurrentUser user) throws Throwable {
        user.as(
                user.tokens().session().loginId("bob@example.com"),
                () -> assertThat(greeter.greet()).isEqualTo("bob@example.com"));
        assertThat(greeter.greet()).isEqualTo("Ada");
        user.expire();
        assertThat(greeter.greet()).isEqualTo("stranger");
    }

    @Test
    void beans_of_the_request_live(VisitCounter counter) {
        assertThat(counter.count()).isEqualTo(1);
        assertThat(counter.count()).isEqualTo(2);
    }

    @Test
    void the_current_user_can_be_injected(CurrentUser user) {
        assertThat(injected).isSameAs(user);
    }
}
