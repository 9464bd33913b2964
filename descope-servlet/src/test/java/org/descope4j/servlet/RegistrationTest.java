package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.emulator.NewUser;
import org.descope4j.emulator.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application that takes no new users: {@code descope.registration=closed}. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RegistrationTest {
    private static final String SENT = "/app/auth/sign-in/sent";

    private final DescopeEmulator emulator = DescopeEmulator.start();
    private final ServedApplication application =
            ServedApplication.start(emulator, settings -> settings.registration("closed"));

    private final ManagedUsers users = new ManagedUsers(emulator);

    @BeforeEach
    void addAda() {
        emulator.users().add(NewUser.builder("ada@example.com").build());
        emulator.users()
                .add(NewUser.builder("+4915112345671").phone("+4915112345671").build());
    }

    @AfterEach
    void stop() {
        application.close();
        emulator.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"eve@example.com", "+4915112346671"})
    void S3_a_stranger_gets_no_account_by_asking_for_a_link(String stranger) {
        application.browser().askForLink(methodFor(stranger), stranger, "");

        assertThat(users.has("ada@example.com")).isTrue();
        assertThat(users.has(stranger)).isFalse();
        assertThat(emulator.inbox().messages(stranger)).isEmpty();
        assertThat(calls()).isNotEmpty().allMatch(path -> path.contains("/magiclink/signin/"));
    }

    @Test
    void a_known_user_signs_in_as_ever() {
        assertThat(application.signedIn("ada@example.com").get("/app/account").status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada@example.com,eve@example.com", "+4915112345671,+4915112346671"})
    void S1_known_and_unknown_accounts_are_answered_alike_from_the_form_to_the_second_link(String knownAndUnknown) {
        String[] accounts = knownAndUnknown.split(",", -1);

        assertThat(everythingSeenBy(accounts[1])).isEqualTo(everythingSeenBy(accounts[0]));
    }

    @Test
    void S1_a_disabled_account_is_answered_like_an_unknown_one() {
        emulator.users().add(NewUser.builder("bob@example.com").build());
        users.disable("bob@example.com");

        assertThat(everythingSeenBy("bob@example.com")).isEqualTo(everythingSeenBy("eve@example.com"));
    }

    /** What a link was sent to before, asked for again from the page of the used link. */
    @Test
    void S1_a_new_link_for_a_used_one_makes_no_account_either() {
        application.browser().askForLink("email", "ada@example.com", "");
        URI link = application.linkTo("ada@example.com");
        Browser phone = application.browser();
        phone.confirm(phone.get(link.toString()), link);
        Browser tablet = application.browser();
        Answer used = tablet.confirm(tablet.get(link.toString()), link);

        Answer again =
                tablet.post(SENT, Map.of("_descope_csrf", used.hidden("_descope_csrf"), "state", used.hidden("state")));

        assertThat(again.location()).isEqualTo(SENT + "?again=1");
        assertThat(calls()).filteredOn(path -> path.contains("signup")).isEmpty();
        assertThat(emulator.inbox().messages("ada@example.com")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Closed", "off", "false", "invite"})
    void F2_any_other_word_ends_the_start(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServedApplication.start(emulator, settings -> settings.registration(value)))
                .withMessageContaining("descope.registration")
                .withMessageContaining("closed")
                .withMessageContaining(value);
    }

    /** Every answer to somebody who asks for a link, and for another after half a minute; without what differs from run to run. */
    private List<String> everythingSeenBy(String account) {
        Browser browser = application.browser();
        List<String> seen = new ArrayList<>();
        Answer asked = browser.askForLink(methodFor(account), account, "/app/account");
        Answer sent = browser.get(asked.location());
        emulator.advanceClock(Duration.ofSeconds(31));
        Answer later = browser.get(asked.location());
        Answer again = browser.post(SENT, Map.of("_descope_csrf", later.hidden("_descope_csrf")));
        Answer sentAgain = browser.get(again.location());
        for (Answer answer : List.of(asked, sent, later, again, sentAgain)) {
            seen.add(answer.everything()
                    .replaceAll("DS([BC])=[^;]+", "DS$1=...")
                    .replaceAll("(?i)date=\\[[^]]*]|expires=[^;\\]]*", "")
                    .replaceAll("name=\"_descope_csrf\" value=\"[^\"]*\"", "")
                    .replaceAll("[a-z]\\*{3}@|[0-9]{2}</bdi> seconds", ""));
        }
        seen.add("binding of " + asked.setCookie("DSB").length());
        return seen;
    }

    private List<String> calls() {
        return emulator.requests().stream()
                .map(RecordedRequest::path)
                .filter(path -> path.startsWith("/v1/auth/magiclink/sign"))
                .toList();
    }

    private static String methodFor(String account) {
        return account.startsWith("+") ? "sms" : "email";
    }
}
