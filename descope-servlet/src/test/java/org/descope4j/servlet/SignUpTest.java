package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.emulator.NewUser;
import org.descope4j.emulator.RecordedRequest;
import org.descope4j.servlet.WantedLink.Purpose;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A page for new users, with the details that the application asks for. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SignUpTest {
    private static final String FORM = "/app/auth/sign-up";
    private static final String FIELDS = "name=required,familyName,email,phone,company,jobTitle=required";
    private static final String EVE = "eve@example.com";

    private final DescopeEmulator emulator = DescopeEmulator.start();
    private final ManagedUsers users = new ManagedUsers(emulator);
    private final ServedApplication application = ServedApplication.start(
            emulator,
            emulator.baseUri(),
            settings -> settings.signUpFields(FIELDS),
            Map.of(
                    LinkMessages.class, Wanted.class,
                    SignInHandler.class, Decided.class,
                    SignInListener.class, Heard.class));

    /** Remembers what it was asked for. */
    public static final class Wanted implements LinkMessages {
        private static final List<WantedLink> LINKS = new CopyOnWriteArrayList<>();

        @Override
        public LinkMessage messageFor(WantedLink link) {
            LINKS.add(link);
            return LinkMessage.builder().templateId("for-" + link.purpose()).build();
        }
    }

    /** Remembers who came. */
    public static final class Decided implements SignInHandler {
        private static final List<VerifiedSignIn> SIGN_INS = new CopyOnWriteArrayList<>();

        @Override
        public SignInDecision decide(VerifiedSignIn signIn) {
            SIGN_INS.add(signIn);
            return SignInDecision.accept();
        }
    }

    @BeforeEach
    void forget() {
        Wanted.LINKS.clear();
        Decided.SIGN_INS.clear();
        Heard.nothing();
    }

    @AfterEach
    void stop() {
        application.close();
        emulator.close();
    }

    @Test
    void a_new_user_gets_an_account_with_the_details_and_the_application_gets_its_own_fields() {
        Browser browser = application.browser();
        Answer asked = signUp(browser, "email", EVE, details("company", "Harbour Ltd", "phone", "+49 151 12345678"));
        assertThat(asked.location()).isEqualTo("/app/auth/sign-in/sent");

        Answer signedIn = browser.get(application.linkTo(EVE).toString());

        assertThat(signedIn.status()).isEqualTo(303);
        assertThat(browser.get("/app/account").status()).isEqualTo(200);
        JsonObject user = user(EVE);
        assertThat(user.getString("name")).isEqualTo("Eve Example");
        assertThat(user.getString("phone")).isEqualTo("+4915112345678");
        assertThat(user.getString("email")).isEqualTo(EVE);
        VerifiedSignIn signIn = Decided.SIGN_INS.get(0);
        assertThat(signIn.isFirst()).isTrue();
        assertThat(signIn.details()).isEqualTo(Map.of("company", "Harbour Ltd", "jobTitle", "Engineer"));
        assertThat(Wanted.LINKS.get(0).purpose()).isEqualTo(Purpose.SIGN_UP);
        assertThat(Wanted.LINKS.get(0).details())
                .containsEntry("company", "Harbour Ltd")
                .containsEntry("name", "Eve Example");
        assertThat(emulator.inbox().latest(EVE).template()).isEqualTo("for-SIGN_UP");
    }

    @Test
    void S1_an_account_that_exists_is_answered_alike_and_gets_a_link_to_sign_in() {
        addAda();
        Browser knownBrowser = application.browser();
        Browser unknownBrowser = application.browser();

        Answer known = signUp(knownBrowser, "email", "ada@example.com", details());
        Answer unknown = signUp(unknownBrowser, "email", "abe@example.com", details());

        assertThat(comparable(known)).isEqualTo(comparable(unknown));
        assertThat(known.setCookie("DSB").length())
                .isEqualTo(unknown.setCookie("DSB").length());
        assertThat(comparable(knownBrowser.get(known.location())))
                .isEqualTo(comparable(unknownBrowser.get(unknown.location())));
        assertThat(emulator.inbox().latest("ada@example.com").purpose()).isEqualTo("signIn");
        assertThat(emulator.inbox().latest("ada@example.com").template()).isEqualTo("for-SIGN_IN");
        emulator.advanceClock(Duration.ofSeconds(31));
        assertThat(comparable(again(knownBrowser))).isEqualTo(comparable(again(unknownBrowser)));
        assertThat(emulator.inbox().messages("abe@example.com")).hasSize(2);
    }

    @Test
    void S3_what_a_stranger_types_changes_nothing_of_an_account_that_exists() {
        addAda();
        String before = users.json("ada@example.com");
        Browser stranger = application.browser();

        signUp(
                stranger,
                "email",
                "ada@example.com",
                details("name", "Mallory", "company", "Evil", "phone", "+4915100000000"));
        URI link = application.linkTo("ada@example.com");
        Browser ada = application.browser();
        ada.confirm(ada.get(link.toString()), link);

        assertThat(user("ada@example.com").getString("name")).isEqualTo("Ada Lovelace");
        assertThat(user("ada@example.com").getString("phone")).isEmpty();
        assertThat(before).contains("Ada Lovelace");
        assertThat(Decided.SIGN_INS.get(0).details()).isEmpty();
        assertThat(Decided.SIGN_INS.get(0).session().customClaims()).isEmpty();
    }

    /** With another address beside the login ID, Descope sends the link there: one person would prove to be another. */
    @ParameterizedTest
    @CsvSource({"email, eve@example.com, email, mallory@evil.example", "sms, +4915112345678, phone, +4915199999999"})
    void S3_the_link_goes_to_the_login_ID_whatever_address_is_typed_beside_it(
            String method, String loginId, String field, String other) {
        signUp(application.browser(), method, loginId, details(field, other));

        assertThat(emulator.inbox().messages(loginId)).hasSize(1);
        assertThat(emulator.inbox().messages(other)).isEmpty();
        assertThat(users.json(loginId)).doesNotContain(other);
    }

    @Test
    void S3_nothing_but_the_configured_fields_is_read() {
        Map<String, String> more = details();
        more.put("givenName", "Not configured");
        more.put("middleName", "Not configured");
        more.put("recoveryEmail", "mallory@evil.example");
        more.put("user.roles", "editor");
        more.put("roles", "editor");
        more.put("customClaims", "{\"roles\":[\"editor\"]}");
        more.put("tenantId", "T1");
        more.put("verifiedEmail", "true");

        signUp(application.browser(), "email", EVE, more);

        RecordedRequest call = calls().get(0);
        assertThat(call.body())
                .doesNotContain("Not configured", "evil.example", "editor", "tenantId", "verifiedEmail", "roles");
        assertThat(users.has(EVE)).isTrue();
    }

    @Test
    void S3_a_field_that_came_twice_is_none() {
        Browser browser = application.browser();
        String csrf = browser.get(FORM).hidden("_descope_csrf").replace("=", "%3D");

        Answer answer = browser.send(
                "POST",
                FORM,
                "_descope_csrf=" + csrf
                        + "&loginId=eve%40example.com&deliveryMethod=email&jobTitle=x&name=Eve&name=Mallory");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("id=\"problem-name\"");
        assertThat(calls()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "name, \"\", Fill in this field.",
                "jobTitle, \"   \", Fill in this field.",
                "name, \"<b>Eve</b>\", without links",
                "name, see https://evil.example/, without links",
                "familyName, \"WWW.evil.example\", without links",
                "familyName, \"eve@evil.example\", without links",
                "company, \"a\u202Eb\", without links",
                "company, \"a\u0007b\", without links",
                "phone, 0170 12, country code",
            })
    void S2_a_detail_that_is_not_acceptable_is_told_at_its_field_and_nothing_that_was_typed_is_lost(
            String field, String value, String problem) {
        Answer answer = signUp(application.browser(), "email", EVE, details("company", "Harbour", field, value));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body())
                .contains("id=\"problem-" + field + "\" role=\"alert\"", "aria-describedby=\"problem-" + field + "\"")
                .contains(problem)
                .contains("value=\"eve@example.com\"")
                .doesNotContain("<b>");
        if (!field.equals("name")) {
            assertThat(answer.body()).contains("value=\"Eve Example\"");
        }
        assertThat(calls()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"100, 303", "101, 400"})
    void S2_a_detail_has_at_most_a_hundred_characters(int length, int status) {
        String longest = "\uD83D\uDE00".repeat(length);

        assertThat(signUp(application.browser(), "email", EVE, details("company", longest))
                        .status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Zoë Åström", "محمد\u200Cرضا", "O'Brien-Smith Jr.", "小林 さくら", "N"})
    void names_of_people_are_names(String name) {
        signUp(application.browser(), "email", EVE, details("name", " " + name + " "));

        assertThat(user(EVE).getString("name")).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "eve", "eve@example.com,bob@example.com"})
    void S2_what_no_message_can_be_sent_to_is_asked_for_again(String loginId) {
        Answer answer = signUp(application.browser(), "email", loginId, details("company", "Harbour"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body())
                .contains("id=\"problem\" role=\"alert\"", "value=\"Eve Example\"", "value=\"Harbour\"");
    }

    @Test
    void S7_a_page_of_another_site_signs_nobody_up() {
        Browser browser = application.browser();
        Map<String, String> form = details();
        form.putAll(Map.of(
                "_descope_csrf", browser.get(FORM).hidden("_descope_csrf"), "loginId", EVE, "deliveryMethod", "email"));

        assertThat(browser.post(FORM, form, "Sec-Fetch-Site", "cross-site").status())
                .isEqualTo(403);
        form.remove("_descope_csrf");
        assertThat(browser.post(FORM, form).status()).isEqualTo(403);
        assertThat(calls()).isEmpty();
    }

    @Test
    void S5_the_limits_of_the_sign_in_page_count_here_too() {
        Browser browser = application.browser();
        for (int i = 0; i < 5; i++) {
            assertThat(signUp(browser, "email", EVE, details()).status()).isEqualTo(303);
        }

        assertThat(signUp(browser, "email", EVE, details()).status()).isEqualTo(429);
        assertThat(browser.askForLink("email", EVE, "").status()).isEqualTo(429);
    }

    @Test
    void the_sign_in_page_makes_no_accounts_where_there_is_a_page_for_new_users() {
        application.browser().askForLink("email", EVE, "");

        assertThat(users.has(EVE)).isFalse();
    }

    @Test
    void the_pages_lead_to_each_other_and_keep_the_return_to() {
        Browser browser = application.browser();
        String returnTo = "?returnTo=%2Fapp%2Faccount%2Fbooks";

        assertThat(browser.get("/app/auth/sign-in" + returnTo).body()).contains("href=\"" + FORM + returnTo + "\"");
        Answer form = browser.get(FORM + returnTo);
        assertThat(form.body()).contains("href=\"/app/auth/sign-in" + returnTo + "\"");
        Map<String, String> typed = details();
        typed.put("returnTo", form.hidden("returnTo"));
        signUp(browser, "email", EVE, typed);

        assertThat(browser.get(application.linkTo(EVE).toString()).location()).isEqualTo("/app/account/books");
        assertThat(browser.get(FORM + returnTo).location()).isEqualTo("/app/account/books");
    }

    @Test
    void the_page_has_labels_and_hints_for_browsers() {
        String page = application.browser().get(FORM, "Accept-Language", "de").body();

        assertThat(page)
                .contains(
                        "<label for=\"detail-name\">Vollständiger Name</label>",
                        "name=\"name\" type=\"text\"",
                        "autocomplete=\"name\"")
                .contains("<label for=\"detail-familyName\">Nachname (freiwillig)</label>")
                .contains("<label for=\"detail-company\">company (freiwillig)</label>")
                .containsPattern("name=\"name\"[^>]* required>")
                .doesNotContainPattern("name=\"phone\"[^>]* required>");
        assertThat(application.browser().send("PUT", FORM, "x=y").header("Allow"))
                .isEqualTo("GET, HEAD, POST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "closed"})
    void without_fields_or_with_closed_registration_the_path_is_the_applications(String registration) {
        try (ServedApplication other = ServedApplication.start(
                emulator,
                settings -> registration.isEmpty()
                        ? settings
                        : settings.registration(registration).signUpFields(FIELDS))) {
            Browser browser = other.browser();

            assertThat(browser.get(FORM).body()).doesNotContain("_descope_csrf");
            assertThat(browser.get("/app/auth/sign-in").body()).doesNotContain("sign-up");
            assertThat(browser.post(FORM, details(), "Sec-Fetch-Site", "same-origin")
                            .body())
                    .doesNotContain("_descope_csrf");
        }
        assertThat(calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "loginId",
                "returnTo",
                "recoveryEmail",
                "recoveryPhone=required",
                "Company",
                "a-b",
                "name,name=required",
                "name=optional",
                "one,two,three,four,five,six",
                "_descope_csrf"
            })
    void F2_fields_that_cannot_be_end_the_start(String fields) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServedApplication.start(emulator, settings -> settings.signUpFields(fields)))
                .withMessageContaining("descope.sign-up-fields");
    }

    private void addAda() {
        emulator.users()
                .add(NewUser.builder("ada@example.com").name("Ada Lovelace").build());
    }

    private static Map<String, String> details(String... more) {
        Map<String, String> details = new HashMap<>(Map.of("name", "Eve Example", "jobTitle", "Engineer"));
        for (int i = 0; i < more.length; i += 2) {
            details.put(more[i], more[i + 1]);
        }
        return details;
    }

    private static Answer signUp(Browser browser, String method, String loginId, Map<String, String> details) {
        Map<String, String> form = new HashMap<>(details);
        form.put("_descope_csrf", browser.get(FORM).hidden("_descope_csrf"));
        form.put("loginId", loginId);
        form.put("deliveryMethod", method);
        return browser.post(FORM, form);
    }

    private static Answer again(Browser browser) {
        String csrf = browser.get("/app/auth/sign-in/sent").hidden("_descope_csrf");
        return browser.post("/app/auth/sign-in/sent", Map.of("_descope_csrf", csrf));
    }

    private static String comparable(Answer answer) {
        return answer.everything()
                .replaceAll("DS([BC])=[^;]+", "DS$1=...")
                .replaceAll("(?i)date=\\[[^]]*]|expires=[^;\\]]*", "")
                .replaceAll("[0-9]{2}</bdi> seconds", "")
                .replaceAll("name=\"_descope_csrf\" value=\"[^\"]*\"", "");
    }

    private JsonObject user(String loginId) {
        try (JsonReader reader = Json.createReader(new StringReader(users.json(loginId)))) {
            return reader.readObject().getJsonObject("user");
        }
    }

    private List<RecordedRequest> calls() {
        return emulator.requests().stream()
                .filter(request -> request.path().startsWith("/v1/auth/magiclink/"))
                .toList();
    }
}
