package org.descope4j.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.descope4j.emulator.Caller.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MagicLinkTest {
    private static final DescopeEmulator EMULATOR = DescopeEmulator.builder()
            .linkLifetime(Duration.ofMinutes(3))
            .rolesForNewUsers("member")
            .start();
    private final Caller caller = new Caller(EMULATOR);

    @BeforeEach
    void forget_the_test_before() {
        EMULATOR.reset();
    }

    @AfterAll
    static void stop() {
        EMULATOR.close();
    }

    @Test
    void sign_up_fails_for_a_user_who_is_there() {
        assertThat(caller.askForLink("signup", "ana@example.com").status()).isEqualTo(200);

        Answer again = caller.askForLink("signup", "ana@example.com");

        assertThat(again.status()).isEqualTo(400);
        assertThat(again.text("errorCode")).isEqualTo("E062107");
        assertThat(EMULATOR.inbox().messages()).hasSize(1);
    }

    @Test
    void sign_in_fails_for_a_user_who_is_not_there() {
        Answer answer = caller.askForLink("signin", "ana@example.com");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("errorCode")).isEqualTo("E062108");
        assertThat(answer.text("errorDescription")).isEqualTo("User not found");
        assertThat(answer.text("errorMessage")).isEqualTo("Cannot find user");
        assertThat(answer.text("message")).isEqualTo("Cannot find user");
        assertThat(EMULATOR.inbox().messages()).isEmpty();
    }

    @Test
    void sign_up_or_in_makes_a_user_once_with_the_roles_for_new_users() {
        Answer first = caller.signIn("ana@example.com");
        Answer second = caller.signIn("ana@example.com");

        assertThat(first.json().getBoolean("firstSeen")).isTrue();
        assertThat(second.json().getBoolean("firstSeen")).isFalse();
        assertThat(second.json().getJsonObject("user").getString("userId"))
                .isEqualTo(first.json().getJsonObject("user").getString("userId"));
        assertThat(first.json().getJsonObject("user").getJsonArray("roleNames").getString(0))
                .isEqualTo("member");
    }

    @Test
    void e_mail_addresses_are_the_same_in_any_case() {
        caller.askForLink("signup", "Ana@Example.COM");

        Answer answer = caller.askForLink("signin", "aNA@example.com");

        assertThat(answer.text("maskedEmail")).isEqualTo("a***@example.com");
        assertThat(EMULATOR.inbox().messages("ANA@EXAMPLE.com")).hasSize(2);
        assertThat(EMULATOR.inbox().latest("ana@example.com").to()).isEqualTo("ana@example.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sms", "whatsapp"})
    void phone_numbers_are_the_same_with_and_without_punctuation(String method) {
        Answer signUp = caller.post("/v1/auth/magiclink/signup/" + method, "{\"loginId\":\"+1-555-123-4567\"}");
        Answer signIn = caller.post("/v1/auth/magiclink/signin/" + method, "{\"loginId\":\"+1 (555) 1234567\"}");

        assertThat(signUp.text("maskedPhone")).isEqualTo("+1********67");
        assertThat(signIn.status()).isEqualTo(200);
        assertThat(EMULATOR.inbox().latest("+15551234567").deliveryMethod()).isEqualTo(method);
    }

    @Test
    void G4_a_link_works_once() {
        String token = caller.linkTokenFor("ana@example.com");
        assertThat(caller.verify(token).status()).isEqualTo(200);

        Answer again = caller.verify(token);

        assertThat(again.status()).isEqualTo(401);
        assertThat(again.text("errorCode")).isEqualTo("E062504");
    }

    @Test
    void G4_of_a_hundred_threads_with_one_link_exactly_one_succeeds() throws Exception {
        String token = caller.linkTokenFor("ana@example.com");
        CountDownLatch start = new CountDownLatch(1);
        Callable<Integer> attempt = () -> {
            start.await();
            return caller.verify(token).status();
        };

        ExecutorService threads = Executors.newFixedThreadPool(100);
        List<Future<Integer>> attempts =
                Stream.generate(() -> threads.submit(attempt)).limit(100).toList();
        start.countDown();
        List<Integer> statuses = new ArrayList<>();
        for (Future<Integer> status : attempts) {
            statuses.add(status.get());
        }
        threads.shutdown();

        assertThat(statuses).hasSize(100).containsOnly(200, 401).containsOnlyOnce(200);
    }

    @Test
    void several_links_of_one_user_are_good_side_by_side() {
        String first = caller.linkTokenFor("ana@example.com");
        String second = caller.linkTokenFor("ana@example.com");

        assertThat(caller.verify(first).status()).isEqualTo(200);
        assertThat(caller.verify(second).status()).isEqualTo(200);
    }

    @Test
    void G4_a_link_expires() {
        String token = caller.linkTokenFor("ana@example.com");

        EMULATOR.advanceClock(Duration.ofMinutes(3));

        Answer answer = caller.verify(token);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text("errorCode")).isEqualTo("E062504");
        assertThat(answer.text("errorDescription")).isEqualTo("Token expired");
    }

    @ParameterizedTest
    @CsvSource({"PT2M59S, true", "PT3M, false", "PT3M1S, false"})
    @DisplayName("G4: a link that is good for 3 minutes is expired at the very end of them")
    void a_link_is_expired_at_its_expiry(Duration age, boolean isGood) {
        Instant sentAt = Instant.parse("2026-11-22T10:00:00Z");
        EmulatorClock clock = new EmulatorClock(Clock.fixed(sentAt, ZoneOffset.UTC));
        Links links = new Links(clock);
        links.add(link("token", sentAt.plusSeconds(180)));

        clock.advance(age);

        assertThat(links.isOpen("token")).isEqualTo(isGood);
        assertThat(links.redeem("token").isPresent()).isEqualTo(isGood);
    }

    @Test
    void links_and_messages_are_bounded() {
        EmulatorClock clock = new EmulatorClock(Clock.systemUTC());
        Links links = new Links(clock);
        Inbox inbox = new Inbox();
        Instant end = clock.instant().plusSeconds(180);

        for (int number = 0; number <= Links.CAPACITY; number++) {
            links.add(link("token" + number, end));
            inbox.deliver(new Message(
                    "ana@example.com",
                    "email",
                    EMULATOR.baseUri(),
                    "token" + number,
                    "",
                    Map.of(),
                    "",
                    end,
                    "signIn",
                    "P"));
        }

        assertThat(links.isOpen("token0")).isFalse();
        assertThat(links.isOpen("token1")).isTrue();
        assertThat(inbox.messages()).hasSize(Inbox.CAPACITY);
        assertThat(inbox.latest("ana@example.com").token()).isEqualTo("token" + Links.CAPACITY);
    }

    @ParameterizedTest
    @CsvSource({
        "https://app.example.com/verify, https://app.example.com/verify?t=",
        "https://app.example.com/verify?next=%2Fhome, https://app.example.com/verify?next=%2Fhome&t=",
        "myapp://verify, myapp://verify?t=",
        "not a uri, not%20a%20uri?t="
    })
    void the_link_is_the_redirect_with_the_token_as_parameter_t(String redirect, String start) {
        for (String field : List.of("URI", "redirectUrl")) {
            caller.post(
                    "/v1/auth/magiclink/signup-in/email",
                    "{\"loginId\":\"ana@example.com\",\"" + field + "\":\"" + redirect + "\"}");

            Message message = EMULATOR.inbox().latest("ana@example.com");
            assertThat(message.link()).hasToString(start + message.token());
        }
    }

    @Test
    void the_token_stands_before_a_fragment() {
        caller.post(
                "/v1/auth/magiclink/signup-in/email",
                "{\"loginId\":\"ana@example.com\",\"URI\":\"https://app.example.com/verify?x=1#top\"}");

        Message message = EMULATOR.inbox().latest("ana@example.com");
        assertThat(message.link()).hasToString("https://app.example.com/verify?x=1&t=" + message.token() + "#top");
    }

    @Test
    void without_a_redirect_the_link_leads_to_a_page_that_says_so() {
        caller.post("/v1/auth/magiclink/signup-in/email", "{\"loginId\":\"ana@example.com\",\"URI\":null}");

        Message message = EMULATOR.inbox().latest("ana@example.com");
        Answer page = caller.get(message.link().toString());
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("named no redirect URL");
        assertThat(caller.verify(message.token()).status()).isEqualTo(200);
    }

    @Test
    void template_options_and_locale_are_kept_on_the_message() {
        caller.post("/v1/auth/magiclink/signup-in/email", """
                {"loginId":"ana@example.com","loginOptions":{"templateId":"welcome","locale":"de",
                 "templateOptions":{"appName":"Acme","year":2026}}}""");

        Message message = EMULATOR.inbox().latest("ana@example.com");
        assertThat(message.template()).isEqualTo("welcome");
        assertThat(message.locale()).isEqualTo("de");
        assertThat(message.templateOptions()).containsEntry("appName", "Acme").containsEntry("year", "2026");
    }

    @Test
    void a_chunked_body_is_read_too() {
        byte[] body = "{\"loginId\":\"ana@example.com\"}".getBytes(StandardCharsets.UTF_8);

        Answer answer = caller.send(
                "POST",
                "/v1/auth/magiclink/signup-in/email",
                "Bearer " + EMULATOR.projectId(),
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));

        assertThat(answer.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "email, {}, E011002",
        "email, {\"loginId\":\" \"}, E011002",
        "email, {\"loginId\":\"ana\"}, E011004",
        "sms, {\"loginId\":\"ana@example.com\"}, E011004",
        "email, {\"loginId\":5}, E011001",
        "email, '{\"loginId\":\"ana@example.com\",\"URI\":\"http://[\"}', E011004",
        "email, '{\"loginId\":\"ana@example.com\",\"loginOptions\":{\"templateId\":1}}', E011001",
    })
    void a_request_that_cannot_be_served_leaves_no_user_behind(String method, String body, String code) {
        Answer answer = caller.post("/v1/auth/magiclink/signup-in/" + method, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("errorCode")).isEqualTo(code);
        assertThat(EMULATOR.users().all()).isEmpty();
    }

    @Test
    void a_user_signs_in_by_the_address_of_another_method_than_the_login_id() {
        EMULATOR.users()
                .add(NewUser.builder("ana")
                        .email("ana@example.com")
                        .phone("+15551234567")
                        .build());

        caller.post("/v1/auth/magiclink/signin/sms", "{\"loginId\":\"ana\"}");
        caller.post("/v1/auth/magiclink/signin/email", "{\"loginId\":\"ana\"}");

        assertThat(EMULATOR.inbox().messages())
                .extracting(Message::to)
                .containsExactly("ana@example.com", "+15551234567");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"token\":\"\"}", "{\"token\":null}"})
    void a_missing_link_token_is_named_in_the_refusal(String body) {
        Answer answer = caller.post("/v1/auth/magiclink/verify", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("errorMessage")).contains("token");
    }

    @Test
    void the_tokens_are_long_random_and_need_no_escaping() {
        Optional<String> token = Optional.of(caller.linkTokenFor("ana@example.com"));

        assertThat(token).hasValueSatisfying(text -> assertThat(text).matches("[A-Za-z0-9_-]{43}"));
        assertThat(caller.linkTokenFor("ana@example.com")).isNotEqualTo(token.orElseThrow());
    }

    private static Link link(String token, Instant expiry) {
        return new Link(
                token, new SignInPurpose("U2", DeliveryMethod.EMAIL), LoginOptions.NONE, List.of("email"), expiry);
    }
}
