package org.descope4j.emulator;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * Something that goes wrong at the service, as given to {@link DescopeEmulator#misbehave(Fault...)}. Immutable.
 *
 * <p>A fault befalls the next request, or with {@link #times(int)} as many; with {@link #at(String)} only requests to some paths.
 */
public final class Fault {
    private static final int MAX_DELAY_MINUTES = 10;

    private final String name;
    private final Effect effect;
    private final String path;
    private final int times;
    private final boolean isObeyed;

    private Fault(String name, Effect effect, String path, int times, boolean isObeyed) {
        this.name = name;
        this.effect = effect;
        this.path = path;
        this.times = times;
        this.isObeyed = isObeyed;
    }

    /** What becomes of an answer. Whoever asks for the right answer makes the service obey the request. */
    @FunctionalInterface
    interface Effect {
        Response disturb(Supplier<Response> answer);
    }

    /**
     * Too many requests: 429 in Descope's form, with the header {@code Retry-After}.
     *
     * @param retryAfter when to try again, in whole seconds; zero is possible
     * @return the fault, once
     */
    public static Fault rateLimited(Duration retryAfter) {
        if (retryAfter.isNegative()) {
            throw new IllegalArgumentException("Retry-After is not negative: " + retryAfter);
        }
        String seconds = Long.toString(retryAfter.toSeconds());
        return once("rateLimited", answer -> Refusal.rateLimited().response().with("Retry-After", seconds));
    }

    /**
     * An error of the service, in Descope's form.
     *
     * @param status the HTTP status, 400 to 599
     * @return the fault, once
     */
    public static Fault status(int status) {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("The status of an error is a number from 400 to 599, not " + status);
        }
        return once("status", answer -> Refusal.ordered(status).response());
    }

    /**
     * The right answer, but late. At most 15 requests should wait at a time, since the emulator answers 16 at once.
     *
     * @param delay how late, at most ten minutes
     * @return the fault, once
     */
    public static Fault slow(Duration delay) {
        if (delay.isNegative() || delay.compareTo(Duration.ofMinutes(MAX_DELAY_MINUTES)) > 0) {
            throw new IllegalArgumentException(
                    "A delay is from zero to " + MAX_DELAY_MINUTES + " minutes, not " + delay);
        }
        return once("slow", answer -> {
            try {
                Thread.sleep(delay.toMillis());
                return answer.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Response.dropped();
            }
        });
    }

    /**
     * The right answer, but its second half is missing and the connection ends.
     *
     * @return the fault, once
     */
    public static Fault cutOff() {
        return once("cutOff", answer -> answer.get().cutOff());
    }

    /**
     * No answer: the connection ends.
     *
     * @return the fault, once
     */
    public static Fault dropped() {
        return once("dropped", answer -> Response.dropped());
    }

    /**
     * An HTML page with status 200 in the place of JSON, as a captive portal would send.
     *
     * @return the fault, once
     */
    public static Fault notJson() {
        return once(
                "notJson", answer -> Response.html("<!DOCTYPE html><title>Not JSON</title><p>This is not JSON.</p>"));
    }

    /**
     * The same fault for several requests.
     *
     * @param times how many, from 1
     * @return a fault like this one
     */
    public Fault times(int times) {
        if (times < 1) {
            throw new IllegalArgumentException("A fault befalls at least one request, not " + times);
        }
        return new Fault(name, effect, path, times, isObeyed);
    }

    /**
     * The same fault for requests to some paths only.
     *
     * @param path a path of Descope, like {@code /v1/auth/refresh}, or the beginning of several, like {@code /v1/auth/magiclink/}
     * @return a fault like this one
     */
    public Fault at(String path) {
        return new Fault(name, effect, requireNonNull(path, "path"), times, isObeyed);
    }

    /**
     * The same fault after the service did what it was asked: a link is redeemed, a message is sent, and only the answer is lost.
     *
     * @return a fault like this one
     */
    public Fault afterObeying() {
        return new Fault(name, effect, path, times, true);
    }

    String name() {
        return name;
    }

    String path() {
        return path;
    }

    int times() {
        return times;
    }

    boolean befalls(Request request) {
        return request.path().startsWith(path);
    }

    Response disturb(Supplier<Response> answer) {
        if (!isObeyed) {
            return effect.disturb(answer);
        }
        Response right = answer.get();
        return effect.disturb(() -> right);
    }

    private static Fault once(String name, Effect effect) {
        return new Fault(name, effect, "/", 1, false);
    }
}
