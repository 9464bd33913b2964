package org.descope4j.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.descope4j.session.TokenMint.aSession;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GrantsTest {

    private static final SigningKey KEY = SigningKey.generate("SKgenuine", SigningAlgorithm.ES256);

    @ParameterizedTest
    @CsvSource({
        "'', true",
        "1, true",
        "2, true",
        "1 2, true",
        "2 1, true",
        "1 1, true",
        "1 2 1 2, true",
        "3, false",
        "1 3, false",
        "1 2 3, false",
        "1 null, false"
    })
    void D5_all_are_had_where_every_wanted_one_is_however_often_it_is_wanted(String wanted, boolean isHad) {
        Grants grants = session(anEditor()).grants();

        assertThat(grants.hasAllRoles(named(wanted, "editor", "viewer", "owner")))
                .isEqualTo(isHad);
        assertThat(grants.hasAllPermissions(named(wanted, "read", "write", "pay")))
                .isEqualTo(isHad);
    }

    @ParameterizedTest
    @CsvSource({"editor, true", "viewer, true", "Editor, false", "'editor ', false", "edito, false", "'', false"})
    void C20_names_are_compared_exactly(String role, boolean isHad) {
        Session session = session(anEditor().withJson("permissions", "[\"editor\",\"viewer\"]"));

        assertThat(session.grants().hasRole(role)).isEqualTo(isHad);
        assertThat(session.grants().hasPermission(role)).isEqualTo(isHad);
    }

    @Test
    void a_role_is_no_permission_and_a_permission_is_no_role() {
        Grants grants = session(aSession()
                        .withJson("roles", "[\"editor\"]")
                        .withJson("permissions", "[\"read\"]")
                        .withJson("tenants", "{\"A\":{\"roles\":[\"owner\"],\"permissions\":[\"pay\"]}}"))
                .grants();

        assertThat(grants.hasRole("read")).isFalse();
        assertThat(grants.hasPermission("editor")).isFalse();
        assertThat(grants.hasAllRoles(List.of("read"))).isFalse();
        assertThat(grants.hasAllPermissions(List.of("editor"))).isFalse();
        assertThat(grants.matchingRoles(List.of("read"))).isEmpty();
        assertThat(grants.matchingPermissions(List.of("editor"))).isEmpty();
    }

    @Test
    void those_that_match_keep_the_order_in_which_they_are_wanted() {
        Grants grants = session(aSession()
                        .withJson("roles", "[\"a\",\"b\",\"c\"]")
                        .withJson("permissions", "[\"a\",\"b\",\"c\"]"))
                .grants();
        List<String> wanted = Arrays.asList("c", "x", "a", "c", null);

        assertThat(grants.matchingRoles(wanted)).containsExactly("c", "a");
        assertThat(grants.matchingPermissions(wanted)).containsExactly("c", "a");
        assertThat(grants.matchingRoles(List.of())).isEmpty();
        assertThat(grants.matchingPermissions(List.of())).isEmpty();
    }

    @Test
    void D3_in_a_tenant_only_its_own_entry_counts() {
        Grants grants = session(aMemberOfTenants()).grantsIn("A");

        assertThat(grants.roles()).containsExactly("owner", "payer");
        assertThat(grants.permissions()).containsExactly("pay", "refund");
        assertThat(grants.hasRole("owner")).isTrue();
        assertThat(grants.hasPermission("pay")).isTrue();
        assertThat(grants.hasAllRoles(List.of("payer", "owner"))).isTrue();
        assertThat(grants.hasAllPermissions(List.of())).isTrue();
        assertThat(grants.matchingPermissions(List.of("refund", "read", "pay"))).containsExactly("refund", "pay");
        assertThat(grants.hasRole("editor")).isFalse();
        assertThat(grants.hasPermission("read")).isFalse();
        assertThat(grants.hasAllRoles(List.of("owner", "editor"))).isFalse();
    }

    @Test
    void D3_what_a_tenant_gives_counts_neither_in_the_project_nor_in_another_tenant() {
        Session session = session(aMemberOfTenants());

        assertThat(session.grants().hasRole("owner")).isFalse();
        assertThat(session.grants().hasPermission("pay")).isFalse();
        assertThat(session.grantsIn("B").hasRole("owner")).isFalse();
        assertThat(session.grantsIn("B").matchingRoles(List.of("owner", "editor")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"A, true", "B, true", "C, false", "D, false"})
    void D3_nothing_is_had_by_everybody_in_a_tenant_and_by_nobody_else(String tenant, boolean isMember) {
        Grants grants = session(aMemberOfTenants()).grantsIn(tenant);

        assertThat(grants.hasAllRoles(List.of())).isEqualTo(isMember);
        assertThat(grants.hasAllPermissions(List.of())).isEqualTo(isMember);
    }

    @ParameterizedTest
    @CsvSource({"A, true", "B, false", "a, false"})
    void D3_the_project_counts_in_the_chosen_tenant_where_no_tenants_are_listed(String tenant, boolean isChosen) {
        Grants grants = session(aSession()
                        .withJson("roles", "[\"editor\"]")
                        .withJson("permissions", "[\"read\"]")
                        .with("dct", "A"))
                .grantsIn(tenant);

        assertThat(grants.hasRole("editor")).isEqualTo(isChosen);
        assertThat(grants.hasPermission("read")).isEqualTo(isChosen);
        assertThat(grants.hasAllRoles(List.of("editor"))).isEqualTo(isChosen);
        assertThat(grants.hasAllPermissions(List.of())).isEqualTo(isChosen);
        assertThat(grants.matchingRoles(List.of("editor"))).hasSize(isChosen ? 1 : 0);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "a", "A ", "A\u0000", "\uFF21", "__proto__", "roles", "tenants", "D"})
    void D4_a_tenant_is_known_by_its_exact_id_only(String tenant) {
        for (TokenMint mint : List.of(aMemberOfTenants(), aSession().with("dct", "A"))) {
            Grants grants = session(mint).grantsIn(tenant);

            assertThat(grants.roles()).isEmpty();
            assertThat(grants.permissions()).isEmpty();
            assertThat(grants.hasRole("owner")).isFalse();
            assertThat(grants.hasPermission("pay")).isFalse();
            assertThat(grants.hasAllRoles(List.of())).isFalse();
            assertThat(grants.hasAllPermissions(List.of())).isFalse();
            assertThat(grants.matchingRoles(List.of("owner"))).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "[\"A\"]", "\"A\"", "true"})
    void D4_J30_tenants_of_an_odd_shape_have_no_members(String tenants) {
        Grants grants = session(aSession()
                        .withJson("roles", "[\"editor\"]")
                        .with("dct", "A")
                        .withJson("tenants", tenants))
                .grantsIn("A");

        assertThat(grants.hasAllRoles(List.of())).isFalse();
        assertThat(grants.hasRole("editor")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"editor\"", "{\"editor\":true}", "7", "true", "null", "[1,null,[\"editor\"]]"})
    void J30_what_is_no_list_of_texts_counts_as_empty(String list) {
        Grants grants = session(
                        aSession().withJson("tenants", "{\"A\":{\"roles\":" + list + ",\"permissions\":" + list + "}}"))
                .grantsIn("A");

        assertThat(grants.hasAllRoles(List.of())).isTrue();
        assertThat(grants.hasAllRoles(List.of("editor"))).isFalse();
        assertThat(grants.hasAllPermissions(List.of("editor"))).isFalse();
        assertThat(grants.matchingRoles(Arrays.asList("editor", null))).isEmpty();
    }

    @Test
    void D8_nothing_that_is_handed_out_can_be_changed() {
        Grants grants = session(anEditor()).grants();

        for (Set<String> names : List.of(
                grants.roles(),
                grants.permissions(),
                grants.matchingRoles(List.of("editor")),
                grants.matchingPermissions(List.of("read")),
                session(anEditor()).grantsIn("A").roles())) {
            assertThatThrownBy(() -> names.add("admin")).isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Test
    void D9_grants_show_no_names() {
        assertThat(session(aMemberOfTenants()).grantsIn("A")).hasToString("Grants[2 roles, 2 permissions]");
        assertThat(session(aMemberOfTenants()).grantsIn("D")).hasToString("Grants[0 roles, 0 permissions]");
    }

    @Test
    @SuppressWarnings("NullAway") // what a caller without a null checker may do
    void a_missing_argument_is_named() {
        Grants grants = session(anEditor()).grants();

        assertThatNullPointerException().isThrownBy(() -> grants.hasRole(null)).withMessage("role");
        assertThatNullPointerException()
                .isThrownBy(() -> grants.hasPermission(null))
                .withMessage("permission");
        assertThatNullPointerException()
                .isThrownBy(() -> grants.hasAllRoles(null))
                .withMessage("wanted");
        assertThatNullPointerException()
                .isThrownBy(() -> grants.hasAllPermissions(null))
                .withMessage("wanted");
        assertThatNullPointerException()
                .isThrownBy(() -> grants.matchingRoles(null))
                .withMessage("wanted");
        assertThatNullPointerException()
                .isThrownBy(() -> grants.matchingPermissions(null))
                .withMessage("wanted");
    }

    private static TokenMint anEditor() {
        return aSession().withJson("roles", "[\"editor\",\"viewer\"]").withJson("permissions", "[\"read\",\"write\"]");
    }

    private static TokenMint aMemberOfTenants() {
        return aSession()
                .withJson("roles", "[\"editor\"]")
                .withJson("permissions", "[\"read\"]")
                .with("dct", "B")
                .withJson(
                        "tenants",
                        "{\"A\":{\"roles\":[\"owner\",\"payer\"],\"permissions\":[\"pay\",\"refund\"]},\"B\":{},\"C\":true}");
    }

    /** "1 2" for the first and the second of the names. */
    private static List<String> named(String numbers, String... names) {
        return numbers.isEmpty()
                ? List.of()
                : Arrays.stream(numbers.split(" ", -1))
                        .map(number -> number.equals("null") ? null : names[Integer.parseInt(number) - 1])
                        .toList();
    }

    static Session session(TokenMint mint) {
        TokenRules rules = TokenRules.builder(Corpus.PROJECT_ID, Corpus.BASE_URI)
                .algorithms(Set.of(SigningAlgorithm.ES256))
                .build();
        KeySource keys = id -> Optional.of(KEY.verificationKey());
        return SessionValidator.of(rules, keys, Clock.fixed(TokenMint.NOW, ZoneOffset.UTC))
                .validate(mint.signedBy(KEY));
    }
}
