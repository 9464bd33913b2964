package org.descope4j.emulator;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets only programs and pages in that call the emulator by one of its names. A loopback socket alone does not keep others out: a page of
 * another site can point its own name at 127.0.0.1 (DNS rebinding), or make the browser post here.
 */
final class KnownCallers implements Handler {
    private static final Pattern HOST = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:\\[\\]]+)(:[0-9]{1,5})?");

    private final Exposure exposure;
    private final Handler next;

    KnownCallers(Exposure exposure, Handler next) {
        this.exposure = exposure;
        this.next = next;
    }

    @Override
    public Response handle(Request request) {
        if (request.header("Host").filter(this::isOurs).isEmpty()) {
            throw Refusal.foreignHost();
        }
        if (request.headers().containsKey("Origin")
                && request.header("Origin")
                        .flatMap(KnownCallers::authority)
                        .filter(this::isOurs)
                        .isEmpty()) {
            throw Refusal.foreignOrigin();
        }
        return next.handle(request);
    }

    private boolean isOurs(String host) {
        Matcher matcher = HOST.matcher(host);
        return matcher.matches() && exposure.answersTo(matcher.group(1));
    }

    private static Optional<String> authority(String origin) {
        try {
            return Optional.ofNullable(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
