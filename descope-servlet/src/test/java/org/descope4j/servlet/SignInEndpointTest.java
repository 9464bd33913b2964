package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.descope4j.DeliveryMethod;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.emulator.Fault;
import org.descope4j.emulator.NewUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SignInEndpointTest {
    private static final String FORM = "/app/auth/sign-in";

    private final DescopeEmulator emulator = DescopeEmulator.start();
    private final ServedApplication application = ServedApplication.start(emulator);

    @BeforeEach
    void signUpAda() {
        application.signedIn("ada@example.com");
    }

    @AfterEach
    void stop() {
        application.close();
        emulator.close();
    }

    @Test
    void S1_known_and_unknown_users_get_the_same_answer() {
        Answer known = application.browser().askForLink("email", "ada@example.com", "");
        Answer unknown = application.browser().askForLink("email", "eve@example.com", "");

        assertThat(unknown.status()).isEqualTo(known.status()).isEqualTo(303);
        assertThat(unknown.location()).isEqualTo(known.location());
        assertThat(unknown.setCookie("DSB").length())
                .isEqualTo(known.setCookie("DSB").length());
    }

    @Test
    void S1_an_account_that_Descope_refuses_is_answered_like_any_other_to_the_last_byte() {
        Browser served = application.browser();
        Answer sent = served.askForLink("email", "bob@example.com", "");
        Browser refused = application.browser();
        emulator.misbehave(
                Fault.status(403).at("/v1/auth/magiclink/signup-in/email").times(1));
        Answer notSent = refused.askForLink("email", "dis@example.com", "");

        assertThat(notSent.status()).isEqualTo(sent.status());
        assertThat(notSent.location()).isEqualTo(sent.location());
        assertThat(notSent.setCookie("DSB").length())
                .isEqualTo(sent.setCookie("DSB").length());
        assertThat(refused.get(notSent.location()).body())
                .isEqualTo(served.get(sent.location()).body().replace("b***@", "d***@"));
        assertThat(emulator.inbox().messages("dis@example.com")).isEmpty();
    }

    @Test
    void S8_the_page_names_what_was_typed_and_not_what_Descope_says_about_it() {
        Browser browser = application.browser();
        Answer asked = browser.askForLink("email", "ada@example.com", "");

        Answer page = browser.get(asked.location());

        assertThat(page.body()).contains("a***@e***.com").doesNotContain("a***@example.com", "ada@");
    }

    @Test
    void R7_a_target_that_came_twice_is_none() {
        Browser browser = application.browser();
        assertThat(browser.get(FORM + "?returnTo=/app/x&returnTo=/app/y").hidden("returnTo"))
                .isEmpty();
        String csrf = browser.get(FORM).hidden("_descope_csrf").replace("=", "%3D");

        Answer asked = browser.send(
                "POST",
                FORM,
                "loginId=bob%40example.com&deliveryMethod=email&_descope_csrf=" + csrf
                        + "&returnTo=/app/account/x&returnTo=/app/account/y");

        assertThat(asked.location()).isEqualTo("/app/auth/sign-in/sent");
        assertThat(browser.get(application.linkTo("bob@example.com").toString()).location())
                .isEqualTo("/app/");
        assertThat(browser.get(FORM + "?returnTo=/app/account/x&returnTo=/app/account/y")
                        .location())
                .isEqualTo("/app/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"email", "sms"})
    void R6_a_target_in_a_genuine_seal_is_judged_again(String method) {
        DeliveryMethod deliveryMethod = DeliveryMethod.find(method).orElseThrow();
        String recipient = method.equals("email") ? "bob@example.com" : "+4915112345678";
        LinkStates.Issued planted = new LinkStates(application.seals(), emulator.clock())
                .issue(deliveryMethod, new LoginId(recipient), "//evil.example/", Optional.empty());
        Browser browser = application.browser();
        browser.askForLink(method, recipient, "");
        browser.forget("DSB");
        browser.plant("DSB", tied(planted.binding(), browser.cookie("DSC")));
        String token = emulator.inbox().latest(recipient).token();

        Answer answer = browser.get("/app/auth/verify/" + planted.state() + "?t=" + token);

        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.location()).isEqualTo("/app/");
    }

    /** As a binding cookie of the browser that has this half of a CSRF pair. */
    private String tied(String binding, String csrf) {
        byte[] tag = application
                .seals()
                .forPurpose("binding pair")
                .tag((binding + "." + csrf).getBytes(java.nio.charset.StandardCharsets.US_ASCII), 16);
        return binding + "." + java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(tag);
    }

    @Test
    void P2_P3_a_hostile_name_is_text_on_pages_and_nowhere_in_headers() {
        emulator.users()
                .add(NewUser.builder("mallory@example.com")
                        .name("Mallory\r\nSet-Cookie: evil=1\r\n<script>")
                        .build());
        Browser browser = application.browser();
        browser.askForLink("email", "mallory@example.com", "");

        Answer answer = browser.get(application.linkTo("mallory@example.com").toString());
        Answer page = browser.get("/app/auth/sign-out");

        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.headers().toString() + page.headers()).doesNotContain("evil", "Mallory", "mallory", "script");
        assertThat(answer.setCookies()).allSatisfy(cookie -> assertThat(cookie).matches("[A-Z]+=[A-Za-z0-9_.-]*;.*"));
        assertThat(page.body()).contains("Mallory").doesNotContain("<script");
    }

    @Test
    void S3_only_login_id_method_and_return_to_are_read() {
        Browser browser = application.browser();
        String csrf = browser.get(FORM).hidden("_descope_csrf");

        browser.post(
                FORM,
                Map.of(
                        "_descope_csrf", csrf,
                        "loginId", "eve@example.com",
                        "deliveryMethod", "email",
                        "customClaims", "{\"roles\":[\"editor\"]}",
                        "user.roles", "editor",
                        "URI", "https://evil.example/"));
        browser.get(application.linkTo("eve@example.com").toString());

        assertThat(application.linkTo("eve@example.com").getHost())
                .isEqualTo(application.base().getHost());
        assertThat(browser.get("/app/admin/users").status()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({"Sec-Fetch-Site, cross-site", "Sec-Fetch-Site, same-site", "Origin, https://evil.example"})
    void S7_a_page_of_another_site_sends_no_link(String header, String value) {
        Browser browser = application.browser();
        String csrf = browser.get(FORM).hidden("_descope_csrf");

        Answer answer = browser.post(
                FORM,
                Map.of("_descope_csrf", csrf, "loginId", "victim@example.com", "deliveryMethod", "email"),
                header,
                value);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(emulator.inbox().messages("victim@example.com")).isEmpty();
    }

    @Test
    void S7_without_the_field_no_link_is_sent() {
        Browser browser = application.browser();
        browser.get(FORM);

        Answer answer = browser.post(FORM, Map.of("loginId", "victim@example.com", "deliveryMethod", "email"));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(emulator.inbox().messages("victim@example.com")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ada", "ada@example.com,eve@example.com", "<script>alert(1)</script>@example.com"})
    void S2_what_no_message_can_be_sent_to_is_asked_for_again(String loginId) {
        Answer answer = application.browser().askForLink("email", loginId, "");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("role=\"alert\"").doesNotContain("<script");
    }

    @Test
    void a_project_that_Descope_does_not_know_is_told_instead_of_check_your_inbox() {
        try (DescopeEmulator another = DescopeEmulator.builder()
                        .projectId("PEmulator0000000000000000001")
                        .start();
                ServedApplication wrong = ServedApplication.start(another, emulator.baseUri(), settings -> settings)) {
            Answer answer = wrong.browser().askForLink("email", "ada@example.com", "");

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.body()).doesNotContain("Exception");
        }
    }
}
