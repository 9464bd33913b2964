package org.descope4j.emulator;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Keeps pages of other origins away from the control calls, those of other ports of this machine too: what is served there is not always
 * the developer's own. Programs say neither where a request comes from nor an origin, and are let in.
 */
final class SamePageOnly implements Handler {
    private static final String CONTROL = "/_emulator/";
    /** What a browser says of its own page, and of an address that a person typed. */
    private static final Set<String> OWN = Set.of("same-origin", "none");

    private final Handler next;

    SamePageOnly(Handler next) {
        this.next = next;
    }

    @Override
    public Response handle(Request request) {
        if (request.path().startsWith(CONTROL) && (isByForeignPage(request) || isOfForeignOrigin(request))) {
            throw Refusal.foreignPage();
        }
        return next.handle(request);
    }

    private static boolean isByForeignPage(Request request) {
        return request.headers().containsKey("Sec-Fetch-Site")
                && request.header("Sec-Fetch-Site").filter(OWN::contains).isEmpty();
    }

    private static boolean isOfForeignOrigin(Request request) {
        Optional<String> host = request.header("Host").map(name -> name.toLowerCase(Locale.ROOT));
        return request.headers().containsKey("Origin")
                && request.header("Origin")
                        .map(origin -> origin.toLowerCase(Locale.ROOT))
                        .filter(origin -> host.stream()
                                .flatMap(name -> Stream.of("http://" + name, "https://" + name))
                                .anyMatch(origin::equals))
                        .isEmpty();
    }
}
