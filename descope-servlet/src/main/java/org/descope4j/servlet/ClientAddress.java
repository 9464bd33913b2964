package org.descope4j.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whose request it is: the peer of the connection; where that is a proxy of ours, the last address in {@code X-Forwarded-For} that is
 * none. What stands further left anybody can write (F4). Thread-safe.
 */
final class ClientAddress {
    private static final Logger LOG = System.getLogger(ClientAddress.class.getName());
    private static final Pattern WITH_PORT = Pattern.compile("\\[([^\\]]*)\\](:\\d+)?|([0-9.]+)(:\\d+)?");

    private static final String FORWARDED_FOR = "X-Forwarded-For";

    private final List<IpRange> trustedProxies;
    private final AtomicBoolean hasWarned = new AtomicBoolean();

    ClientAddress(List<IpRange> trustedProxies) {
        this.trustedProxies = List.copyOf(trustedProxies);
    }

    /**
     * Whom to count a request against: the address, or its network where a household has one of its own. Empty where no proxy is
     * trusted, but one seems to be there: then everybody would have its address, and be locked out together.
     */
    Optional<String> countable(HttpServletRequest request) {
        if (trustedProxies.isEmpty() && request.getHeader(FORWARDED_FOR) != null) {
            if (!hasWarned.getAndSet(true)) {
                LOG.log(
                        Level.WARNING,
                        "Requests come through a proxy ({0}) that is not among descope.trusted-proxies: requests for links are not"
                                + " limited by address. Set it to the addresses of your proxies",
                        request.getRemoteAddr());
            }
            return Optional.empty();
        }
        return Optional.of(IpRange.subscriber(of(request)));
    }

    String of(HttpServletRequest request) {
        String address = request.getRemoteAddr();
        for (String hop : hops(request)) {
            if (!isTrusted(address) || !IpRange.isAddress(hop)) {
                return address;
            }
            address = hop;
        }
        return address;
    }

    private boolean isTrusted(String address) {
        return trustedProxies.stream().anyMatch(range -> range.contains(address));
    }

    /** The nearest first. */
    private static List<String> hops(HttpServletRequest request) {
        List<String> hops = new ArrayList<>();
        for (String header : Collections.list(request.getHeaders(FORWARDED_FOR))) {
            for (String hop : header.split(",", 100)) {
                hops.add(withoutPort(hop.strip()));
            }
        }
        Collections.reverse(hops);
        return hops;
    }

    private static String withoutPort(String hop) {
        Matcher form = WITH_PORT.matcher(hop);
        if (!form.matches()) {
            return hop;
        }
        return form.group(1) == null ? form.group(3) : form.group(1);
    }
}
