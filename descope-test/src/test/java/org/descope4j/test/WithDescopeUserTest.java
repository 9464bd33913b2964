package org.descope4j.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Duration;
import java.util.Optional;
import org.descope4j.servlet.DescopePrincipal;
import org.descope4j.session.InvalidSessionException.Reason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Also run without CDI on the class path. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@WithDescopeUser(
        loginId = "ada@example.com",
        name = "Ada",
        roles = {"admin", "clerk"},
        permissions = "invoices.read",
        tenants = @WithDescopeUser.Tenant(id = "acme", roles = "owner", permissions = "acme.write"),
        claims = @WithDescopeUser.Claim(name = "dct", value = "acme"))
class WithDescopeUserTest {
    private Optional<DescopePrincipal> userBeforeEach = Optional.empty();

    @BeforeEach
    void look(CurrentUser user) {
        userBeforeEach = user.find();
    }

    @Test
    void request_principal_and_security_context_agree(CurrentUser user) {
        HttpServletRequest request = user.in(TestRequest.get("/invoices"));
        SecurityContext context = user.securityContext();

        DescopePrincipal principal = DescopePrincipal.of(request).orElseThrow();
        assertThat(request.getUserPrincipal()).isSameAs(principal).isEqualTo(context.getUserPrincipal());
        assertThat(request.getRemoteUser()).isEqualTo(principal.getName());
        assertThat(request.isUserInRole("clerk")).isTrue();
        assertThat(context.isUserInRole("clerk")).isTrue();
        assertThat(request.isUserInRole("owner")).isFalse();
        assertThat(context.isUserInRole("owner")).isFalse();
        assertThat(request.getAuthType()).isEqualTo("DESCOPE").isEqualTo(context.getAuthenticationScheme());
        assertThat(context.isSecure()).isEqualTo(request.isSecure());
        assertThat(user.find()).contains(principal);
    }

    @Test
    void the_user_is_the_declared_one(CurrentUser user) {
        DescopePrincipal principal = user.find().orElseThrow();

        assertThat(principal.loginId()).contains("ada@example.com");
        assertThat(principal.displayName()).isEqualTo("Ada");
        assertThat(principal.roles()).containsExactlyInAnyOrder("admin", "clerk");
        assertThat(principal.session().permissions()).containsExactly("invoices.read");
        assertThat(principal.session().rolesIn("acme")).containsExactly("owner");
        assertThat(principal.session().permissionsIn("acme")).containsExactly("acme.write");
        assertThat(principal.session().currentTenant()).contains("acme");
        assertThat(user.tokens().validator().validate(user.sessionJwt())).isNotNull();
    }

    @Test
    void the_user_is_there_before_each_test(CurrentUser user) {
        assertThat(userBeforeEach).isPresent().isEqualTo(user.find());
    }

    @Test
    @WithDescopeUser
    void that_of_the_method_wins_over_that_of_the_class(CurrentUser user) {
        assertThat(user.find().orElseThrow().loginId()).contains("user@example.com");
        assertThat(user.find().orElseThrow().roles()).isEmpty();
    }

    @Test
    @Clerk
    void an_annotation_of_ones_own_means_the_same(CurrentUser user) {
        assertThat(user.find().orElseThrow().loginId()).contains("clerk@example.com");
        assertThat(user.request().isUserInRole("clerk")).isTrue();
    }

    @Test
    @WithoutDescopeUser
    void without_a_user_everybody_says_nobody(CurrentUser user) {
        HttpServletRequest request = user.request();

        assertThat(DescopePrincipal.of(request)).isEmpty();
        assertThat(request.getUserPrincipal()).isNull();
        assertThat(request.getRemoteUser()).isNull();
        assertThat(request.getAuthType()).isNull();
        assertThat(request.isUserInRole("admin")).isFalse();
        assertThat(user.securityContext().getUserPrincipal()).isNull();
        assertThatIllegalStateException().isThrownBy(user::sessionJwt).withMessageContaining("become");
    }

    @Test
    void another_user_can_take_over(CurrentUser user) {
        HttpServletRequest before = user.request();

        user.become(user.tokens().session().loginId("bob@example.com").roles("guest"));

        assertThat(user.request().isUserInRole("guest")).isTrue();
        assertThat(user.request().isUserInRole("admin")).isFalse();
        assertThat(before.isUserInRole("admin")).isTrue();
    }

    @Test
    void something_can_be_done_as_another_user_or_as_nobody(CurrentUser user) throws Throwable {
        user.as(
                user.tokens().session().loginId("bob@example.com"),
                () -> assertThat(user.find().orElseThrow().loginId()).contains("bob@example.com"));
        user.asNobody(() -> assertThat(user.find()).isEmpty());

        assertThat(user.find().orElseThrow().loginId()).contains("ada@example.com");
    }

    @Test
    void the_user_is_back_after_something_failed_as_another(CurrentUser user) {
        assertThatIllegalStateException()
                .isThrownBy(() -> user.asNobody(() -> {
                    throw new IllegalStateException("as it may");
                }));

        assertThat(user.find()).isPresent();
    }

    @Test
    void a_session_can_expire_in_the_middle_of_a_test(CurrentUser user) {
        HttpServletRequest before = user.request();

        user.expire();

        assertThat(user.find()).isEmpty();
        assertThat(user.request().getUserPrincipal()).isNull();
        assertThat(before.getUserPrincipal()).as("a request is judged once").isNotNull();
    }

    @Test
    void time_that_a_session_survives_changes_nothing(CurrentUser user) {
        user.advanceClock(Duration.ofMinutes(9));

        assertThat(user.find()).isPresent();
    }

    @ParameterizedTest
    @EnumSource(value = Reason.class, mode = EnumSource.Mode.EXCLUDE, names = "WRONG_SUBJECT")
    void whom_the_validator_refuses_is_nobody(Reason reason, CurrentUser user) {
        user.become(user.tokens().session().roles("admin").refusedFor(reason));

        assertThat(user.find()).isEmpty();
        assertThat(user.request().isUserInRole("admin")).isFalse();
    }

    @Test
    void a_refresh_jwt_signs_nobody_in(CurrentUser user) {
        user.become(user.tokens().refresh());

        assertThat(user.find()).isEmpty();
    }

    @Test
    void a_logout_of_the_request_is_one_of_the_request_alone(CurrentUser user) throws Exception {
        HttpServletRequest request = user.request();

        request.logout();

        assertThat(request.getUserPrincipal()).isNull();
        assertThat(user.request().getUserPrincipal()).isNotNull();
    }

    @Test
    void a_request_of_ones_own_is_signed_in_too(CurrentUser user) {
        HttpServletRequest own = new HttpServletRequestWrapper(TestRequest.get("/")) {
            @Override
            public String getContextPath() {
                return "/own";
            }
        };

        HttpServletRequest request = user.in(own);

        assertThat(request.getContextPath()).isEqualTo("/own");
        assertThat(request.isUserInRole("admin")).isTrue();
    }

    @Test
    void L1_the_text_of_the_current_user_holds_no_personal_datum(CurrentUser user) {
        assertThat(user).hasToString("CurrentUser[somebody]");
    }

    @Nested
    class Inside_another_class {
        @Test
        void the_user_of_the_outer_class_counts(CurrentUser user) {
            assertThat(user.find().orElseThrow().loginId()).contains("ada@example.com");
        }
    }

    @Nested
    @WithoutDescopeUser
    class Inside_another_class_with_nobody {
        @Test
        void the_nearest_annotation_counts(CurrentUser user) {
            assertThat(user.find()).isEmpty();
        }
    }
}
