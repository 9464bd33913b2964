package org.descope4j.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.descope4j.DeliveryMethod;

/**
 * How often links are sent: to a recipient, so that nobody's inbox is flooded; for a client address and for networks, so that nobody
 * floods many; in total, so that no abuse empties the purse or Descope's patience with this server (S5). And to which phones at all (S6).
 *
 * <p>Limits that many people share, the total first of all, have two halves. The one is anybody's; the other is for recipients and
 * networks that had none or few links in the period, so that whoever uses up the first half does not lock everybody else out (N11). A
 * refused request is counted nowhere. Thread-safe.
 */
final class SendingLimits {
    private static final int KEY_BYTES = 18;
    /** Behind a proxy that nobody told us of stand many people. */
    private static final int ADDRESSES_BEHIND_A_PROXY = 10;

    private final Limits limits;
    private final ClientAddress clientAddress;
    private final SendLimiter limiter;
    private final Seal digest;

    SendingLimits(Limits limits, ClientAddress clientAddress, SendLimiter limiter, List<String> secrets) {
        this.limits = limits;
        this.clientAddress = clientAddress;
        this.limiter = limiter;
        this.digest = Seal.of(secrets, "sending limits");
    }

    /**
     * What an application has set.
     *
     * @param perRecipient empty for no limit
     * @param perAddress empty for no limit
     * @param perNetwork empty for no limit
     * @param total empty for no limit
     * @param phonePrefixes such as +49; empty for all
     * @param trustedProxies whose word on the client's address counts
     */
    record Limits(
            Optional<Rate> perRecipient,
            Optional<Rate> perAddress,
            Optional<Rate> perNetwork,
            Optional<Rate> total,
            List<String> phonePrefixes,
            List<IpRange> trustedProxies) {
        Limits {
            phonePrefixes = List.copyOf(phonePrefixes);
            trustedProxies = List.copyOf(trustedProxies);
        }
    }

    /** Whether a phone may be written to; every e-mail address may. */
    boolean serves(DeliveryMethod deliveryMethod, LoginId loginId) {
        return deliveryMethod == DeliveryMethod.EMAIL
                || limits.phonePrefixes().isEmpty()
                || limits.phonePrefixes().stream().anyMatch(loginId.value()::startsWith);
    }

    /**
     * Counts one more link, unless that is too many. What is the client's own comes first, the widest network before the address, so that a
     * flood from many addresses makes no new counts; then the recipient; what everybody shares comes last.
     *
     * @return empty if it may be sent; otherwise how long to wait, and nothing was counted
     * @throws ApplicationCode.FailedException if the application's limiter fails, and nothing was counted
     */
    Optional<Duration> tryCount(HttpServletRequest request, LoginId loginId) {
        LimitCount count = new LimitCount(limiter);
        boolean isCounted = false;
        try {
            Optional<Duration> wait = exceeded(count, clientAddress.client(request), Mailbox.of(loginId));
            isCounted = wait.isEmpty();
            return wait;
        } finally {
            if (!isCounted) {
                count.giveBack();
            }
        }
    }

    private Optional<Duration> exceeded(LimitCount count, ClientAddress.Client client, String mailbox) {
        String address = client.address();
        String network = IpRange.network(address, 24, 48);
        String wideNetwork = IpRange.network(address, 16, 32);
        return firstOf(
                () -> exceeded(count, limits.perNetwork(), 2, "wide network " + wideNetwork),
                () -> exceeded(count, limits.perNetwork(), 1, "network " + network),
                // a household may have 256 networks of 64 bits
                () -> exceeded(count, limits.perAddress(), 2, "site " + IpRange.network(address, 32, 56)),
                () -> exceeded(count, limits.perAddress(), 1, "address " + IpRange.network(address, 32, 64)),
                () -> exceeded(count, limits.perRecipient(), 1, "recipient " + mailbox),
                () -> client.undeclaredProxy()
                        .flatMap(proxy -> limits.perAddress()
                                .map(rate -> times(rate, ADDRESSES_BEHIND_A_PROXY))
                                .flatMap(rate -> new Shared(count, "behind " + proxy, rate)
                                        .exceeded(mailbox, network, wideNetwork))),
                () -> limits.total()
                        .flatMap(rate -> new Shared(count, "total", rate).exceeded(mailbox, network, wideNetwork)));
    }

    @SafeVarargs
    private static Optional<Duration> firstOf(Supplier<Optional<Duration>>... questions) {
        for (Supplier<Optional<Duration>> question : questions) {
            Optional<Duration> wait = question.get();
            if (wait.isPresent()) {
                return wait;
            }
        }
        return Optional.empty();
    }

    private Optional<Duration> exceeded(LimitCount count, Optional<Rate> rate, int times, String what) {
        return rate.flatMap(limit -> count.tryAdd(key(what), times(limit, times)));
    }

    private static Rate times(Rate rate, int times) {
        return new Rate(Math.multiplyExact(rate.count(), times), rate.period());
    }

    /** So that no store of counts is a list of people. */
    private String key(String what) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.tag(what.getBytes(UTF_8), KEY_BYTES));
    }

    /**
     * A limit that people share who have nothing to do with each other. Half of it is anybody's. The other half is for recipients that had
     * no link in the period, in networks that had few; and of that half a wide network gets a twentieth, so that not even somebody with all
     * addresses of a provider can take it from the others.
     */
    private final class Shared {
        private final LimitCount count;
        private final String name;
        private final Rate rate;

        Shared(LimitCount count, String name, Rate rate) {
            this.count = count;
            this.name = name;
            this.rate = rate;
        }

        private Optional<Duration> exceeded(String mailbox, String network, String wideNetwork) {
            int reserved = rate.count() / 2;
            boolean isNewRecipient = isLess(1, "recipient " + mailbox);
            boolean isQuietNetwork = isLess(Math.max(2, reserved / 100), "network " + network);
            Optional<Duration> wait = tryAdd(rate.count() - reserved, "anybody");
            if (wait.isEmpty()) {
                return wait;
            }
            boolean hasRoom = reserved > 0
                    && isNewRecipient
                    && isQuietNetwork
                    && isLess(Math.max(4, reserved / 20), "reserve of " + wideNetwork)
                    && isLess(reserved, "reserve");
            return hasRoom ? Optional.empty() : wait;
        }

        private boolean isLess(int most, String what) {
            return tryAdd(most, what).isEmpty();
        }

        private Optional<Duration> tryAdd(int most, String what) {
            return count.tryAdd(key(name + ": " + what), new Rate(most, rate.period()));
        }
    }
}
