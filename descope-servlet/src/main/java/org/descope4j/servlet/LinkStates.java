package org.descope4j.servlet;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.descope4j.DeliveryMethod;

/**
 * Ties a link to the browser that asked for it and to the login ID it was asked for, without a store: the state travels in the
 * link, the browser's half in its binding cookie. Immutable and thread-safe.
 *
 * <p>E-mail: the state is the sealed {@link PendingSignIn}, so that any browser can name the account and go on to the return-to.
 * SMS and WhatsApp, and an address too long for that: 32 characters that recognise the login ID once it is known; the rest is in the cookie alone.
 */
final class LinkStates {
    /** Longer than any sensible link lifetime of a project, so that the state never spoils a link that Descope accepts. */
    private static final Duration LIFETIME = Duration.ofHours(24);
    /** What mail programs leave in one piece. */
    private static final int LONGEST_EMAIL_STATE = 300;

    private static final int BROWSER_BYTES = 16;
    private static final int SHORT_RANDOM_BYTES = 6;
    private static final int SHORT_TAG_BYTES = 14;
    private static final int SHORT_STATE_BYTES = Integer.BYTES + SHORT_RANDOM_BYTES + SHORT_TAG_BYTES;
    private static final int SHORT_STATE_CHARACTERS = 32;

    private final Seal linkSeal;
    private final Seal cookieSeal;
    private final Clock clock;

    LinkStates(ApplicationSeals seals, Clock clock) {
        this.linkSeal = seals.forPurpose("link state");
        this.cookieSeal = seals.forPurpose("browser binding");
        this.clock = clock;
    }

    /**
     * What goes out when a link is asked for.
     *
     * @param state for the link
     * @param binding for the browser's cookie
     */
    record Issued(String state, String binding) {}

    /** Makes both halves; a browser that asked before keeps its mark, so that each of its links works with one click. */
    Issued issue(DeliveryMethod deliveryMethod, LoginId loginId, String returnTo, Optional<PendingSignIn> earlier) {
        String browser =
                earlier.map(PendingSignIn::browser).orElseGet(() -> encode(linkSeal.randomBytes(BROWSER_BYTES)));
        Instant expiresAt = clock.instant().plus(LIFETIME);
        PendingSignIn pending = new PendingSignIn(browser, "", deliveryMethod, loginId, returnTo, expiresAt);
        String sealed = deliveryMethod == DeliveryMethod.EMAIL ? emailState(pending) : "";
        if (!sealed.isEmpty() && sealed.length() <= LONGEST_EMAIL_STATE) {
            return new Issued(sealed, cookieSeal.seal(pending.toBytes()));
        }
        String state = shortState(loginId, expiresAt);
        PendingSignIn marked = new PendingSignIn(browser, state, deliveryMethod, loginId, returnTo, expiresAt);
        return new Issued(state, cookieSeal.seal(marked.toBytes()));
    }

    /** When a link was asked for, to the minute. */
    static Instant askedAt(PendingSignIn pending) {
        return pending.expiresAt().minus(LIFETIME);
    }

    /** What the browser's cookie says. */
    Optional<PendingSignIn> binding(String cookie) {
        return cookieSeal.open(cookie).flatMap(PendingSignIn::fromBytes).filter(this::isFresh);
    }

    /** How long ago it was asked for. */
    Duration age(PendingSignIn pending) {
        return Duration.between(pending.expiresAt().minus(LIFETIME), clock.instant());
    }

    /** Reads the state of a link that came back, beside the binding of the browser that brought it. */
    LinkState open(String state, Optional<PendingSignIn> binding) {
        if (state.isEmpty()) {
            return LinkState.UNKNOWN;
        }
        return state.length() == SHORT_STATE_CHARACTERS ? openShort(state, binding) : openSealed(state, binding);
    }

    private LinkState openSealed(String state, Optional<PendingSignIn> binding) {
        Optional<PendingSignIn> pending =
                linkSeal.open(state).flatMap(PendingSignIn::fromBytes).filter(this::isFresh);
        if (pending.isEmpty()) {
            return LinkState.UNKNOWN;
        }
        boolean sameBrowser = binding.filter(
                        own -> digest(own.browser()).equals(pending.get().browser()))
                .isPresent();
        // a return-to too long for the link is in the cookie of the browser that asked
        String returnTo = sameBrowser ? binding.get().returnTo() : pending.get().returnTo();
        return new LinkState(
                state, pending, returnTo, sameBrowser, pending.get().loginId()::matches);
    }

    private LinkState openShort(String state, Optional<PendingSignIn> binding) {
        byte[] bytes = decode(state);
        if (bytes.length != SHORT_STATE_BYTES
                || !clock.instant()
                        .isBefore(Instant.ofEpochSecond(ByteBuffer.wrap(bytes).getInt() * 60L))) {
            return LinkState.UNKNOWN;
        }
        boolean sameBrowser = binding.filter(own -> isEqual(own.link(), state)).isPresent();
        byte[] tag = Arrays.copyOfRange(bytes, SHORT_STATE_BYTES - SHORT_TAG_BYTES, SHORT_STATE_BYTES);
        return new LinkState(
                state,
                sameBrowser ? binding : Optional.empty(),
                sameBrowser ? binding.get().returnTo() : "",
                sameBrowser,
                loginId -> linkSeal.isTagOf(tagged(bytes, loginId), tag, SHORT_TAG_BYTES));
    }

    private String emailState(PendingSignIn pending) {
        PendingSignIn travelling = pending.withBrowser(digest(pending.browser()));
        String state = linkSeal.seal(travelling.toBytes());
        return state.length() <= LONGEST_EMAIL_STATE
                ? state
                : linkSeal.seal(travelling.withoutReturnTo().toBytes());
    }

    private String shortState(LoginId loginId, Instant expiresAt) {
        ByteBuffer state = ByteBuffer.allocate(SHORT_STATE_BYTES)
                .putInt((int) (expiresAt.getEpochSecond() / 60))
                .put(linkSeal.randomBytes(SHORT_RANDOM_BYTES));
        state.put(linkSeal.tag(tagged(state.array(), loginId.value()), SHORT_TAG_BYTES));
        return encode(state.array());
    }

    /** Expiry and random of a short state, and the login ID it is for. */
    private static byte[] tagged(byte[] shortState, String loginId) {
        byte[] id = LoginId.normalised(loginId).getBytes(UTF_8);
        return ByteBuffer.allocate(Integer.BYTES + SHORT_RANDOM_BYTES + id.length)
                .put(shortState, 0, Integer.BYTES + SHORT_RANDOM_BYTES)
                .put(id)
                .array();
    }

    private boolean isFresh(PendingSignIn pending) {
        return clock.instant().isBefore(pending.expiresAt());
    }

    private static String digest(String browser) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(browser.getBytes(US_ASCII));
            return encode(Arrays.copyOf(hash, BROWSER_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is required of every Java platform", e);
        }
    }

    private static boolean isEqual(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(US_ASCII), other.getBytes(US_ASCII));
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] decode(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
