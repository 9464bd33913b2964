package org.descope4j;

import static java.util.Objects.requireNonNullElse;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sends a request to Descope and brings its answer, or tells why not as one of the {@link DescopeException} family. A request goes
 * out once, no redirect is followed, and an answer that is not JSON is none. Thread-safe.
 *
 * <p>Calls that wait for Descope may not take every thread of a server (K19): they take {@link Places}. The keys take none, since they
 * judge everybody's session; neither does a refresh, for which {@link RefreshCalls} takes one.
 */
final class Transport implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Transport.class.getName());
    private static final int LARGEST_ANSWER = 1024 * 1024;
    private static final int LARGEST_KEY_SET = 256 * 1024;
    /** Of Jersey; other REST clients know no limit for a single call. */
    private static final String READ_TIMEOUT = "jersey.config.client.readTimeout";

    private static final int RATE_LIMITED = 429;
    private static final String RATE_LIMITED_CODE = "E130429";
    private static final Pattern ERROR_CODE = Pattern.compile("[A-Za-z0-9_-]{1,32}");

    private final DescopeSettings settings;
    private final Client client;
    private final Client patientClient;
    private final JsonBodies json;
    private final AnswerReader reader;
    private final Places places;
    private volatile boolean isClosed;

    /**
     * @param patientClient waits longer for an answer, for calls that go on behind their callers; may be the same where it knows a limit
     *     for each call
     */
    Transport(DescopeSettings settings, Client client, Client patientClient, JsonBodies json, Places places) {
        this.settings = settings;
        this.client = client;
        this.patientClient = patientClient;
        this.json = json;
        this.reader = new AnswerReader();
        this.places = places;
    }

    /** The body of an answer, empty where it had none, and the cookies that came with it by name. */
    static final class Answer {
        private final byte[] body;
        private final Map<String, String> cookies;

        private Answer(byte[] body, Map<String, String> cookies) {
            this.body = body;
            this.cookies = Map.copyOf(cookies);
        }

        byte[] body() {
            return body;
        }

        Map<String, String> cookies() {
            return cookies;
        }
    }

    /** Asks for the project's key set, beside the queue. */
    byte[] getKeys(String path, String credential) {
        return exchanged(() -> request(path, credential).get(), LARGEST_KEY_SET, newDeadline())
                .body();
    }

    /**
     * Asks for something that asking does not change, and once more where the first answer is a server's trouble and came soon: a
     * server that is just being replaced. Both times together take no longer than one may. A connection that drops is another matter:
     * REST clients ask again by themselves then, and both together would be a crowd.
     */
    Answer get(String path, String credential) {
        return inItsPlace(
                deadline -> exchanged(() -> askedTwice(path, credential, deadline), LARGEST_ANSWER, deadline));
    }

    private Response askedTwice(String path, String credential, Deadline deadline) {
        Response first = request(path, credential).get();
        Duration left = deadline.left();
        if (first.getStatus() < 500 || left.compareTo(settings.readTimeout().dividedBy(2)) < 0) {
            return first;
        }
        LOG.log(Level.DEBUG, "Asking Descope for {0} once more: HTTP {1}", path, first.getStatus());
        first.close();
        return request(path, credential)
                .property(READ_TIMEOUT, (int) left.toMillis())
                .get();
    }

    Answer post(String path, String credential, byte[] body) {
        Entity<byte[]> entity = Entity.entity(body, MediaType.APPLICATION_JSON_TYPE);
        return inItsPlace(
                deadline -> exchanged(() -> request(path, credential).post(entity), LARGEST_ANSWER, deadline));
    }

    /** Sends a request that takes no place here, and whose answer may take so long. */
    Answer postPatiently(String path, String credential, byte[] body, Duration longest) {
        Entity<byte[]> entity = Entity.entity(body, MediaType.APPLICATION_JSON_TYPE);
        return exchanged(
                () -> request(patientClient, path, credential)
                        .property(READ_TIMEOUT, (int) longest.toMillis())
                        .post(entity),
                LARGEST_ANSWER,
                Deadline.in(longest));
    }

    Answer delete(String path, String credential) {
        return inItsPlace(deadline -> exchanged(() -> request(path, credential).delete(), LARGEST_ANSWER, deadline));
    }

    private Deadline newDeadline() {
        return Deadline.in(settings.readTimeout());
    }

    private Answer inItsPlace(Function<Deadline, Answer> call) {
        places.take(newDeadline());
        try {
            return call.apply(newDeadline());
        } finally {
            places.leave();
        }
    }

    private Invocation.Builder request(String path, String credential) {
        return request(client, path, credential);
    }

    private Invocation.Builder request(Client sender, String path, String credential) {
        return sender.target(settings.baseUri() + path)
                .request(MediaType.APPLICATION_JSON_TYPE)
                // Jersey on HttpURLConnection, as in some servers: it would send an unanswered POST twice if it could
                // replay the body, and a link token works once
                .property("jersey.config.client.request.entity.processing", "CHUNKED")
                .property("jersey.config.client.followRedirects", false)
                .header(HttpHeaders.AUTHORIZATION, "Bearer " + credential)
                .header("x-descope-project-id", settings.projectId())
                .header("x-descope-sdk-name", "descope4j");
    }

    private Answer exchanged(Supplier<Response> call, int largest, Deadline deadline) {
        try (Response response = call.get()) {
            places.noteAnswer();
            byte[] body = reader.read(response, largest, deadline);
            Optional<byte[]> text = AnswerContent.utf8(response.getHeaderString(HttpHeaders.CONTENT_TYPE), body);
            if (response.getStatus() / 100 != 2) {
                throw failure(response, text, body.length == 0);
            }
            return new Answer(
                    text.orElseThrow(() -> withoutJson(response.getStatus())), AnswerCookies.in(setCookies(response)));
        } catch (ProcessingException | IllegalStateException | IOException e) {
            keepInterrupted(e);
            // IllegalStateException is how a REST client says that its answer was closed while it was read
            throw new DescopeUnavailableException(
                    "Descope could not be reached at " + settings.baseUri() + " or did not answer in time; is it up?",
                    e);
        } catch (DescopeException e) {
            throw e;
        } catch (RuntimeException e) {
            // a REST client that was closed while a call was under way fails in a way of its own; so do filters that an
            // application added to its own
            throw new DescopeUnavailableException(
                    isClosed
                            ? "The connection to Descope was closed"
                            : "The REST client failed: " + e.getClass().getName(),
                    e);
        }
    }

    /** REST clients wrap the interruption of a thread that waits, and forget that it was interrupted (K20). */
    private static void keepInterrupted(Exception failure) {
        if (failure.getCause() instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
    }

    private static DescopeException withoutJson(int status) {
        return new DescopeUnavailableException(
                "Descope answered HTTP " + status + " without JSON; is the base URL right, or a proxy in between?",
                null);
    }

    private DescopeException failure(Response response, Optional<byte[]> text, boolean isEmpty) {
        int status = response.getStatus();
        Wire.ErrorAnswer error = text.map(json::errorIn).orElse(Wire.ErrorAnswer.NONE);
        String code = codeOf(error);
        if (status == RATE_LIMITED || code.equals(RATE_LIMITED_CODE)) {
            return new RateLimitedException(RetryAfter.parse(response.getHeaderString(HttpHeaders.RETRY_AFTER)));
        }
        boolean isCodeLost = status == Response.Status.UNAUTHORIZED.getStatusCode()
                && isEmpty
                && AnswerContent.isNamedJson(response.getHeaderString(HttpHeaders.CONTENT_TYPE));
        boolean isAskedForAgain = status == Response.Status.REQUEST_TIMEOUT.getStatusCode();
        if (status >= 400 && status < 500 && !isAskedForAgain && (!code.isEmpty() || isCodeLost)) {
            // HttpURLConnection throws the body of a 401 away when the request was streamed
            return new RefusedByDescopeException(
                    status,
                    code,
                    requireNonNullElse(error.errorDescription(), ""),
                    requireNonNullElse(error.errorMessage(), requireNonNullElse(error.message(), "")));
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

    private static List<String> setCookies(Response response) {
        return requireNonNullElse(response.getStringHeaders().get(HttpHeaders.SET_COOKIE), List.of());
    }

    @Override
    public void close() {
        isClosed = true;
        reader.close();
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
