package org.descope4j.recorded;

import static java.util.Objects.requireNonNull;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.descope4j.DescopeUnavailableException;
import org.descope4j.RateLimitedException;
import org.descope4j.RefusedByDescopeException;
import org.descope4j.session.InvalidSessionException;
import org.descope4j.session.KeysUnavailableException;
import org.jspecify.annotations.Nullable;

/** How a call of ours ended: with what its result says, or with an exception. */
final class Outcome {
    private final @Nullable JsonValue returned;
    private final @Nullable RuntimeException thrown;

    private Outcome(@Nullable JsonValue returned, @Nullable RuntimeException thrown) {
        this.returned = returned;
        this.thrown = thrown;
    }

    static Outcome of(OurCall call) {
        try {
            return new Outcome(call.make(), null);
        } catch (RuntimeException e) {
            return new Outcome(null, e);
        }
    }

    /** Where it differs from theirs; absent where our result carries all of theirs, or our exception says what theirs does. */
    Optional<String> differsFrom(RecordedCall call, RecordedTokens tokens, Optional<JsonObject> lastAnswer) {
        Optional<JsonValue> theirs = success(call).map(tokens::filledIn);
        if (theirs.isEmpty()) {
            return thrown == null ? Optional.of("they failed") : Failure.wrong(thrown, lastAnswer);
        }
        if (returned == null) {
            return Optional.of("they succeeded");
        }
        return call.isDynamic() ? Optional.empty() : missing("", theirs.get(), returned);
    }

    /** What the recorded call brought, under one roof: the Node client hands on the HTTP answer of some calls. */
    private static Optional<JsonValue> success(RecordedCall call) {
        if (!call.outcome().getString("kind").equals("returned")) {
            return Optional.empty();
        }
        JsonValue value = call.outcome().getOrDefault("value", JsonValue.NULL);
        if (value instanceof JsonObject answer && answer.containsKey("ok")) {
            return answer.getBoolean("ok")
                    ? Optional.of(unwrapped(answer.getOrDefault("data", JsonValue.NULL)))
                    : Optional.empty();
        }
        return Optional.of(value);
    }

    private static JsonValue unwrapped(JsonValue data) {
        return data instanceof JsonObject object && object.containsKey("authHistory")
                ? requireNonNull(object.get("authHistory"))
                : data;
    }

    /** Theirs may lack what ours has, and an empty value of theirs says nothing. */
    private static Optional<String> missing(String path, JsonValue theirs, @Nullable JsonValue ours) {
        if (isEmpty(theirs) || theirs.equals(ours)) {
            return Optional.empty();
        }
        if (theirs instanceof JsonObject object && ours instanceof JsonObject ourObject) {
            for (Map.Entry<String, JsonValue> member : object.entrySet()) {
                Optional<String> missing =
                        missing(path + "." + member.getKey(), member.getValue(), ourObject.get(member.getKey()));
                if (missing.isPresent()) {
                    return missing;
                }
            }
            return Optional.empty();
        }
        if (theirs instanceof JsonArray array
                && ours instanceof JsonArray ourArray
                && array.size() == ourArray.size()) {
            for (int index = 0; index < array.size(); index++) {
                Optional<String> missing = missing(path + "[" + index + "]", array.get(index), ourArray.get(index));
                if (missing.isPresent()) {
                    return missing;
                }
            }
            return Optional.empty();
        }
        return isSame(theirs, ours) ? Optional.empty() : Optional.of("not carried: " + path);
    }

    private static boolean isSame(JsonValue theirs, @Nullable JsonValue ours) {
        if (theirs instanceof JsonNumber number && ours instanceof JsonNumber ourNumber) {
            return number.bigDecimalValue().compareTo(ourNumber.bigDecimalValue()) == 0;
        }
        return theirs.equals(JsonValue.FALSE) && ours == null;
    }

    private static boolean isEmpty(JsonValue value) {
        return value.equals(JsonValue.NULL)
                || value.toString().equals("\"\"")
                || (value instanceof JsonArray array && array.isEmpty())
                || (value instanceof JsonObject object && object.isEmpty());
    }

    /** In short, for the list of differences. */
    @Override
    public String toString() {
        if (thrown == null) {
            return "returned";
        }
        String reason = thrown instanceof InvalidSessionException refused ? " " + refused.reason() : "";
        return thrown.getClass().getSimpleName() + reason;
    }

    /** Which exception belongs to the last answer that came, judged here by the documents and not by our code. */
    private static final class Failure {
        private Failure() {}

        static Optional<String> wrong(RuntimeException thrown, Optional<JsonObject> lastAnswer) {
            if (lastAnswer.isEmpty()) {
                return isOneOf(
                        thrown,
                        IllegalArgumentException.class,
                        NullPointerException.class,
                        InvalidSessionException.class,
                        KeysUnavailableException.class,
                        DescopeUnavailableException.class);
            }
            JsonObject answer = lastAnswer.get();
            int status = answer.getInt("status");
            JsonObject error = answer.getOrDefault("body", JsonValue.EMPTY_JSON_OBJECT) instanceof JsonObject body
                    ? body
                    : JsonValue.EMPTY_JSON_OBJECT;
            String code = error.getString("errorCode", "");
            if (status == 429 || code.equals("E130429")) {
                return thrown instanceof RateLimitedException limited
                                && limited.retryAfter().equals(retryAfter(answer))
                        ? Optional.empty()
                        : Optional.of("expected a rate limit of " + retryAfter(answer));
            }
            if (status >= 400 && status < 500 && status != 408 && !code.isEmpty()) {
                return thrown instanceof RefusedByDescopeException refused && isSame(refused, status, error)
                        ? Optional.empty()
                        : Optional.of("expected a refusal " + status + " " + code);
            }
            return status == 200
                    ? isOneOf(thrown, DescopeUnavailableException.class, InvalidSessionException.class)
                    : isOneOf(thrown, DescopeUnavailableException.class);
        }

        private static boolean isSame(RefusedByDescopeException refused, int status, JsonObject error) {
            return refused.status() == status
                    && refused.errorCode().equals(error.getString("errorCode"))
                    && refused.errorDescription().equals(error.getString("errorDescription", ""))
                    && refused.errorMessage().equals(error.getString("errorMessage", error.getString("message", "")));
        }

        private static Duration retryAfter(JsonObject answer) {
            String header = answer.getJsonObject("headers").getString("retry-after", "");
            return header.matches("[0-9]{1,9}")
                    ? Duration.ofSeconds(Math.max(1, Math.min(300, Long.parseLong(header))))
                    : Duration.ofSeconds(60);
        }

        private static Optional<String> isOneOf(RuntimeException thrown, Class<?>... family) {
            for (Class<?> member : family) {
                if (member.isInstance(thrown)) {
                    return Optional.empty();
                }
            }
            return Optional.of("not of our family: " + thrown);
        }
    }
}
