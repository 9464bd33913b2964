package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.emulator.NewUser;
import org.descope4j.emulator.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users of sixty tenants, whose session JWT of 6 KB fits into no cookie. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LargeSessionsTest {
    private static final String ADA = "ada@example.com";
    private static final String EVE = "eve@example.com";
    private static final List<String> TENANTS =
            IntStream.range(10, 70).mapToObj(number -> "T2customer-" + number).toList();
    private static final String REMEDY =
            "shorten the user's roles, permissions or tenants in the project's JWT template";
    private static final Pattern REFERENCE = Pattern.compile("[2-9B-Z]{4}-[2-9B-Z]{4}");

    private DescopeEmulator emulator = project(false);
    private ServedApplication application = ServedApplication.start(emulator);

    @AfterEach
    void stop() {
        application.close();
        emulator.close();
    }

    private static DescopeEmulator project(boolean rotates) {
        DescopeEmulator.Builder project =
                DescopeEmulator.builder().rotatesRefreshTokens(rotates).role("editor", "read", "write");
        TENANTS.forEach(tenant -> project.tenant(tenant, tenant));
        return project.start();
    }

    private void restart(boolean rotates) {
        stop();
        emulator = project(rotates);
        application = ServedApplication.start(emulator);
    }

    @Test
    void V24_a_user_of_sixty_tenants_is_shown_a_reference_and_the_log_says_by_it_what_to_do() {
        addWithTenants(ADA);
        Browser browser = application.browser();
        browser.askForLink("email", ADA, "");
        try (LoggedLines log = LoggedLines.ofUs()) {
            Answer answer = browser.get(application.linkTo(ADA).toString());

            assertThat(answer.status()).isEqualTo(503);
            VerifyEndpointTest.assertProtected(answer);
            assertThat(answer.setCookies()).as("none at all, and none by half").isEmpty();
            assertThat(log.all())
                    .filteredOn(line -> line.contains(referenceOn(answer)))
                    .singleElement()
                    .asString()
                    .contains("reason=TOKEN_TOO_LARGE", "Cookie DS would have ", REMEDY);
            assertThat(log.all()).anyMatch(line -> line.startsWith("SEVERE Cookie DS") && line.contains(REMEDY));
        }
        assertThat(callsOf("/v1/auth/logout"))
                .as("the session that nobody got is ended")
                .hasSize(1);
        assertThat(browser.get("/app/account").status()).isEqualTo(401);
    }

    @Test
    void V24_V15_who_is_signed_in_already_stays_so_with_everything_that_is_theirs() {
        addWithTenants(ADA);
        Browser browser = application.signedIn(EVE);
        String visit = browser.get("/app/visit?note=eves").body();
        application.browser().askForLink("email", ADA, "");
        URI link = application.linkTo(ADA);

        Answer answer = browser.confirm(browser.get(link.toString()), link);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.setCookies()).isEmpty();
        assertThat(browser.get("/app/account").body()).contains("name=" + EVE);
        assertThat(browser.get("/app/visit").body()).isEqualTo(visit).contains("note=eves");
        emulator.advanceClock(Duration.ofMinutes(11));
        assertThat(browser.get("/app/account").body())
                .as("the session is alive at Descope too")
                .contains("name=" + EVE);
    }

    @Test
    void V24_a_step_up_that_brings_too_much_leaves_the_session_as_it_was() throws Exception {
        Browser browser = application.signedIn(ADA);
        putIntoTenants(ADA);
        emulator.advanceClock(Duration.ofMinutes(1));
        Answer form = browser.get("/app/auth/step-up");
        browser.post("/app/auth/step-up", Map.of("returnTo", "", "_descope_csrf", form.hidden("_descope_csrf")));

        Answer answer = browser.get(application.linkTo(ADA).toString());

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.setCookies()).isEmpty();
        assertThat(browser.get("/app/account").body()).contains("name=" + ADA);
        putInto(ADA, List.of());
        emulator.advanceClock(Duration.ofMinutes(10));
        assertThat(browser.get("/app/account").body())
                .as("the session is alive at Descope too")
                .contains("name=" + ADA);
    }

    @Test
    void C8_of_two_nodes_the_one_that_asked_nobody_writes_nothing() throws Exception {
        restart(true);
        Browser browser = application.signedIn(ADA);
        putIntoTenants(ADA);
        emulator.advanceClock(Duration.ofMinutes(11));
        browser.get("/app/account");
        String secondJwt = browser.cookie("DSR");
        try (ServedApplication other = ServedApplication.start(emulator)) {
            // two requests of a page; the answer of the node that knows the session already comes last
            Answer ofTheFirst = browser.at(application.base()).get("/app/account");
            browser.accept(browser.at(other.base()).get("/app/account"));
            browser.accept(ofTheFirst);

            assertThat(ofTheFirst.body()).contains("name=" + ADA);
            assertThat(browser.cookie("DSR")).isNotEqualTo(secondJwt);
            emulator.advanceClock(Duration.ofSeconds(61));
            assertThat(browser.get("/app/account").body()).contains("name=" + ADA);
        }
    }

    @Test
    void V17_an_address_that_is_changed_is_not_said_to_have_failed() throws Exception {
        stop();
        emulator = project(false);
        application = ServedApplication.start(
                emulator, emulator.baseUri(), settings -> settings.updateMethods("email"), Heard.LISTENING);
        Browser browser = application.signedIn(ADA);
        putIntoTenants(ADA);
        Answer form = browser.get("/app/auth/update");
        browser.post(
                "/app/auth/update",
                Map.of("_descope_csrf", form.hidden("_descope_csrf"), "deliveryMethod", "email", "loginId", EVE));

        Answer answer = browser.get(application.linkTo(EVE).toString());

        assertThat(answer.location()).isEqualTo("/app/auth/update/done");
        assertThat(Heard.last().kind()).isEqualTo(SignInEvent.Kind.ADDRESS_CHANGED);
        assertThat(browser.has("DS")).isFalse();
        assertThat(browser.get("/app/account").body()).contains("name=" + EVE);
    }

    @ParameterizedTest(name = "refresh JWTs rotate: {0}")
    @ValueSource(booleans = {false, true})
    void C8_V24_a_refresh_that_brings_too_much_signs_nobody_out_and_asks_once_a_minute(boolean rotates)
            throws Exception {
        restart(rotates);
        Browser browser = application.signedIn(ADA);
        putIntoTenants(ADA);
        emulator.advanceClock(Duration.ofMinutes(11));
        try (LoggedLines log = LoggedLines.ofUs()) {
            Answer first = browser.get("/app/account");
            assertThat(first.body()).contains("name=" + ADA);
            assertThat(first.header("Cache-Control")).contains("no-store");
            assertThat(first.setCookies().isEmpty())
                    .as("a new refresh JWT is all there is to write")
                    .isEqualTo(!rotates);
            assertThat(browser.has("DS")).isFalse();
            for (int request = 0; request < 4; request++) {
                Answer answer = browser.get("/app/account");

                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.body()).contains("name=" + ADA);
                assertThat(answer.setCookies())
                        .as("a late answer would undo a sign-out")
                        .isEmpty();
            }

            assertThat(callsOf("/v1/auth/refresh")).hasSize(1);
            assertThat(log.warnings().filter(line -> line.contains("Cookie DS")))
                    .as("once, not at each request")
                    .singleElement()
                    .asString()
                    .contains("would have ", REMEDY, "stays signed in");
        }
        emulator.advanceClock(Duration.ofSeconds(61));
        assertThat(browser.get("/app/account").body()).contains("name=" + ADA);
        assertThat(browser.get("/app/account").body()).contains("name=" + ADA);
        assertThat(callsOf("/v1/auth/refresh")).hasSize(2);
    }

    @ParameterizedTest(name = "refresh JWTs rotate: {0}")
    @ValueSource(booleans = {false, true})
    void C8_once_the_JWT_is_small_again_its_user_has_all_cookies_again(boolean rotates) throws Exception {
        restart(rotates);
        Browser browser = application.signedIn(ADA);
        putIntoTenants(ADA);
        emulator.advanceClock(Duration.ofMinutes(11));
        browser.get("/app/account");
        assertThat(browser.has("DS")).isFalse();

        putInto(ADA, List.of());
        emulator.advanceClock(Duration.ofSeconds(61));

        assertThat(browser.get("/app/account").body()).contains("name=" + ADA);
        assertThat(browser.has("DS")).isTrue();
        int asked = callsOf("/v1/auth/refresh").size();
        assertThat(browser.get("/app/account").body()).contains("name=" + ADA);
        assertThat(callsOf("/v1/auth/refresh")).hasSize(asked);
    }

    @Test
    void C21_who_is_signed_in_without_a_session_cookie_can_sign_out() throws Exception {
        restart(true);
        Browser browser = application.signedIn(ADA);
        putIntoTenants(ADA);
        emulator.advanceClock(Duration.ofMinutes(11));
        browser.get("/app/account");
        String refreshJwt = browser.cookie("DSR");

        Answer form = browser.get("/app/auth/sign-out");
        browser.post("/app/auth/sign-out", Map.of("_descope_csrf", form.hidden("_descope_csrf")));

        assertThat(browser.has("DSR")).isFalse();
        assertThat(browser.get("/app/account").status()).isEqualTo(401);
        assertThat(callsOf("/v1/auth/logout"))
                .singleElement()
                .matches(call -> call.headers().toString().contains(refreshJwt));
    }

    @Test
    void J15_C6_a_Bearer_token_of_6_KB_is_a_token_like_any_other() {
        addWithTenants(ADA);
        String sessionJwt = emulator.signIn(ADA).sessionJwt();
        assertThat(sessionJwt.length()).isBetween(5_900, 6_500);

        Answer answer = application.browser().get("/app/account", "Authorization", "Bearer " + sessionJwt);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("principal=" + SessionRulesTest.subject(sessionJwt));
        assertThat(answer.setCookies()).isEmpty();
    }

    private void addWithTenants(String loginId) {
        NewUser.Builder user = NewUser.builder(loginId);
        TENANTS.forEach(tenant -> user.tenant(tenant, tenant, List.of("editor"), List.of()));
        emulator.users().add(user.build());
    }

    private void putIntoTenants(String loginId) throws IOException, InterruptedException {
        putInto(loginId, TENANTS);
    }

    /** As the console of the project does, while the user is signed in. */
    private void putInto(String loginId, List<String> tenants) throws IOException, InterruptedException {
        JsonArrayBuilder memberships = Json.createArrayBuilder();
        tenants.forEach(tenant -> memberships.add(Json.createObjectBuilder()
                .add("tenantId", tenant)
                .add("roleNames", Json.createArrayBuilder().add("editor"))));
        String body = Json.createObjectBuilder()
                .add("loginId", loginId)
                .add("userTenants", memberships)
                .build()
                .toString();
        HttpRequest request = HttpRequest.newBuilder(emulator.baseUri().resolve("/v1/mgmt/user/update"))
                .header("Authorization", "Bearer " + emulator.projectId() + ":" + emulator.managementKey())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
    }

    private List<RecordedRequest> callsOf(String path) {
        return emulator.requests().stream()
                .filter(request -> request.path().equals(path))
                .toList();
    }

    private static String referenceOn(Answer answer) {
        Matcher matcher = REFERENCE.matcher(answer.body());
        assertThat(matcher.find()).as("a reference on the page").isTrue();
        return matcher.group();
    }
}
