package org.descope4j.emulator;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who can reach the emulator. Without being told twice - an address to bind to, and the names that others call this machine by - it is
 * this machine alone. Beyond it, a token guards whatever is not Descope's.
 */
record Exposure(List<InetAddress> addresses, Set<String> hostNames, Optional<String> adminToken) {
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Pattern HOST_NAME = Pattern.compile("[a-z0-9._-]+|\\[[0-9a-f:.]+]");

    private static final byte[] IPV6_LOOPBACK = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    Exposure {
        addresses = List.copyOf(addresses);
        hostNames = Set.copyOf(hostNames);
    }

    /** The exposure that two settings ask for, each of which is empty when it was not given. */
    static Exposure of(String bindAddress, List<String> exposedAs) {
        InetAddress address = bindAddress.isEmpty() ? InetAddress.getLoopbackAddress() : parse(bindAddress);
        if (address.isLoopbackAddress()) {
            requireNoNames(exposedAs);
            return new Exposure(
                    bindAddress.isEmpty() ? loopback() : List.of(address), LOOPBACK_NAMES, Optional.empty());
        }
        if (exposedAs.isEmpty()) {
            throw new IllegalArgumentException(
                    "Whoever reaches the address " + bindAddress
                            + " could sign in as anybody: to listen there, also say by which host names (exposedAs, --expose-as)");
        }
        return new Exposure(List.of(address), names(exposedAs), Optional.of(RandomText.secret()));
    }

    /** The host that others use, or localhost. */
    String mainHost() {
        return hostNames.stream()
                .filter(name -> !LOOPBACK_NAMES.contains(name))
                .sorted()
                .findFirst()
                .orElse("localhost");
    }

    boolean isBeyondThisMachine() {
        return adminToken.isPresent();
    }

    boolean answersTo(String hostName) {
        return hostNames.contains(hostName.toLowerCase(Locale.ROOT));
    }

    private static void requireNoNames(List<String> exposedAs) {
        if (!exposedAs.isEmpty()) {
            throw new IllegalArgumentException("Nobody else can reach the loopback interface: for "
                    + String.join(", ", exposedAs) + ", also say which address to listen on (bindAddress, --bind)");
        }
    }

    private static Set<String> names(List<String> exposedAs) {
        Set<String> names = Stream.concat(
                        LOOPBACK_NAMES.stream(), exposedAs.stream().map(name -> name.toLowerCase(Locale.ROOT)))
                .collect(Collectors.toSet());
        names.stream()
                .filter(name -> !HOST_NAME.matcher(name).matches())
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException(
                            "A host name is one like devbox.example or 192.168.1.5, without a port, not " + name);
                });
        return names;
    }

    private static InetAddress parse(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(
                    "An address to listen on is one of this machine, like 0.0.0.0, not " + address, e);
        }
    }

    /** Both loopback addresses, as far as this machine has them: some programs try one of them only for the name localhost. */
    private static List<InetAddress> loopback() {
        try {
            InetAddress sixth = InetAddress.getByAddress(IPV6_LOOPBACK);
            return NetworkInterface.getByInetAddress(sixth) == null
                    ? List.of(InetAddress.getLoopbackAddress())
                    : Stream.of(InetAddress.getLoopbackAddress(), sixth)
                            .distinct()
                            .toList();
        } catch (UnknownHostException | SocketException e) {
            return List.of(InetAddress.getLoopbackAddress());
        }
    }
}
