package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.descope4j.DeliveryMethod;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.emulator.Fault;
import org.descope4j.emulator.Message;
import org.descope4j.servlet.SignInEvent.Kind;
import org.descope4j.servlet.SignInEvent.Reason;
import org.descope4j.servlet.WantedLink.Purpose;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application that chooses the message of each link. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LinkMessagesTest {
    private static final String ADA = "ada@example.com";

    private final DescopeEmulator emulator = DescopeEmulator.start();
    private final ServedApplication application = ServedApplication.start(
            emulator,
            emulator.baseUri(),
            settings -> settings.updateMethods("email"),
            Map.of(LinkMessages.class, Templates.class, SignInListener.class, Heard.class));

    /** Goes by the purpose, and fails for some accounts. */
    public static final class Templates implements LinkMessages {
        private static final List<WantedLink> WANTED = new CopyOnWriteArrayList<>();

        @Override
        @SuppressWarnings("NullAway") // what an application without null checks may do
        public LinkMessage messageFor(WantedLink link) {
            WANTED.add(link);
            return answer(link);
        }

        private static @Nullable LinkMessage answer(WantedLink link) {
            return switch (link.loginId()) {
                case "throws@example.com" -> throw new IllegalStateException("the database is down");
                case "error@example.com" -> throw new NoClassDefFoundError("com/example/Missing");
                case "deep@example.com" -> throw new StackOverflowError();
                case "null@example.com" -> null;
                case "claims@new.example" ->
                    LinkMessage.builder().customClaims(Map.of("plan", "gold")).build();
                case "nojson@example.com" ->
                    LinkMessage.builder()
                            .customClaims(Map.of("plan", new Object()))
                            .build();
                case "plain@example.com" -> LinkMessage.ofProject();
                default -> {
                    LinkMessage.Builder message = LinkMessage.builder()
                            .templateId("for-" + link.purpose())
                            .templateOptions(Map.of("team", "Harbour"))
                            .locale("pt-BR");
                    yield link.purpose() == Purpose.UPDATE
                            ? message.build()
                            : message.customClaims(Map.of("plan", "gold")).build();
                }
            };
        }
    }

    @BeforeEach
    void forget() {
        Templates.WANTED.clear();
        Heard.nothing();
    }

    @AfterEach
    void stop() {
        application.close();
        emulator.close();
    }

    @Test
    void the_message_is_the_one_that_the_application_chose_and_the_session_has_its_claims() {
        Browser browser = application.signedIn(ADA);

        assertChosen(emulator.inbox().latest(ADA), "for-SIGN_IN");
        assertThat(claimsOf(browser)).contains("\"plan\":\"gold\"");
    }

    @Test
    void a_second_link_a_step_up_and_a_new_address_are_chosen_for_too() {
        Browser browser = application.browser();
        Answer asked = browser.askForLink("email", ADA, "");
        emulator.advanceClock(Duration.ofSeconds(31));
        Answer inbox = browser.get(asked.location());
        browser.post(asked.location(), Map.of("_descope_csrf", inbox.hidden("_descope_csrf")));
        browser.get(application.linkTo(ADA).toString());
        emulator.advanceClock(Duration.ofSeconds(31));
        Answer stepUp = browser.get("/app/auth/step-up");
        browser.post("/app/auth/step-up", Map.of("_descope_csrf", stepUp.hidden("_descope_csrf")));
        assertChosen(emulator.inbox().latest(ADA), "for-STEP_UP");
        Answer update = browser.get("/app/auth/update");
        browser.post(
                "/app/auth/update",
                Map.of("_descope_csrf", update.hidden("_descope_csrf"), "loginId", "ada@new.example"));

        assertChosen(emulator.inbox().latest("ada@new.example"), "for-UPDATE");
        assertThat(Templates.WANTED)
                .extracting(WantedLink::purpose)
                .containsExactly(Purpose.SIGN_IN, Purpose.SIGN_IN, Purpose.STEP_UP, Purpose.UPDATE);
    }

    @Test
    void the_application_is_told_what_the_link_is_for_and_where_it_was_asked_for() {
        Browser browser = application.browser();
        String csrf = browser.get("/app/auth/sign-in").hidden("_descope_csrf");

        browser.post(
                "/app/auth/sign-in",
                Map.of("_descope_csrf", csrf, "loginId", "+4915112345678", "deliveryMethod", "sms"),
                "Accept-Language",
                "de-AT");

        WantedLink wanted = Templates.WANTED.get(0);
        assertThat(wanted.purpose()).isEqualTo(Purpose.SIGN_IN);
        assertThat(wanted.deliveryMethod()).isEqualTo(DeliveryMethod.SMS);
        assertThat(wanted.loginId()).isEqualTo("+4915112345678");
        assertThat(wanted.language()).isEqualTo("de");
        assertThat(wanted.host()).isEqualTo("localhost");
        assertThat(wanted.details()).isEmpty();
        assertThat(wanted.toString()).doesNotContain("4915112345678");
    }

    @Test
    void without_options_the_message_is_the_projects_in_the_language_of_the_page() {
        application.browser().askForLink("email", "plain@example.com", "");

        Message message = emulator.inbox().latest("plain@example.com");
        assertThat(message.template()).isEmpty();
        assertThat(message.templateOptions()).isEmpty();
        assertThat(message.locale()).isEqualTo("en");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "throws@example.com",
                "error@example.com",
                "deep@example.com",
                "null@example.com",
                "nojson@example.com"
            })
    void S1_a_choice_that_fails_sends_nothing_and_is_answered_like_any_other(String account) {
        Answer sent = application.browser().askForLink("email", ADA, "/app/account");
        Browser browser = application.browser();

        Answer failed = browser.askForLink("email", account, "/app/account");

        assertThat(failed.status()).isEqualTo(sent.status());
        assertThat(failed.location()).isEqualTo(sent.location());
        assertThat(names(failed)).isEqualTo(names(sent));
        assertThat(browser.get(failed.location()).body()).contains("If you can sign in with", "a link is on its way");
        assertThat(emulator.inbox().messages(account)).isEmpty();
        assertThat(Heard.last().kind()).isEqualTo(Kind.LINK_NOT_SENT);
        assertThat(Heard.last().reason()).isEqualTo(Reason.APPLICATION_FAILED);
        assertThat(emulator.requests()).noneMatch(request -> request.body().contains(account));
    }

    @Test
    void claims_where_an_address_is_changed_are_a_mistake_that_is_told_to_the_operator_alone() {
        Browser browser = application.signedIn(ADA);
        Answer form = browser.get("/app/auth/update");

        Answer answer = browser.post(
                "/app/auth/update",
                Map.of("_descope_csrf", form.hidden("_descope_csrf"), "loginId", "claims@new.example"));

        assertThat(answer.location()).isEqualTo("/app/auth/update/sent");
        assertThat(emulator.inbox().messages("claims@new.example")).isEmpty();
        assertThat(Heard.last().reason()).isEqualTo(Reason.APPLICATION_FAILED);
    }

    @Test
    void S1_a_template_that_Descope_refuses_is_answered_like_any_other() {
        Answer sent = application.browser().askForLink("email", ADA, "");
        emulator.misbehave(
                Fault.status(400).at("/v1/auth/magiclink/signup-in/email").times(1));

        Answer refused = application.browser().askForLink("email", "bob@example.com", "");

        assertThat(refused.status()).isEqualTo(sent.status());
        assertThat(refused.location()).isEqualTo(sent.location());
    }

    @Test
    void a_message_says_nothing_of_what_is_in_it_and_takes_no_blank_names() {
        LinkMessage message =
                LinkMessage.builder().templateOptions(Map.of("name", "Ada")).build();

        assertThat(message.toString()).doesNotContain("Ada", "name");
        assertThatThrownBy(() -> LinkMessage.builder().templateId(" ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LinkMessage.builder().providerId("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LinkMessage.builder().locale("\t")).isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertChosen(Message message, String template) {
        assertThat(message.template()).isEqualTo(template);
        assertThat(message.templateOptions()).isEqualTo(Map.of("team", "Harbour"));
        assertThat(message.locale()).isEqualTo("pt-BR");
    }

    private static List<String> names(Answer answer) {
        List<String> names = new ArrayList<>(answer.headers().keySet());
        answer.setCookies().forEach(cookie -> names.add(cookie.replaceAll("=[^;]*;", "=;")));
        return names;
    }

    private static String claimsOf(Browser browser) {
        String payload = browser.cookie("DS").split("\\.", -1)[1];
        return new String(java.util.Base64.getUrlDecoder().decode(payload), java.nio.charset.StandardCharsets.UTF_8);
    }
}
