package org.descope4j.servlet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.descope4j.emulator.DescopeEmulator;

/** Asks the emulator itself, past everything that can go wrong on the way, which sessions it honours. */
final class DescopeDirectly {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final DescopeEmulator emulator;

    DescopeDirectly(DescopeEmulator emulator) {
        this.emulator = emulator;
    }

    boolean honours(String refreshJwt) {
        return status(request("/v1/auth/me", refreshJwt).GET()) == 200;
    }

    boolean signsOutEverywhere(String refreshJwt) {
        return status(request("/v1/auth/logoutall", refreshJwt)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{}")))
                == 200;
    }

    private HttpRequest.Builder request(String path, String refreshJwt) {
        return HttpRequest.newBuilder(emulator.baseUri().resolve(path))
                .header("Authorization", "Bearer " + emulator.projectId() + ":" + refreshJwt);
    }

    private static int status(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
