package org.descope4j.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whose request it is: the peer of the connection; where that is a proxy of ours, the last address in {@code X-Forwarded-For} or
 * {@code Forwarded} (RFC 7239) that is none. What stands further left anybody can write (F4); so can a client write the one of the two
 * headers that our proxy does not, so where they disagree neither counts. Thread-safe.
 */
final class ClientAddress {
    private static final Logger LOG = System.getLogger(ClientAddress.class.getName());
    private static final Pattern WITH_PORT = Pattern.compile("\\[([^\\]]*)\\](:\\d+)?|([0-9.]+)(:\\d+)?");
    /** RFC 7239 section 4, without what no address holds: a quote that was left open must not swallow what our proxy wrote. */
    private static final Pattern FORWARDED_PAIR =
            Pattern.compile("\\s*(?<name>[A-Za-z-]+)=(\"(?<quoted>[^\"\\\\,;]*)\"|(?<plain>[^\\s\",;=]+))\\s*");

    private static final String FORWARDED_FOR = "X-Forwarded-For";
    private static final String FORWARDED = "Forwarded";
    /** Where proxies stand; nobody on the internet sends from there. */
    private static final List<IpRange> PRIVATE = IpRange.parseAll(
            "private networks",
            "127.0.0.0/8, 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 169.254.0.0/16, 100.64.0.0/10, ::1, fc00::/7, fe80::/10");

    private final List<IpRange> trustedProxies;
    private final AtomicBoolean hasWarned = new AtomicBoolean();

    ClientAddress(List<IpRange> trustedProxies) {
        this.trustedProxies = List.copyOf(trustedProxies);
    }

    /**
     * Whom to count a request against.
     *
     * @param address the client's
     * @param undeclaredProxy the peer, where no proxy is trusted but this seems to be one: what it says of the client's address can be
     *     made up, so everybody behind it shares a limit
     */
    record Client(String address, Optional<String> undeclaredProxy) {}

    /**
     * The client of a request, which no header gets out of being counted. Where no proxy is trusted, but one seems to be there, in a network
     * of the application's own, its word is taken, lest everybody be locked out together; and everybody behind it is counted as well. A
     * header without an address is no proxy's, and such a request is the peer's own.
     */
    Client client(HttpServletRequest request) {
        String peer = peer(request);
        if (!trustedProxies.isEmpty() || !isIn(PRIVATE, peer)) {
            return new Client(of(request), Optional.empty());
        }
        String client = clientOf(request, PRIVATE);
        if (client.equals(peer)) {
            return new Client(peer, Optional.empty());
        }
        if (!hasWarned.getAndSet(true)) {
            LOG.log(
                    Level.WARNING,
                    "Requests come through a proxy ({0}) that is not among descope.trusted-proxies: its word on who asks for links"
                            + " can be made up, so everybody behind it shares one limit. Set the key to the addresses of your"
                            + " proxies",
                    peer);
        }
        return new Client(client, Optional.of(peer));
    }

    String of(HttpServletRequest request) {
        return clientOf(request, trustedProxies);
    }

    private static String clientOf(HttpServletRequest request, List<IpRange> proxies) {
        String peer = peer(request);
        List<String> forwardedFor = hops(request, FORWARDED_FOR, ClientAddress::hopsOf);
        List<String> forwarded = hops(request, FORWARDED, ClientAddress::forwardedHopsOf);
        String client = clientBehind(peer, forwardedFor.isEmpty() ? forwarded : forwardedFor, proxies);
        boolean isDisputed = !forwardedFor.isEmpty()
                && !forwarded.isEmpty()
                && !client.equals(clientBehind(peer, forwarded, proxies));
        return isDisputed ? peer : client;
    }

    /** Some servers write an IPv6 address in brackets (Jetty), some with the zone of a link-local one behind it. */
    private static String peer(HttpServletRequest request) {
        String address = String.valueOf(request.getRemoteAddr());
        String bare =
                address.startsWith("[") && address.endsWith("]") ? address.substring(1, address.length() - 1) : address;
        int zone = bare.indexOf('%');
        return zone < 0 ? bare : bare.substring(0, zone);
    }

    private static String clientBehind(String peer, List<String> hops, List<IpRange> proxies) {
        String address = peer;
        for (String hop : hops) {
            if (!isIn(proxies, address) || !IpRange.isAddress(hop)) {
                return address;
            }
            address = hop;
        }
        return address;
    }

    private static boolean isIn(List<IpRange> ranges, String address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    /** The nearest first. */
    private static List<String> hops(
            HttpServletRequest request, String header, Function<String, Stream<String>> hopsOfLine) {
        List<String> hops = new ArrayList<>();
        for (String line : Collections.list(request.getHeaders(header))) {
            hopsOfLine.apply(line).map(ClientAddress::withoutPort).forEach(hops::add);
        }
        Collections.reverse(hops);
        return hops;
    }

    private static Stream<String> hopsOf(String line) {
        return Arrays.stream(line.split(",", -1)).map(String::strip);
    }

    private static Stream<String> forwardedHopsOf(String line) {
        return Arrays.stream(line.split(",", -1)).map(ClientAddress::forwardedFor);
    }

    /** The address of one element; what is no address where the element is not well-formed, which ends the chain of trust. */
    private static String forwardedFor(String element) {
        String address = "";
        for (String pair : element.split(";", 20)) {
            Matcher form = FORWARDED_PAIR.matcher(pair);
            if (!form.matches()) {
                return "";
            }
            if (form.group("name").equalsIgnoreCase("for")) {
                address = form.group("plain") == null ? form.group("quoted") : form.group("plain");
            }
        }
        return address;
    }

    private static String withoutPort(String hop) {
        Matcher form = WITH_PORT.matcher(hop);
        if (!form.matches()) {
            return hop;
        }
        return form.group(1) == null ? form.group(3) : form.group(1);
    }
}
