package org.descope4j.emulator;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.regex.Pattern;

/** The cookies of a project's JWTs: their names, and whether they carry the JWTs instead of the answer's body. */
record TokenCookies(boolean carryTokens, String sessionName, String refreshName) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    TokenCookies {
        if (!NAME.matcher(sessionName).matches() || !NAME.matcher(refreshName).matches()) {
            throw new IllegalArgumentException("A cookie's name consists of letters, digits and !#$%&'*+.^_`|~-");
        }
        if (sessionName.equals(refreshName)) {
            throw new IllegalArgumentException("The two cookies need different names");
        }
    }

    /** An answer whose JWTs stand where this project wants them. */
    Response answer(JsonObject json) {
        if (!carryTokens) {
            return Response.json(json);
        }
        Response bare = Response.json(
                Json.copy(json).add("sessionJwt", "").add("refreshJwt", "").build());
        Duration age = Duration.ofSeconds(json.getInt("cookieMaxAge"));
        Response withSession = withCookie(bare, sessionName, json.getString("sessionJwt"), age);
        return withCookie(withSession, refreshName, json.getString("refreshJwt"), age);
    }

    /** An answer that removes both cookies, where they carry the JWTs. */
    Response signedOut(JsonObject json) {
        return carryTokens
                ? Response.json(json)
                        .with("Set-Cookie", cookie(sessionName, "", Duration.ZERO))
                        .with("Set-Cookie", cookie(refreshName, "", Duration.ZERO))
                : Response.json(json);
    }

    private static Response withCookie(Response response, String name, String jwt, Duration age) {
        return jwt.isEmpty() ? response : response.with("Set-Cookie", cookie(name, jwt, age));
    }

    private static String cookie(String name, String value, Duration age) {
        return name + "=" + value + "; Path=/; Max-Age=" + age.toSeconds() + "; HttpOnly; Secure; SameSite=Strict";
    }
}
