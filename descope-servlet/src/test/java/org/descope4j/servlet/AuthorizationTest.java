package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class AuthorizationTest {
    @ParameterizedTest
    @ValueSource(strings = {"Bearer a.b.c", "bearer a.b.c", "BEARER a.b.c", "bEaReR a.b.c", " Bearer a.b.c "})
    void C6_a_bearer_token_is_read_in_any_case(String header) {
        Authorization authorization = Authorization.of(Requests.with(Map.of("Authorization", header)));

        assertThat(authorization.kind()).isEqualTo(Authorization.Kind.BEARER);
        assertThat(authorization.token()).isEqualTo("a.b.c");
        assertThat(authorization.toString()).doesNotContain("a.b.c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer",
                "bearer",
                "Bearer ",
                "\tBearer",
                "Bearer\ta.b.c",
                "Bearer \ta.b.c",
                "Bearer  a.b.c",
                "Bearer a.b.c d",
                "Bearer a.b.c,",
                "Bearer a.b.c, Basic YTpi",
                "Basic YTpi, Bearer a.b.c",
                "Basic YTpi,bearer",
                "Basic YTpi ,\t BEARER a.b.c",
                "Bearer:a.b.c",
                "\"Bearer a.b.c\"",
                "Bearer\u00a0a.b.c",
                "DPoP",
                "dpop a.b.c",
                "DPOP\ta.b.c",
                "Basic YTpi, DPoP a.b.c"
            })
    void C6_every_other_form_that_names_bearer_or_dpop_is_refused(String header) {
        assertThat(Authorization.of(Requests.with(Map.of("Authorization", header)))
                        .kind())
                .isEqualTo(Authorization.Kind.REFUSED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"Basic YTpi", "Negotiate abc", "Bearer-like a", "Digest username=bearer", "ApiKey dpop"})
    void C6_other_schemes_are_somebody_elses(String header) {
        assertThat(Authorization.of(Requests.with(Map.of("Authorization", header)))
                        .kind())
                .isEqualTo(Authorization.Kind.NOT_OURS);
    }
}
