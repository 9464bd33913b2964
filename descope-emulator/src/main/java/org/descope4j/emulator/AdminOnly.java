package org.descope4j.emulator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Demands the admin token for whatever is not Descope's: the inbox and the control calls. Programs send it as Bearer token; people open
 * the inbox with it once, and their browser keeps it as a cookie.
 */
final class AdminOnly implements Handler {
    static final String PARAMETER = "admin";

    private static final String COOKIE = "descope-emulator-admin";

    private final String token;
    private final Handler next;

    AdminOnly(String token, Handler next) {
        this.token = token;
        this.next = next;
    }

    @Override
    public Response handle(Request request) {
        if (request.path().equals(InboxPage.LANDING_PATH)) {
            return next.handle(request);
        }
        if (request.method().equals("GET")
                && request.parameter(PARAMETER).filter(this::isToken).isPresent()) {
            return Response.redirect(request.path())
                    .with("Set-Cookie", COOKIE + "=" + token + "; Path=/; HttpOnly; SameSite=Strict");
        }
        if (Stream.of(bearer(request), cookie(request))
                .flatMap(Optional::stream)
                .noneMatch(this::isToken)) {
            throw Refusal.notAdmin();
        }
        return next.handle(request);
    }

    private static Optional<String> bearer(Request request) {
        return request.header("Authorization")
                .filter(value -> value.startsWith("Bearer "))
                .map(value -> value.substring("Bearer ".length()));
    }

    private static Optional<String> cookie(Request request) {
        return request.header("Cookie").stream()
                .flatMap(value -> Stream.of(value.split(";")))
                .map(String::strip)
                .filter(pair -> pair.startsWith(COOKIE + "="))
                .map(pair -> pair.substring(COOKIE.length() + 1))
                .findFirst();
    }

    private boolean isToken(String text) {
        return MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8), text.getBytes(StandardCharsets.UTF_8));
    }
}
