package org.descope4j.session;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.descope4j.session.TokenMint.aSession;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SessionTest {

    private static final SigningKey KEY = SigningKey.generate("SKgenuine", SigningAlgorithm.ES256);
    private static final String TENANTS =
            "{\"A\":{\"roles\":[\"owner\"],\"permissions\":[\"pay\"]},\"B\":{},\"C\":true,\"D\":null}";

    @Test
    void roles_and_permissions_of_the_project_are_read() {
        Session session = session(aSession()
                .withJson("roles", "[\"admin\",\"user\"]")
                .withJson("permissions", "[\"read\"]")
                .withJson("amr", "[\"email\",\"mfa\"]"));

        assertThat(session.roles()).containsExactly("admin", "user");
        assertThat(session.permissions()).containsExactly("read");
        assertThat(session.authenticationMethods()).containsExactly("email", "mfa");
    }

    @Test
    void D3_only_the_entry_of_a_tenant_counts_in_it() {
        Session session = session(aSession()
                .withJson("roles", "[\"admin\"]")
                .withJson("permissions", "[\"read\"]")
                .withJson("tenants", TENANTS)
                .with("dct", "B"));

        assertThat(session.tenants()).containsExactly("A", "B");
        assertThat(session.currentTenant()).contains("B");
        assertThat(session.rolesIn("A")).containsExactly("owner");
        assertThat(session.permissionsIn("A")).containsExactly("pay");
        assertThat(session.rolesIn("B")).isEmpty();
        assertThat(session.permissionsIn("B")).isEmpty();
    }

    @Test
    void D3_roles_of_the_project_count_in_the_chosen_tenant_where_no_tenants_are_listed() {
        Session session = session(aSession()
                .withJson("roles", "[\"admin\"]")
                .withJson("permissions", "[\"read\"]")
                .with("dct", "A"));

        assertThat(session.rolesIn("A")).containsExactly("admin");
        assertThat(session.permissionsIn("A")).containsExactly("read");
        assertThat(session.tenants()).containsExactly("A");
        assertThat(session.rolesIn("B")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "[\"A\"]", "\"A\"", "true", "{}"})
    void D3_J30_tenants_of_an_odd_shape_are_listed_all_the_same_and_give_nothing(String tenants) {
        Session session = session(
                aSession().withJson("roles", "[\"admin\"]").with("dct", "A").withJson("tenants", tenants));

        assertThat(session.rolesIn("A")).isEmpty();
        assertThat(session.permissionsIn("A")).isEmpty();
        assertThat(session.tenants()).isEmpty();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"B", "C", "D", "__proto__", "", " ", "a", "A ", "A\u0000", "\uFF21", "roles"})
    void D4_a_user_of_one_tenant_has_no_role_in_another(String tenant) {
        Session session = session(aSession().withJson("roles", "[\"admin\"]").withJson("tenants", TENANTS));
        Session chosen = session(aSession().withJson("roles", "[\"admin\"]").with("dct", "A"));

        assertThat(session.rolesIn(tenant)).isEmpty();
        assertThat(session.permissionsIn(tenant)).isEmpty();
        assertThat(chosen.rolesIn(tenant)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"admin\"", "{\"admin\":true}", "7", "true", "null", "[1,null,[\"admin\"],{\"admin\":1}]"})
    void J30_roles_of_an_odd_shape_are_no_roles(String roles) {
        Session session = session(aSession()
                .withJson("roles", roles)
                .withJson("permissions", roles)
                .withJson("amr", roles)
                .withJson("tenants", "{\"A\":{\"roles\":" + roles + ",\"permissions\":" + roles + "}}"));

        assertThat(session.roles()).isEmpty();
        assertThat(session.permissions()).isEmpty();
        assertThat(session.authenticationMethods()).isEmpty();
        assertThat(session.rolesIn("A")).isEmpty();
        assertThat(session.permissionsIn("A")).isEmpty();
    }

    @Test
    void C20_claims_of_the_caller_give_no_roles() {
        Session session = session(aSession()
                .withJson("nsec", "{\"roles\":[\"admin\"],\"tenants\":{\"A\":{\"roles\":[\"owner\"]}}}")
                .withJson("customClaims", "{\"roles\":[\"admin\"]}")
                .withJson("Roles", "[\"admin\"]"));

        assertThat(session.roles()).isEmpty();
        assertThat(session.rolesIn("A")).isEmpty();
    }

    @Test
    void J25_the_user_id_is_the_subject_unless_a_template_replaced_it() {
        assertThat(session(aSession()).userId()).isEqualTo("U2abcdefghijklmnopqrstuvwxyz");
        assertThat(session(aSession().with("sub", "ada").with("dsub", "U2x")).userId())
                .isEqualTo("U2x");
        assertThat(session(aSession().with("sub", "ada").withJson("dsub", "7")).userId())
                .isEqualTo("ada");
        assertThat(session(aSession().with("sub", "ada").with("dsub", " ")).subject())
                .isEqualTo("ada");
    }

    @Test
    void an_odd_choice_of_tenant_is_none() {
        assertThat(session(aSession().withJson("dct", "[\"A\"]")).currentTenant())
                .isEmpty();
        assertThat(session(aSession().with("dct", "")).currentTenant()).isEmpty();
    }

    @Test
    void the_claims_of_the_caller_are_had_apart() {
        Session session = session(aSession().withJson("nsec", "{\"plan\":\"gold\",\"seats\":7,\"none\":null}"));

        assertThat(session.customClaims()).containsOnly(Map.entry("plan", "gold"), Map.entry("seats", 7L));
        assertUnsupported(() -> session.customClaims().put("plan", "platinum"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "\"plan\"", "7", "true", "{}"})
    void claims_of_the_caller_of_an_odd_shape_are_none(String nsec) {
        assertThat(session(aSession().withJson("nsec", nsec)).customClaims()).isEmpty();
        assertThat(session(aSession()).customClaims()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, false", "null, false", "1, false", "'\"true\"', false", "'[true]', false"})
    void S10_a_session_is_stepped_up_only_where_it_says_so(String su, boolean isSteppedUp) {
        assertThat(session(aSession().withJson("su", su)).isSteppedUp()).isEqualTo(isSteppedUp);
        assertThat(session(aSession()).isSteppedUp()).isFalse();
    }

    @Test
    void D8_claims_are_typed_without_loss() {
        Session session = session(aSession()
                .withJson(
                        "x",
                        "{\"int\":1,\"long\":9223372036854775807,\"big\":9223372036854775808,\"part\":0.10,\"bool\":true,"
                                + "\"text\":\"\\u05d0\",\"list\":[1,null,\"a\"],\"none\":null,\"exponent\":1e3}"));

        assertThat(session.claim("x"))
                .get()
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("int", 1L)
                .containsEntry("long", Long.MAX_VALUE)
                .containsEntry("big", new BigDecimal("9223372036854775808"))
                .containsEntry("part", new BigDecimal("0.10"))
                .containsEntry("bool", true)
                .containsEntry("text", "\u05d0")
                .containsEntry("list", Arrays.asList(1L, null, "a"))
                .containsEntry("exponent", new BigDecimal("1e3"))
                .doesNotContainKey("none");
        assertThat(session.claim("none")).isEmpty();
        assertThat(session.claims()).containsEntry("sub", "U2abcdefghijklmnopqrstuvwxyz");
    }

    @Test
    @SuppressWarnings("unchecked")
    void D8_nothing_that_is_handed_out_can_be_changed() {
        Session session = session(aSession()
                .withJson("roles", "[\"user\"]")
                .withJson("tenants", TENANTS)
                .withJson("x", "{\"y\":[{}]}"));
        Map<String, Object> x = (Map<String, Object>) session.claim("x").orElseThrow();
        List<Object> y = (List<Object>) requireNonNull(x.get("y"));
        Map<String, Object> z = (Map<String, Object>) y.get(0);

        assertUnsupported(() -> session.claims().put("roles", List.of("admin")));
        assertUnsupported(() -> x.put("a", 1));
        assertUnsupported(() -> y.add("a"));
        assertUnsupported(() -> z.put("a", 1));
        assertUnsupported(() -> session.roles().add("admin"));
        assertUnsupported(() -> session.tenants().add("Z"));
        assertUnsupported(() -> session.rolesIn("A").add("admin"));
    }

    @Test
    void D9_a_session_shows_neither_token_nor_claims() {
        assertThat(session(aSession())).hasToString("Session[expiresAt=2025-10-09T09:03:20Z]");
    }

    private static void assertUnsupported(ThrowingCallable change) {
        assertThatThrownBy(change).isInstanceOf(UnsupportedOperationException.class);
    }

    private static Session session(TokenMint mint) {
        TokenRules rules = TokenRules.builder(Corpus.PROJECT_ID, Corpus.BASE_URI)
                .algorithms(Set.of(SigningAlgorithm.ES256))
                .build();
        KeySource keys = id -> Optional.of(KEY.verificationKey());
        return SessionValidator.of(rules, keys, Clock.fixed(TokenMint.NOW, ZoneOffset.UTC))
                .validate(mint.signedBy(KEY));
    }
}
