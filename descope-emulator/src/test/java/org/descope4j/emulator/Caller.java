package org.descope4j.emulator;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonStructure;
import jakarta.json.spi.JsonProvider;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.text.ParseException;
import java.util.Map;

/** Speaks to an emulator as any HTTP client would. */
final class Caller {
    static final String REDIRECT = "http://localhost:8080/auth/verify";

    private static final JsonReaderFactory READERS = JsonProvider.provider().createReaderFactory(Map.of());

    private final HttpClient http = HttpClient.newHttpClient();
    private final DescopeEmulator emulator;
    private final String projectId;

    Caller(DescopeEmulator emulator) {
        this(emulator, emulator.projectId());
    }

    /** A caller of a project that need not be the first, nor be there. */
    Caller(DescopeEmulator emulator, String projectId) {
        this.emulator = emulator;
        this.projectId = projectId;
    }

    /** An answer whose body has arrived. */
    record Answer(int status, HttpResponse<String> response) {
        String body() {
            return response.body();
        }

        JsonObject json() {
            try (JsonReader reader = READERS.createReader(new StringReader(body()))) {
                return reader.readObject();
            }
        }

        JsonStructure structure() {
            try (JsonReader reader = READERS.createReader(new StringReader(body()))) {
                return reader.read();
            }
        }

        JsonArray array() {
            try (JsonReader reader = READERS.createReader(new StringReader(body()))) {
                return reader.readArray();
            }
        }

        String text(String field) {
            return json().getString(field);
        }

        /** The claims of the session JWT, unverified. */
        JWTClaimsSet sessionClaims() {
            try {
                return SignedJWT.parse(text("sessionJwt")).getJWTClaimsSet();
            } catch (ParseException e) {
                throw new IllegalStateException("No session JWT came: " + body(), e);
            }
        }

        JsonObject user() {
            return json().getJsonObject("user");
        }

        String errorCode() {
            return json().getString("errorCode", "none, but " + body());
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    Answer post(String path, String json) {
        return send("POST", path, "Bearer " + projectId, BodyPublishers.ofString(json));
    }

    Answer post(String path, String json, String refreshJwt) {
        return send("POST", path, "Bearer " + projectId + ":" + refreshJwt, BodyPublishers.ofString(json));
    }

    Answer get(String path) {
        return send("GET", path, "Bearer " + projectId, BodyPublishers.noBody());
    }

    Answer get(String path, String refreshJwt) {
        return send("GET", path, "Bearer " + projectId + ":" + refreshJwt, BodyPublishers.noBody());
    }

    Answer send(String method, String path, String authorization, BodyPublisher body) {
        return send(HttpRequest.newBuilder(emulator.baseUri().resolve(path))
                .method(method, body)
                .header("Content-Type", "application/json")
                .header("Authorization", authorization)
                .build());
    }

    Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Answer askForLink(String operation, String loginId) {
        return post(
                "/v1/auth/magiclink/" + operation + "/email",
                "{\"loginId\":\"" + loginId + "\",\"URI\":\"" + REDIRECT + "\"}");
    }

    /** The token of the link that sign-up-or-in by e-mail sent. */
    String linkTokenFor(String loginId) {
        askForLink("signup-in", loginId);
        return emulator.project(projectId).inbox().latest(loginId).token();
    }

    Answer verify(String linkToken) {
        return post("/v1/auth/magiclink/verify", "{\"token\":\"" + linkToken + "\"}");
    }

    /** Verifies the newest link to somebody. */
    Answer verifyLatest(String to) {
        return verify(emulator.project(projectId).inbox().latest(to).token());
    }

    /** Signs a user in and answers what verify answered. */
    Answer signIn(String loginId) {
        return verify(linkTokenFor(loginId));
    }
}
