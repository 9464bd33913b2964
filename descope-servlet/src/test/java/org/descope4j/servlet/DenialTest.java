package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.descope4j.emulator.DescopeEmulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A no that each client understands: what pac4j#1070 and quarkus#38170 ask for. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DenialTest {
    private static final String ADA = "ada@example.com";

    private final DescopeEmulator emulator = DescopeEmulator.start();
    private ServedApplication application;

    @BeforeEach
    void start() {
        application = ServedApplication.start(emulator);
    }

    @AfterEach
    void stop() {
        application.close();
        emulator.close();
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Mode, navigate, Accept, */*, 303",
        "Sec-Fetch-Mode, cors, Accept, text/html, 401",
        "Sec-Fetch-Mode, no-cors, Accept, image/png, 401",
        "Accept, 'text/html,application/xhtml+xml', X-Any, x, 303",
        "Accept, application/json, X-Any, x, 401",
        "Accept, text/event-stream, X-Any, x, 401",
        "Accept, text/html, X-Requested-With, XMLHttpRequest, 401",
        "Accept, TEXT/HTML; q=0.9, X-Any, x, 303",
        "Accept, 'application/json, text/html;q=0', X-Any, x, 401",
        "Accept, 'application/xhtml+xml, text/html;q=0.000', X-Any, x, 303",
        "Accept, text/htmlx, X-Any, x, 401",
        "Accept, text/html, X-Requested-With, xmlhttprequest, 401",
        // in-app browsers of Android: a package name with every page, whether or not they send Fetch Metadata
        "Sec-Fetch-Mode, navigate, X-Requested-With, com.example.mailapp, 303",
        "Accept, 'text/html,*/*;q=0.8', X-Requested-With, com.example.mailapp, 303",
        "Accept, text/html, X-Requested-With, '', 303",
        "Accept, application/json, X-Requested-With, com.example.mailapp, 401",
        "Sec-Fetch-Mode, cors, X-Requested-With, com.example.mailapp, 401",
        "X-Other, x, X-Any, x, 401"
    })
    void pac4j_1070_a_page_goes_to_sign_in_and_everything_else_gets_a_status(
            String header, String value, String other, String otherValue, int status) {
        Answer answer = application.browser().get("/app/account/1?a=b", header, value, other, otherValue);

        assertThat(answer.status()).isEqualTo(status);
        if (status == 303) {
            assertThat(answer.location()).isEqualTo("/app/auth/sign-in?returnTo=%2Fapp%2Faccount%2F1%3Fa%3Db");
            return;
        }
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"descope\"");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.body())
                .isEqualTo("{\"title\":\"Sign-in required\",\"status\":401,\"signInUrl\":\"/app/auth/sign-in\"}");
    }

    @Test
    void quarkus_38170_a_script_with_an_expired_session_learns_where_to_sign_in() {
        Browser browser = application.signIn(application.staleBrowser(), ADA);
        emulator.advanceClock(Duration.ofDays(60));

        Answer answer = browser.get("/app/account", "Sec-Fetch-Mode", "cors");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).contains("\"signInUrl\":\"/app/auth/sign-in\"");
    }

    @Test
    void a_credential_that_is_no_good_is_named_as_such() {
        Answer answer = application.browser().get("/app/account", "Authorization", "Bearer nonsense");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"descope\", error=\"invalid_token\"");
    }

    @Test
    void pac4j_1070_a_part_of_a_faces_page_is_redirected_in_its_own_way() {
        Answer answer = application
                .browser()
                .post("/app/account/list.xhtml?x=1&y=2", Map.of("a", "b"), "Faces-Request", "partial/ajax");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("text/xml");
        assertThat(answer.body())
                .contains(
                        "<partial-response><redirect url=\"/app/auth/sign-in?returnTo=%2Fapp%2Faccount%2Flist.xhtml\"/>");
    }

    @Test
    void who_is_signed_in_but_not_allowed_sees_a_page_with_a_reference_and_a_program_a_status() {
        Browser browser = application.signedIn(ADA);

        Answer page = browser.get("/app/admin/x", "Accept", "text/html");
        Answer problem = browser.get("/app/admin/x", "Accept", "application/json");

        assertThat(page.status()).isEqualTo(403);
        assertThat(page.body()).contains("You may not open this page").containsPattern("[2-9B-Z]{4}-[2-9B-Z]{4}");
        VerifyEndpointTest.assertProtected(page);
        assertThat(problem.status()).isEqualTo(403);
        assertThat(problem.body()).contains("\"title\":\"Not allowed\"").containsPattern("[2-9B-Z]{4}-[2-9B-Z]{4}");
        assertThat(problem.headers()).doesNotContainKey("WWW-Authenticate");
    }

    @Test
    void a_page_that_was_posted_from_another_site_says_no_without_saying_who_is_signed_in() {
        Answer answer = application
                .signedIn(ADA)
                .post("/app/who", Map.of("a", "b"), "Sec-Fetch-Site", "cross-site", "Accept", "text/html");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).doesNotContain(ADA);
    }
}
