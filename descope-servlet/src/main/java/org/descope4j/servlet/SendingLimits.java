package org.descope4j.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.descope4j.DeliveryMethod;

/**
 * How often links are sent: to a recipient, so that nobody's inbox is flooded; for a client address, so that nobody floods many; in
 * total, so that no abuse empties the purse or Descope's patience with this server (S5). And to which phones at all (S6). Thread-safe.
 */
final class SendingLimits {
    private static final int KEY_BYTES = 18;

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
     * @param total empty for no limit
     * @param phonePrefixes such as +49; empty for all
     * @param trustedProxies whose word on the client's address counts
     */
    record Limits(
            Optional<Rate> perRecipient,
            Optional<Rate> perAddress,
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
     * Counts one more link, unless that is too many. The address comes first: whoever has used up their own share can use up nobody
     * else's.
     *
     * @return empty if it may be sent; otherwise how long to wait
     */
    Optional<Duration> tryCount(HttpServletRequest request, LoginId loginId) {
        return clientAddress
                .countable(request)
                .flatMap(address -> exceeded(limits.perAddress(), "address " + address))
                .or(() -> exceeded(limits.perRecipient(), "recipient " + LoginId.normalised(loginId.value())))
                .or(() -> exceeded(limits.total(), "total"));
    }

    private Optional<Duration> exceeded(Optional<Rate> rate, String what) {
        return rate.flatMap(limit -> limiter.tryCount(key(what), limit.count(), limit.period()));
    }

    /** So that no store of counts is a list of people. */
    private String key(String what) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.tag(what.getBytes(UTF_8), KEY_BYTES));
    }
}
