package org.descope4j.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a flood uses up, and what it leaves to others. The defaults, unless a test says otherwise. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SendingLimitsTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-30T12:00:00Z"), ZoneOffset.UTC);
    private static final Optional<Rate> PER_RECIPIENT = Rate.parse(SettingKey.LIMIT_PER_RECIPIENT, "5/15m");
    private static final Optional<Rate> PER_ADDRESS = Rate.parse(SettingKey.LIMIT_PER_ADDRESS, "30/15m");
    private static final Optional<Rate> PER_NETWORK = Rate.parse(SettingKey.LIMIT_PER_NETWORK, "150/15m");
    private static final Optional<Rate> TOTAL = Rate.parse(SettingKey.LIMIT_TOTAL, "1000/15m");

    private final InMemorySendLimiter memory = new InMemorySendLimiter(CLOCK);
    private final SendingLimits limits = limits(memory, "");

    @Test
    void N11_somebody_with_all_addresses_of_a_network_of_16_bits_locks_nobody_else_out() {
        int sent = 0;
        for (int number = 0; number < 4000; number++) {
            sent += isSent("198.51." + number % 256 + "." + number / 256, "f" + number + "@flood.example") ? 1 : 0;
        }

        assertThat(sent).isEqualTo(300);
        assertThat(isSent("203.0.113.9", "ada@example.com")).isTrue();
        assertThat(isSent("198.18.0.1", "bob@example.com")).isTrue();
    }

    @Test
    void N11_somebody_with_a_network_of_32_bits_of_IPv6_locks_nobody_else_out() {
        int sent = 0;
        for (int number = 0; number < 4000; number++) {
            String address = "2001:db8:" + Integer.toHexString(number) + "::1";
            sent += isSent(address, "f" + number + "@flood.example") ? 1 : 0;
        }

        assertThat(sent).isEqualTo(300);
        assertThat(isSent("2001:db9::1", "ada@example.com")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "198.51.100.7, 198.51.100.7, 30",
        "2001:db8:1:2::1, 2001:db8:1:2:ffff::9, 30",
        "2001:db8:1:200::1, 2001:db8:1:2ff::9, 60",
        "::ffff:198.51.100.7, 198.51.100.7, 30",
        "[2001:db8:1:2::1], 2001:db8:1:2::9, 30",
        "fe80::1%eth0, fe80::1%eth1, 30"
    })
    void S5_an_address_is_one_however_a_server_writes_it(String flooder, String other, int most) {
        int sent = 0;
        for (int number = 0; number < 40; number++) {
            sent += isSent(flooder, "f" + number + "@flood.example") ? 1 : 0;
        }
        for (int number = 0; number < 40; number++) {
            sent += isSent(other, "g" + number + "@flood.example") ? 1 : 0;
        }

        // an IPv6 site of 56 bits has twice as many as one of its networks
        assertThat(sent).isEqualTo(most);
    }

    @Test
    void N11_floods_from_many_wide_networks_leave_half_of_the_total_to_those_who_took_no_part() {
        // three providers' networks, as much as each may ask for
        for (int wide = 1; wide <= 3; wide++) {
            for (int number = 0; number < 400; number++) {
                isSent("198." + wide + "." + number % 200 + ".9", "f" + wide + "-" + number + "@flood.example");
            }
        }

        int others = 0;
        for (int number = 0; number < 300; number++) {
            others += isSent("100." + number % 100 + "." + number + ".1", "u" + number + "@example.com") ? 1 : 0;
        }

        assertThat(others).isEqualTo(300);
    }

    @Test
    void N11_recipients_that_had_a_link_get_none_of_what_is_kept_for_others() {
        SendingLimits small = limits(memory, "", Optional.empty(), Rate.parse(SettingKey.LIMIT_TOTAL, "10/15m"));
        for (int number = 0; number < 5; number++) {
            assertThat(isSent(small, "198.51.100.1", "ada@example.com")).isTrue();
        }

        assertThat(isSent(small, "203.0.113.1", "bob@example.com")).isTrue();
        assertThat(isSent(small, "198.18.0.1", "bob@example.com")).as("had one").isFalse();
        assertThat(isSent(small, "198.51.100.1", "eve@example.com"))
                .as("from the network that took part")
                .isFalse();
    }

    @Test
    void S5_the_total_is_never_exceeded() {
        SendingLimits small = limits(memory, "", Optional.empty(), Rate.parse(SettingKey.LIMIT_TOTAL, "10/15m"));
        int sent = 0;
        for (int number = 0; number < 200; number++) {
            sent += isSent(small, number + ".0.0.1", "u" + number + "@example.com") ? 1 : 0;
        }

        assertThat(sent).isEqualTo(10);
    }

    @Test
    void N11_a_refused_request_uses_up_no_share_of_the_recipient() {
        for (int number = 0; number < 30; number++) {
            isSent("198.51.100.1", "f" + number + "@flood.example");
        }
        for (int number = 0; number < 100; number++) {
            assertThat(isSent("198.51.100.1", "ada@example.com")).isFalse();
        }

        for (int number = 0; number < 5; number++) {
            assertThat(isSent("203.0.113.9", "ada@example.com")).isTrue();
        }
        assertThat(isSent("203.0.113.9", "ada@example.com")).isFalse();
    }

    @Test
    void N11_a_request_refused_by_the_last_limit_is_counted_nowhere() {
        SendingLimits small = limits(memory, "", PER_ADDRESS, Rate.parse(SettingKey.LIMIT_TOTAL, "1/15m"));
        assertThat(isSent(small, "198.51.100.1", "eve@example.com")).isTrue();
        int before = memory.size();
        for (int number = 0; number < 1000; number++) {
            assertThat(isSent(small, "203.0." + number % 250 + ".1", "u" + number + "@example.com"))
                    .isFalse();
        }

        assertThat(memory.size()).as("nor does it push out what was counted").isEqualTo(before);
    }

    @Test
    void S5_memory_is_bounded_where_limits_are_off() {
        SendingLimits open = limits(memory, "", Optional.empty(), Optional.empty());
        for (int number = 0; number < InMemorySendLimiter.MOST_BUCKETS + 1000; number++) {
            isSent(open, "198.51.100.1", "u" + number + "@example.com");
        }

        assertThat(memory.size()).isEqualTo(InMemorySendLimiter.MOST_BUCKETS);
    }

    @ParameterizedTest
    @CsvSource({
        "ada.lovelace@gmail.com, AdaLovelace+books@googlemail.com",
        "a.d.a@gmail.com, ada@gmail.com",
        "ada@outlook.com, ada+1@outlook.com",
        "ada@hotmail.co.uk, ada+x+y@HOTMAIL.co.uk",
        "ada@icloud.com, ada+1@me.com",
        "ada@fastmail.com, ada+1@fastmail.com",
        "ada@fastmail.com, books@ada.fastmail.com",
        "ada.l@proton.me, ada-l+x@pm.me",
        "ada@yahoo.com, ada-books@yahoo.com"
    })
    void N11_spellings_of_one_mailbox_are_counted_together(String one, String other) {
        SendingLimits single =
                limits(memory, "", PER_ADDRESS, TOTAL, Rate.parse(SettingKey.LIMIT_PER_RECIPIENT, "1/15m"));
        assertThat(isSent(single, "198.51.100.1", one)).isTrue();

        assertThat(isSent(single, "203.0.113.9", other)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "ada@example.com, ada+1@example.com",
        "a.da@example.com, ada@example.com",
        "a.da@outlook.com, ada@outlook.com",
        "ada@outlook.com, ada@hotmail.com",
        "ada-b@gmail.com, ada@gmail.com",
        "ada+1@yahoo.com, ada@yahoo.com",
        "ada@gmail.com, ada@gmail.com.example",
        "+tag@gmail.com, +other@gmail.com"
    })
    void what_may_be_two_people_is_counted_apart(String one, String other) {
        SendingLimits single =
                limits(memory, "", PER_ADDRESS, TOTAL, Rate.parse(SettingKey.LIMIT_PER_RECIPIENT, "1/15m"));
        assertThat(isSent(single, "198.51.100.1", one)).isTrue();

        assertThat(isSent(single, "203.0.113.9", other)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void N11_no_made_up_header_of_whatever_form_gets_a_private_address_out_of_its_bounds(long seed) {
        Random random = new Random(seed);
        SendingLimits perAddress =
                limits(memory, "", Rate.parse(SettingKey.LIMIT_PER_ADDRESS, "3/15m"), Optional.empty());
        int sent = 0;
        for (int number = 0; number < 400; number++) {
            Map<String, String> headers = new HashMap<>();
            if (random.nextInt(5) > 0) {
                headers.put("X-Forwarded-For", madeUp(random, ""));
            }
            if (random.nextInt(3) == 0) {
                headers.put("Forwarded", madeUp(random, "for="));
            }
            sent += perAddress
                            .tryCount(Requests.from("10.0.0.7", headers), new LoginId("u" + number + "@example.com"))
                            .isEmpty()
                    ? 1
                    : 0;
        }

        assertThat(sent).as("ten times what an address has, and its own").isLessThanOrEqualTo(33);
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6, 7, 8})
    void N11_a_client_behind_a_trusted_proxy_gets_two_shares_at_most_whatever_it_writes(long seed) {
        Random random = new Random(seed);
        SendingLimits perAddress =
                limits(memory, "10.0.0.7", Rate.parse(SettingKey.LIMIT_PER_ADDRESS, "3/15m"), Optional.empty());
        int sent = 0;
        for (int number = 0; number < 400; number++) {
            Map<String, String> headers = new HashMap<>();
            // the proxy appends the address that it sees; the rest is the client's
            headers.put("X-Forwarded-For", madeUp(random, "") + ", 198.51.100.1");
            if (random.nextInt(3) == 0) {
                headers.put("Forwarded", madeUp(random, "for="));
            }
            sent += perAddress
                            .tryCount(Requests.from("10.0.0.7", headers), new LoginId("u" + number + "@example.com"))
                            .isEmpty()
                    ? 1
                    : 0;
        }

        assertThat(sent)
                .as("the client's own, and the proxy's where its headers disagree")
                .isLessThanOrEqualTo(6);
    }

    @Test
    void a_limiter_that_keeps_to_the_first_contract_still_limits() {
        SendingLimits old = limits(new FirstContract(memory), "");
        int sent = 0;
        for (int number = 0; number < 10; number++) {
            sent += isSent(old, "203.0.113.9", "ada@example.com") ? 1 : 0;
        }

        assertThat(sent).isEqualTo(5);
    }

    @Test
    void a_limiter_that_fails_is_told_and_everything_is_given_back() {
        List<String> open = new ArrayList<>();
        SendLimiter failing = new SendLimiter() {
            @Override
            public Optional<Duration> tryCount(String key, int count, Duration period) {
                if (open.size() == 3) {
                    throw new IllegalStateException("the store is away");
                }
                open.add(key);
                return Optional.empty();
            }

            @Override
            public void giveBack(String key, int count, Duration period) {
                open.remove(key);
            }
        };

        assertThatThrownBy(() -> isSent(limits(new GuardedSendLimiter(failing), ""), "203.0.113.9", "ada@example.com"))
                .isInstanceOf(ApplicationCode.FailedException.class);
        assertThat(open).isEmpty();
    }

    /** Without what was added to the interface later. */
    private record FirstContract(SendLimiter limiter) implements SendLimiter {
        @Override
        public Optional<Duration> tryCount(String key, int count, Duration period) {
            return limiter.tryCount(key, count, period);
        }
    }

    private static String madeUp(Random random, String before) {
        String[] pieces = {
            "203.0.113.9",
            "198.51." + random.nextInt(256) + ".1",
            "2001:db8:" + random.nextInt(999) + "::1",
            "unknown",
            "",
            "_x",
            "127.0.0.1",
            "10.0.0.7",
            "\"",
            "[::1]:80",
            "1.2.3.4:5",
            "::ffff:1.2.3." + random.nextInt(256),
            ";proto=https",
            "%",
            "\"[2001:db8::" + random.nextInt(99) + "]\"",
            "for=",
            " ",
            "\t",
            "999.1.1.1"
        };
        StringBuilder value = new StringBuilder();
        for (int piece = random.nextInt(5); piece >= 0; piece--) {
            value.append(random.nextBoolean() ? before : "").append(pieces[random.nextInt(pieces.length)]);
            value.append(piece > 0 ? (random.nextBoolean() ? ", " : ",") : "");
        }
        return value.toString();
    }

    private boolean isSent(String address, String loginId) {
        return isSent(limits, address, loginId);
    }

    private static boolean isSent(SendingLimits limits, String address, String loginId) {
        return limits.tryCount(Requests.from(address, Map.of()), new LoginId(loginId))
                .isEmpty();
    }

    private static SendingLimits limits(SendLimiter limiter, String proxies) {
        return limits(limiter, proxies, PER_ADDRESS, TOTAL);
    }

    private static SendingLimits limits(
            SendLimiter limiter, String proxies, Optional<Rate> perAddress, Optional<Rate> total) {
        return limits(limiter, proxies, perAddress, total, PER_RECIPIENT);
    }

    private static SendingLimits limits(
            SendLimiter limiter,
            String proxies,
            Optional<Rate> perAddress,
            Optional<Rate> total,
            Optional<Rate> perRecipient) {
        List<IpRange> trusted = IpRange.parseAll("key", proxies);
        return new SendingLimits(
                new SendingLimits.Limits(
                        perRecipient,
                        perAddress,
                        perAddress.isEmpty() ? Optional.empty() : PER_NETWORK,
                        total,
                        List.of(),
                        trusted),
                new ClientAddress(trusted),
                limiter,
                List.of(ServedApplication.SECRET));
    }
}
