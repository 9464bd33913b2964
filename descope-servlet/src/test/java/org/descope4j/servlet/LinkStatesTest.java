package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.descope4j.DeliveryMethod;
import org.descope4j.servlet.LinkStates.Issued;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LinkStatesTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:00Z");
    private static final LoginId ADA = new LoginId("ada@example.com");
    private static final LoginId PHONE = new LoginId("+4915112345678");

    private final LinkStates states = statesAt(NOW);

    @Test
    void the_browser_that_asked_is_known_with_its_return_to() {
        Issued issued = states.issue(DeliveryMethod.EMAIL, ADA, "/app/x", Optional.empty());

        LinkState state = states.open(issued.state(), states.binding(issued.binding()));

        assertThat(state.sameBrowser()).isTrue();
        assertThat(state.returnTo()).isEqualTo("/app/x");
        assertThat(state.loginIdAmong(List.of("ADA@example.com"))).isPresent();
        assertThat(state.loginIdAmong(List.of("eve@example.com"))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = DeliveryMethod.class,
            names = {"EMAIL", "SMS"})
    void V9_the_binding_of_another_browser_is_no_match(DeliveryMethod method) {
        LoginId loginId = method == DeliveryMethod.EMAIL ? ADA : PHONE;
        Issued issued = states.issue(method, loginId, "/app/x", Optional.empty());
        Issued other = states.issue(method, loginId, "/app/y", Optional.empty());

        assertThat(states.open(issued.state(), states.binding(other.binding())).sameBrowser())
                .isFalse();
        assertThat(states.open(issued.state(), Optional.empty()).sameBrowser()).isFalse();
    }

    @Test
    void the_state_of_an_sms_has_32_characters() {
        Issued issued = states.issue(DeliveryMethod.SMS, PHONE, "/app/" + "x".repeat(2000), Optional.empty());

        LinkState state = states.open(issued.state(), states.binding(issued.binding()));

        assertThat(issued.state()).hasSize(32);
        assertThat(state.sameBrowser()).isTrue();
        assertThat(state.returnTo()).hasSize(2005);
    }

    @Test
    void the_state_of_the_longest_address_is_short_and_still_belongs_to_it_alone() {
        String longest = "a".repeat(64) + "@" + ("b".repeat(60) + ".").repeat(3) + "museum";
        LoginId loginId = LoginId.parse(DeliveryMethod.EMAIL, longest).orElseThrow();

        LinkStates.Issued issued = states.issue(DeliveryMethod.EMAIL, loginId, "/app/account", Optional.empty());

        assertThat(issued.state()).hasSizeLessThanOrEqualTo(300);
        LinkState opened = states.open(issued.state(), states.binding(issued.binding()));
        assertThat(opened.sameBrowser()).isTrue();
        assertThat(opened.returnTo()).isEqualTo("/app/account");
        assertThat(opened.loginIdAmong(java.util.List.of(longest))).isPresent();
        assertThat(states.open(issued.state(), Optional.empty()).loginIdAmong(java.util.List.of("eve@example.com")))
                .isEmpty();
    }

    @Test
    void the_state_of_an_email_has_at_most_300_characters_for_an_ordinary_address() {
        Issued issued = states.issue(
                DeliveryMethod.EMAIL,
                new LoginId("a".repeat(64) + "@" + "b".repeat(30) + ".example"),
                "/app/" + "x".repeat(2000),
                Optional.empty());

        LinkState state = states.open(issued.state(), states.binding(issued.binding()));

        assertThat(issued.state()).hasSizeLessThanOrEqualTo(300);
        assertThat(state.returnTo()).hasSize(2005);
        assertThat(states.open(issued.state(), Optional.empty()).returnTo()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = DeliveryMethod.class,
            names = {"EMAIL", "SMS"})
    void a_state_is_over_after_24_hours(DeliveryMethod method) {
        LoginId loginId = method == DeliveryMethod.EMAIL ? ADA : PHONE;
        Issued issued = states.issue(method, loginId, "/app/x", Optional.empty());
        LinkStates justBefore = statesAt(NOW.plus(Duration.ofHours(24)).minusSeconds(1));
        LinkStates over = statesAt(NOW.plus(Duration.ofHours(24)));

        assertThat(justBefore
                        .open(issued.state(), justBefore.binding(issued.binding()))
                        .sameBrowser())
                .isTrue();
        assertThat(over.binding(issued.binding())).isEmpty();
        assertThat(over.open(issued.state(), Optional.empty())).isSameAs(LinkState.UNKNOWN);
    }

    @Test
    void V25_a_state_with_any_character_changed_is_of_nobody_known() {
        Issued email = states.issue(DeliveryMethod.EMAIL, ADA, "/app/x", Optional.empty());
        Issued sms = states.issue(DeliveryMethod.SMS, PHONE, "/app/x", Optional.empty());

        for (int i = 0; i < email.state().length() - 1; i++) {
            assertThat(states.open(tampered(email.state(), i), states.binding(email.binding())))
                    .as("character %d", i)
                    .isSameAs(LinkState.UNKNOWN);
        }
        for (int i = 0; i < 32; i++) {
            LinkState state = states.open(tampered(sms.state(), i), states.binding(sms.binding()));
            assertThat(state.sameBrowser()).as("character %d", i).isFalse();
            assertThat(state.equals(LinkState.UNKNOWN)
                            || state.loginIdAmong(List.of(PHONE.value())).isEmpty())
                    .as("character %d", i)
                    .isTrue();
        }
    }

    @Test
    void a_binding_is_no_state_and_a_state_no_binding() {
        Issued issued = states.issue(DeliveryMethod.EMAIL, ADA, "/app/x", Optional.empty());

        assertThat(states.open(issued.binding(), Optional.empty())).isSameAs(LinkState.UNKNOWN);
        assertThat(states.binding(issued.state())).isEmpty();
    }

    private static String tampered(String text, int at) {
        return text.substring(0, at) + (text.charAt(at) == 'A' ? 'B' : 'A') + text.substring(at + 1);
    }

    private static LinkStates statesAt(Instant now) {
        return new LinkStates(new ApplicationSeals(List.of("secret"), "shop"), Clock.fixed(now, ZoneOffset.UTC));
    }
}
