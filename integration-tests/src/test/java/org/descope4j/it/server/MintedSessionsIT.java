package org.descope4j.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.emulator.NewUser;
import org.descope4j.emulator.SignedIn;
import org.descope4j.session.InvalidSessionException.Reason;
import org.descope4j.test.DescopeTokens;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The deployed sample, asked by programs and browsers that bring what the test kit minted. */
@ExtendWith(ArquillianExtension.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MintedSessionsIT {
    private static final DescopeEmulator EMULATOR = DescopeEmulator.builder()
            .port(Integer.getInteger("emulator.port", 0))
            .start();

    private final DescopeTokens tokens = DescopeTokens.of(EMULATOR);
    private final HttpClient client = HttpClient.newHttpClient();

    @Deployment(testable = false)
    static WebArchive sample() {
        return SampleWar.read();
    }

    @AfterAll
    static void endEmulator() {
        EMULATOR.close();
    }

    @Test
    void a_minted_session_is_accepted_as_bearer_token() throws Exception {
        String jwt = tokens.session().roles("auditor").tenant("acme", "owner").jwt();

        HttpResponse<String> answer = ask("Authorization", "Bearer " + jwt);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("auditor", "acme");
    }

    @Test
    void a_minted_session_is_accepted_as_cookie() throws Exception {
        HttpResponse<String> answer =
                ask("Cookie", "DS=" + tokens.session().roles("auditor").jwt());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("auditor");
    }

    @Test
    void the_refresh_jwt_of_a_sign_in_without_a_link_is_refreshed_and_the_login_id_known() throws Exception {
        EMULATOR.users().add(NewUser.builder("ada@example.com").roles("clerk").build());
        SignedIn ada = EMULATOR.signIn("ada@example.com");

        HttpResponse<String> answer = ask("Cookie", "DSR=" + ada.refreshJwt());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("ada@example.com", "clerk");
        assertThat(answer.headers().allValues("Set-Cookie")).anyMatch(cookie -> cookie.startsWith("DS="));
    }

    @Test
    void what_was_minted_with_a_flaw_is_refused() throws Exception {
        Set<Reason> flaws = EnumSet.complementOf(EnumSet.of(Reason.WRONG_SUBJECT, Reason.UNKNOWN_KEY));
        Map<Reason, Integer> statuses = new EnumMap<>(Reason.class);

        for (Reason flaw : flaws) {
            String jwt = tokens.session().refusedFor(flaw).jwt();
            statuses.put(flaw, ask("Authorization", "Bearer " + jwt).statusCode());
        }

        assertThat(statuses)
                .hasSize(flaws.size())
                .allSatisfy((flaw, status) -> assertThat(status).as(flaw.name()).isEqualTo(401));
    }

    /** Cannot tell while the key service may not be asked again: K rules. */
    @Test
    void a_session_by_an_unknown_key_is_refused_or_cannot_be_told() throws Exception {
        String jwt = tokens.session().refusedFor(Reason.UNKNOWN_KEY).jwt();

        assertThat(ask("Authorization", "Bearer " + jwt).statusCode()).isIn(401, 503);
    }

    private HttpResponse<String> ask(String header, String value) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(SampleWar.uri().resolve("api/me"))
                        .header("Accept", "application/json")
                        .header(header, value)
                        .build(),
                BodyHandlers.ofString());
    }
}
