package org.descope4j.servlet;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A range of IP addresses, such as {@code 10.0.0.0/8} or {@code 2001:db8::/32}. Immutable; no name is ever looked up. */
final class IpRange {
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])";
    private static final Pattern V4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

    private final byte[] network;
    private final int prefixLength;

    private IpRange(byte[] network, int prefixLength) {
        this.network = network;
        this.prefixLength = prefixLength;
    }

    /**
     * Reads a comma-separated list of addresses and ranges.
     *
     * @throws IllegalArgumentException for anything else; the message names the key
     */
    static List<IpRange> parseAll(String key, String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(range -> !range.isEmpty())
                .map(range -> parse(range)
                        .orElseThrow(
                                () -> new IllegalArgumentException(key + " refused: expected IP addresses or ranges"
                                        + " such as 10.0.0.0/8, comma-separated; got " + range)))
                .toList();
    }

    private static Optional<IpRange> parse(String text) {
        int slash = text.indexOf('/');
        Optional<byte[]> address = bytes(slash < 0 ? text : text.substring(0, slash));
        if (address.isEmpty()) {
            return Optional.empty();
        }
        int bits = address.get().length * 8;
        int length = slash < 0 ? bits : prefixLength(text.substring(slash + 1), bits);
        return length < 0 ? Optional.empty() : Optional.of(new IpRange(masked(address.get(), length), length));
    }

    boolean contains(String address) {
        return bytes(address)
                .filter(bytes -> bytes.length == network.length)
                .filter(bytes -> Arrays.equals(masked(bytes, prefixLength), network))
                .isPresent();
    }

    /** Whether a text is an address at all. */
    static boolean isAddress(String text) {
        return bytes(text).isPresent();
    }

    /**
     * The network of an address: the first so many bits, in one spelling. What is no address is its own network.
     *
     * @param v4Bits of an IPv4 address, also where it is written as an IPv6 one
     * @param v6Bits of an IPv6 address
     */
    static String network(String address, int v4Bits, int v6Bits) {
        Optional<byte[]> bytes = bytes(address);
        if (bytes.isEmpty()) {
            return address;
        }
        try {
            int length = bytes.get().length == 4 ? v4Bits : v6Bits;
            return InetAddress.getByAddress(masked(bytes.get(), length)).getHostAddress() + "/" + length;
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 or 16 bytes are an address", e);
        }
    }

    /** A literal only: what looks like a name would be looked up. An IPv4 address in IPv6 clothes comes out as IPv4. */
    private static Optional<byte[]> bytes(String literal) {
        boolean isV6 = literal.contains(":") && V6.matcher(literal).matches();
        if (!isV6 && !V4.matcher(literal).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(literal).getAddress());
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static int prefixLength(String text, int bits) {
        if (!text.matches("[0-9]{1,3}")) {
            return -1;
        }
        int length = Integer.parseInt(text);
        return length <= bits ? length : -1;
    }

    private static byte[] masked(byte[] address, int prefixLength) {
        byte[] masked = address.clone();
        for (int bit = prefixLength; bit < masked.length * 8; bit++) {
            masked[bit / 8] &= (byte) ~(0x80 >>> (bit % 8));
        }
        return masked;
    }
}
