package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.descope4j.DescopeSettings;
import org.descope4j.emulator.DescopeEmulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How often links are sent, and to whom. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LimitsTest {
    private static final String FORM = "/app/auth/sign-in";

    private final DescopeEmulator emulator = DescopeEmulator.start();

    @AfterEach
    void stop() {
        emulator.close();
    }

    @Test
    void S5_a_recipient_is_sent_so_many_links_and_after_a_while_another() {
        try (ServedApplication application = started(settings -> settings.limitPerRecipient("3/15m"))) {
            Browser browser = application.browser();
            for (int link = 0; link < 3; link++) {
                assertThat(browser.askForLink("email", "ada@example.com", "").status())
                        .isEqualTo(303);
            }

            Answer refused = browser.askForLink("email", "ADA@example.com", "");

            assertThat(refused.status()).isEqualTo(429);
            assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(290, 300);
            assertThat(emulator.inbox().messages("ada@example.com")).hasSize(3);
            assertThat(browser.askForLink("email", "bob@example.com", "").status())
                    .as("others are not concerned")
                    .isEqualTo(303);
            emulator.advanceClock(Duration.ofMinutes(5));
            assertThat(browser.askForLink("email", "ada@example.com", "").status())
                    .isEqualTo(303);
        }
    }

    @Test
    void S5_an_address_may_ask_for_so_many_links_whomever_they_are_for() {
        try (ServedApplication application = started(settings -> settings.limitPerAddress("3/15m"))) {
            Browser browser = application.browser();
            for (String name : List.of("a", "b", "c")) {
                browser.askForLink("email", name + "@example.com", "");
            }

            assertThat(application
                            .browser()
                            .askForLink("email", "d@example.com", "")
                            .status())
                    .isEqualTo(429);
            assertThat(emulator.inbox().messages("d@example.com")).isEmpty();
        }
    }

    @Test
    void S5_whoever_has_used_up_their_own_share_uses_up_nobody_elses() {
        try (ServedApplication application = started(settings ->
                settings.limitPerAddress("1/15m").limitPerRecipient("1/15m").trustedProxies("127.0.0.1"))) {
            asked(application, "a@example.com", "198.51.100.1");

            asked(application, "victim@example.com", "198.51.100.1");

            assertThat(asked(application, "victim@example.com", "198.51.100.2").status())
                    .isEqualTo(303);
        }
    }

    @Test
    void S5_the_total_protects_the_purse() {
        try (ServedApplication application = started(settings -> settings.limitTotal("2/h"))) {
            Browser browser = application.browser();
            browser.askForLink("email", "a@example.com", "");
            browser.askForLink("email", "b@example.com", "");

            assertThat(browser.askForLink("email", "c@example.com", "").status())
                    .isEqualTo(429);
        }
    }

    @Test
    void S5_GHSA_p6v2_xcpg_h6xw_an_IPv6_network_is_one_address() {
        try (ServedApplication application =
                started(settings -> settings.limitPerAddress("1/15m").trustedProxies("127.0.0.1"))) {
            asked(application, "a@example.com", "2001:db8:1:2::1");

            assertThat(asked(application, "b@example.com", "2001:db8:1:2:ffff::9")
                            .status())
                    .isEqualTo(429);
            assertThat(asked(application, "c@example.com", "2001:db8:1:3::1").status())
                    .isEqualTo(303);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.9, 203.0.113.9",
        "'198.51.100.7, 203.0.113.9', 203.0.113.9",
        "'203.0.113.9, 10.0.0.5', 203.0.113.9",
        "'198.51.100.7, 203.0.113.9, 10.1.2.3', 203.0.113.9",
        "203.0.113.9:4711, 203.0.113.9",
        "'[2001:db8::9]:4711', 2001:db8::9",
        "'203.0.113.9, unknown', 127.0.0.1",
        "'203.0.113.9, evil.example', 127.0.0.1",
        "'203.0.113.9, 127.999.0.1', 127.0.0.1"
    })
    void F4_the_client_is_the_last_hop_that_is_no_proxy_of_ours(String forwardedFor, String expected) {
        ClientAddress clients = new ClientAddress(IpRange.parseAll("key", "127.0.0.1, 10.0.0.0/8"));

        assertThat(clients.of(Requests.from("127.0.0.1", "X-Forwarded-For", forwardedFor)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "for=203.0.113.9, 203.0.113.9",
        "'for=198.51.100.7, for=203.0.113.9;proto=https;by=10.0.0.1', 203.0.113.9",
        "'for=203.0.113.9, for=10.1.2.3', 203.0.113.9",
        "'For=\"203.0.113.9:4711\"', 203.0.113.9",
        "'for=\"[2001:db8::9]:4711\"', 2001:db8::9",
        "'for=203.0.113.9, for=_hidden', 127.0.0.1",
        "'for=203.0.113.9, for=unknown', 127.0.0.1",
        "'for=198.51.100.7, for=\"203.0.113.9', 127.0.0.1",
        "'for=\"198.51.100.7, for=203.0.113.9', 203.0.113.9",
        "proto=https, 127.0.0.1"
    })
    void S5_F4_the_standard_header_says_the_same(String forwarded, String expected) {
        ClientAddress clients = new ClientAddress(IpRange.parseAll("key", "127.0.0.1, 10.0.0.0/8"));

        assertThat(clients.of(Requests.from("127.0.0.1", Map.of("Forwarded", forwarded))))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "for=203.0.113.9, 203.0.113.9, 203.0.113.9",
        "for=198.51.100.7, 203.0.113.9, 127.0.0.1",
        "for=nobody, 203.0.113.9, 127.0.0.1"
    })
    void S5_F4_a_header_that_our_proxy_does_not_write_changes_nobody(
            String forwarded, String forwardedFor, String expected) {
        ClientAddress clients = new ClientAddress(IpRange.parseAll("key", "127.0.0.1"));

        assertThat(clients.of(
                        Requests.from("127.0.0.1", Map.of("Forwarded", forwarded, "X-Forwarded-For", forwardedFor))))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"198.51.100.7", "2001:db8::7"})
    void S5_whoever_comes_from_the_internet_cannot_get_rid_of_the_limit_by_a_header(String peer) {
        ClientAddress clients = new ClientAddress(List.of());

        for (String header : List.of("X-Forwarded-For", "Forwarded")) {
            String value = header.equals("Forwarded") ? "for=203.0.113.9" : "203.0.113.9";
            assertThat(clients.client(Requests.from(peer, Map.of(header, value))))
                    .isEqualTo(new ClientAddress.Client(peer, Optional.empty()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                ", ,",
                "unknown",
                "x",
                "_hidden",
                "127.0.0.1",
                "127.0.0.1, 127.0.0.1",
                "203.0.113.9, ",
                "203.0.113.9, unknown",
                "203.0.113.9 ",
                "203.0.113.9;",
                "256.1.1.1",
                "1.2.3",
                "::1::",
                "[",
                "]",
                "[]",
                "[::g]",
                "for=203.0.113.9",
                "null",
                "localhost",
                "evil.example",
                "203.0.113.9,\t",
                "0x7f.1",
                "2130706433"
            })
    void N11_an_odd_forwarding_header_from_a_private_address_escapes_nothing(String value) {
        try (ServedApplication application = started(settings -> settings.limitPerAddress("3/15m"))) {
            for (String name : List.of("a", "b", "c")) {
                asked(application, name + "@example.com", value);
            }

            int status = asked(application, "d@example.com", value).status();

            assertThat(status).isEqualTo(429);
            assertThat(emulator.inbox().messages("d@example.com")).isEmpty();
        }
    }

    @Test
    void N11_made_up_addresses_from_a_private_address_are_bounded_together() {
        try (ServedApplication application = started(settings -> settings.limitPerAddress("2/15m"))) {
            int sent = 0;
            for (int hop = 0; hop < 60; hop++) {
                String madeUp = "203." + hop + ".113.9";
                sent += asked(application, "r" + hop + "@example.com", madeUp).status() == 303 ? 1 : 0;
            }

            assertThat(sent).isEqualTo(20);
            assertThat(application
                            .browser()
                            .askForLink("email", "ada@example.com", "")
                            .status())
                    .as("whoever comes without the header has a share of their own")
                    .isEqualTo(303);
        }
    }

    @Test
    void F4_whom_nobody_trusts_cannot_say_who_they_are() {
        ClientAddress clients = new ClientAddress(IpRange.parseAll("key", "10.0.0.0/8"));

        assertThat(clients.of(Requests.from("198.51.100.7", "X-Forwarded-For", "203.0.113.9")))
                .isEqualTo("198.51.100.7");
    }

    @Test
    void behind_a_proxy_that_nobody_told_us_of_people_are_not_locked_out_together() {
        try (ServedApplication application = started(settings -> settings.limitPerAddress("1/15m"))) {
            asked(application, "a@example.com", "203.0.113.1");

            assertThat(asked(application, "b@example.com", "203.0.113.2").status())
                    .isEqualTo(303);
        }
    }

    @Test
    void S6_a_country_that_is_not_served_costs_nothing_and_is_answered_alike() {
        try (ServedApplication application = started(settings -> settings.phonePrefixes("+49, +1415"))) {
            Answer served = application.browser().askForLink("sms", "+4915112345678", "");
            Answer other = application.browser().askForLink("sms", "+8821612345678", "");
            Answer nearby = application.browser().askForLink("sms", "+12425551234", "");

            assertThat(other.status()).isEqualTo(nearby.status()).isEqualTo(served.status());
            assertThat(other.location()).isEqualTo(served.location());
            assertThat(other.setCookie("DSB").length())
                    .isEqualTo(served.setCookie("DSB").length());
            assertThat(emulator.inbox().messages()).hasSize(1);
        }
    }

    @Test
    void limits_can_be_switched_off() {
        try (ServedApplication application = started(settings ->
                settings.limitPerRecipient("off").limitPerAddress("off").limitTotal("off"))) {
            Browser browser = application.browser();
            for (int link = 0; link < 40; link++) {
                assertThat(browser.askForLink("email", "ada@example.com", "").status())
                        .isEqualTo(303);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "0/m", "-1/m", "5/0m", "5/15", "5/15w", "5 per minute", "99999999/m", "5/999999d"})
    void a_limit_that_cannot_be_read_names_its_key(String limit) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings().limitTotal(limit).build())
                .withMessageContaining("descope.limits.total");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"proxy.example.com", "10.0.0.0/33", "10.0.0/8", "::1/129", "10.0.0.1-10.0.0.9", "1.2.3.4/a"})
    void a_proxy_is_an_address_or_a_range_and_no_name_is_looked_up(String proxies) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings().trustedProxies(proxies).build())
                .withMessageContaining("descope.trusted-proxies");
    }

    @ParameterizedTest
    @ValueSource(strings = {"49", "DE", "+0", "+", "+49151x"})
    void a_prefix_is_the_beginning_of_a_number(String prefixes) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings().phonePrefixes(prefixes).build())
                .withMessageContaining("descope.phone-prefixes");
    }

    private static ServletSettings.Builder settings() {
        return ServletSettings.forProject(DescopeSettings.forProject("P2abcdefghijklmnopqrstuvwxyz")
                        .build())
                .publicUrl("https://app.example.com");
    }

    private ServedApplication started(UnaryOperator<ServletSettings.Builder> change) {
        URI descope = emulator.baseUri();
        return ServedApplication.start(emulator, descope, change);
    }

    private static Answer asked(ServedApplication application, String email, String forwardedFor) {
        Browser browser = application.browser();
        String csrf = browser.get(FORM).hidden("_descope_csrf");
        return browser.post(
                FORM,
                Map.of("_descope_csrf", csrf, "loginId", email, "deliveryMethod", "email"),
                "X-Forwarded-For",
                forwardedFor);
    }
}
