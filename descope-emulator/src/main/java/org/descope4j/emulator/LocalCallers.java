package org.descope4j.emulator;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets only programs and pages of this machine in. A loopback socket alone does not do that: a page of another site can point its own
 * name at 127.0.0.1 (DNS rebinding), or make the browser post here.
 */
final class LocalCallers implements Handler {
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Pattern HOST = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:\\[\\]]+)(:[0-9]{1,5})?");

    private final Handler next;

    LocalCallers(Handler next) {
        this.next = next;
    }

    @Override
    public Response handle(Request request) {
        if (request.header("Host").filter(LocalCallers::isLoopback).isEmpty()) {
            throw Refusal.foreignHost();
        }
        if (request.headers().containsKey("Origin")
                && request.header("Origin")
                        .flatMap(LocalCallers::authority)
                        .filter(LocalCallers::isLoopback)
                        .isEmpty()) {
            throw Refusal.foreignOrigin();
        }
        return next.handle(request);
    }

    private static boolean isLoopback(String host) {
        Matcher matcher = HOST.matcher(host);
        return matcher.matches() && LOOPBACK_NAMES.contains(matcher.group(1).toLowerCase(Locale.ROOT));
    }

    private static Optional<String> authority(String origin) {
        try {
            return Optional.ofNullable(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
