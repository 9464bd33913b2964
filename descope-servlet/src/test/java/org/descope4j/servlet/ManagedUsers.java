package org.descope4j.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.descope4j.emulator.DescopeEmulator;

/** The users of an emulator as its project's owner sees them, by the management API. */
final class ManagedUsers {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final DescopeEmulator emulator;

    ManagedUsers(DescopeEmulator emulator) {
        this.emulator = emulator;
    }

    boolean has(String loginId) {
        return load(loginId).statusCode() == 200;
    }

    /** The user's JSON. */
    String json(String loginId) {
        HttpResponse<String> answer = load(loginId);
        if (answer.statusCode() != 200) {
            throw new AssertionError("There is no user " + loginId);
        }
        return answer.body();
    }

    void disable(String loginId) {
        String body = "{\"loginId\":\"" + loginId + "\",\"status\":\"disabled\"}";
        HttpResponse<String> answer = send(to("/v1/mgmt/user/update/status").POST(BodyPublishers.ofString(body)));
        if (answer.statusCode() != 200) {
            throw new AssertionError("The user was not disabled: " + answer.body());
        }
    }

    private HttpResponse<String> load(String loginId) {
        return send(to("/v1/mgmt/user?loginid=" + URLEncoder.encode(loginId, UTF_8)));
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(emulator.baseUri().resolve(path))
                .header("Authorization", "Bearer " + emulator.projectId() + ":" + emulator.managementKey())
                .header("Content-Type", "application/json");
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
