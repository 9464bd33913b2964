package org.descope4j;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNullElse;

import jakarta.json.JsonException;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The only class that knows Descope's paths, headers and statuses; it maps every failure to the {@link DescopeException}
 * family. One call is one request: nothing is retried and no redirect is followed. Thread-safe.
 */
final class ApiGateway {
    private static final Logger LOG = System.getLogger(ApiGateway.class.getName());
    private static final int LARGEST_ANSWER = 1024 * 1024;
    private static final int LARGEST_KEY_SET = 256 * 1024;
    private static final int RATE_LIMITED = 429;
    private static final String RATE_LIMITED_CODE = "E130429";
    private static final Wire.ErrorAnswer NO_ERROR = new Wire.ErrorAnswer(null, null, null);
    private static final Pattern ERROR_CODE = Pattern.compile("[A-Za-z0-9_-]{1,32}");
    private static final Pattern JWT_CHARACTERS = Pattern.compile("[A-Za-z0-9._-]+");

    private final DescopeSettings settings;
    private final Client client;
    private final AnswerReader reader;
    private final Jsonb jsonb;

    ApiGateway(DescopeSettings settings, Client client, AnswerReader reader, Jsonb jsonb) {
        this.settings = settings;
        this.client = client;
        this.reader = reader;
        this.jsonb = jsonb;
    }

    Wire.LinkAnswer requestLink(String operation, DeliveryMethod deliveryMethod, Wire.LinkRequest body) {
        String path = "/v1/auth/magiclink/" + operation + "/" + deliveryMethod.pathSegment();
        return post(path, settings.projectId(), body, Wire.LinkAnswer.class);
    }

    Wire.JwtAnswer verify(String linkToken) {
        return post(
                "/v1/auth/magiclink/verify",
                settings.projectId(),
                new Wire.VerifyRequest(linkToken),
                Wire.JwtAnswer.class);
    }

    Wire.JwtAnswer refresh(String refreshJwt) {
        return post("/v1/auth/refresh", credential(refreshJwt), new Wire.NoArguments(), Wire.JwtAnswer.class);
    }

    void logout(String refreshJwt) {
        post("/v1/auth/logout", credential(refreshJwt), new Wire.NoArguments(), Wire.JwtAnswer.class);
    }

    void logoutAll(String refreshJwt) {
        post("/v1/auth/logoutall", credential(refreshJwt), new Wire.NoArguments(), Wire.JwtAnswer.class);
    }

    /** The project's key set as it came; what it says is judged by the session package. */
    byte[] keys() {
        String path = "/v2/keys/" + settings.projectId();
        return answered(() -> request(path, settings.projectId()).get(), LARGEST_KEY_SET);
    }

    /** What stands behind {@code Bearer}; a colon or a line break in the JWT would make it another credential (K11). */
    private String credential(String refreshJwt) {
        if (!JWT_CHARACTERS.matcher(refreshJwt).matches()) {
            throw new IllegalArgumentException(
                    "Not a JWT: expected base64url characters and dots only; nothing was sent to Descope");
        }
        return settings.projectId() + ":" + refreshJwt;
    }

    private <T> T post(String path, String credential, Object body, Class<T> answerType) {
        Entity<byte[]> entity = Entity.entity(jsonb.toJson(body).getBytes(UTF_8), MediaType.APPLICATION_JSON_TYPE);
        return parsed(answered(() -> request(path, credential).post(entity), LARGEST_ANSWER), answerType);
    }

    private Invocation.Builder request(String path, String credential) {
        return client.target(settings.baseUri() + path)
                .request(MediaType.APPLICATION_JSON_TYPE)
                // Jersey on HttpURLConnection, as in some servers: it would send an unanswered POST twice if it could
                // replay the body, and a link token works once
                .property("jersey.config.client.request.entity.processing", "CHUNKED")
                .property("jersey.config.client.followRedirects", false)
                .header(HttpHeaders.AUTHORIZATION, "Bearer " + credential)
                .header("x-descope-project-id", settings.projectId())
                .header("x-descope-sdk-name", "descope4j");
    }

    /** The body of a successful answer; everything else is thrown. */
    private byte[] answered(Supplier<Response> call, int largest) {
        try (Response response = call.get()) {
            byte[] body = reader.read(response, largest);
            if (response.getStatusInfo().getFamily() != Response.Status.Family.SUCCESSFUL) {
                throw failure(response, body);
            }
            if (response.getStatus() == Response.Status.NO_CONTENT.getStatusCode() || !isJson(response)) {
                throw new DescopeUnavailableException(
                        "Descope answered HTTP " + response.getStatus()
                                + " without JSON; is the base URL right, or a proxy in between?",
                        null);
            }
            return body;
        } catch (ProcessingException | IllegalStateException | IOException e) {
            // IllegalStateException is how a REST client says that its answer was closed while it was read
            throw new DescopeUnavailableException(
                    "Descope could not be reached at " + settings.baseUri() + " or did not answer in time; is it up?",
                    e);
        }
    }

    private DescopeException failure(Response response, byte[] body) {
        int status = response.getStatus();
        Wire.ErrorAnswer error = isJson(response) ? errorOf(body) : NO_ERROR;
        String code = codeOf(error);
        if (status == RATE_LIMITED || code.equals(RATE_LIMITED_CODE)) {
            return new RateLimitedException(RetryAfter.parse(response.getHeaderString(HttpHeaders.RETRY_AFTER)));
        }
        boolean isCodeLost =
                status == Response.Status.UNAUTHORIZED.getStatusCode() && isJson(response) && body.length == 0;
        if (status >= 400 && status < 500 && (!code.isEmpty() || isCodeLost)) {
            // HttpURLConnection throws the body of a 401 away when the request was streamed
            return new RefusedByDescopeException(
                    status,
                    code,
                    requireNonNullElse(error.errorDescription(), ""),
                    requireNonNullElse(error.errorMessage(), ""));
        }
        return new DescopeUnavailableException(
                "Descope answered HTTP " + status + " without an error code of its own; redirects are not followed, so"
                        + " check that the base URL is the service itself",
                null);
    }

    /** The code goes into messages and logs, so it must look like one (L2). */
    private static String codeOf(Wire.ErrorAnswer error) {
        String code = requireNonNullElse(error.errorCode(), "");
        return ERROR_CODE.matcher(code).matches() ? code : "";
    }

    private Wire.ErrorAnswer errorOf(byte[] body) {
        try {
            return parsed(body, Wire.ErrorAnswer.class);
        } catch (DescopeUnavailableException e) {
            // the status alone must do
            return NO_ERROR;
        }
    }

    private <T> T parsed(byte[] json, Class<T> type) {
        T parsed = null;
        try {
            parsed = jsonb.fromJson(new String(json, UTF_8), type);
        } catch (JsonbException | JsonException | IllegalStateException e) {
            // its message quotes the answer, which may hold JWTs: neither message nor cause is passed on
            LOG.log(Level.DEBUG, "An answer of {0} bytes is not the expected JSON: {1}", json.length, e.getClass());
        }
        if (parsed == null) {
            throw new DescopeUnavailableException(
                    "Descope answered with something that is not the expected JSON", null);
        }
        return parsed;
    }

    private static boolean isJson(Response response) {
        MediaType type = response.getMediaType();
        return type != null && MediaType.APPLICATION_JSON_TYPE.isCompatible(type);
    }

    /** The {@code Retry-After} header (RFC 9110 section 10.2.3), bounded (K16). */
    private static final class RetryAfter {
        private static final Duration UNKNOWN = Duration.ofSeconds(60);
        private static final Pattern SECONDS = Pattern.compile("\\d{1,12}");

        private RetryAfter() {}

        static Duration parse(@Nullable String header) {
            if (header == null || !SECONDS.matcher(header.strip()).matches()) {
                return UNKNOWN;
            }
            return Duration.ofSeconds(Math.min(Math.max(Long.parseLong(header.strip()), 1), 300));
        }
    }
}
