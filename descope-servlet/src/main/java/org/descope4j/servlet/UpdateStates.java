package org.descope4j.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.descope4j.DeliveryMethod;

/**
 * Marks links that change an address: by which user, how it was sent, until when. 32 characters, short enough for a text message, that
 * tell nobody who the user is, and that no other user's session recognises. Immutable and thread-safe.
 */
final class UpdateStates {
    /** Longer than any sensible link lifetime of a project, so that the state never spoils a link that Descope accepts. */
    private static final Duration LIFETIME = Duration.ofHours(24);

    private static final int RANDOM_BYTES = 5;
    private static final int OPEN_BYTES = Integer.BYTES + 1 + RANDOM_BYTES;
    private static final int TAG_BYTES = 14;

    private final Seal seal;
    private final Clock clock;

    UpdateStates(ApplicationSeals seals, Clock clock) {
        this.seal = seals.forPurpose("address change");
        this.clock = clock;
    }

    String issue(DeliveryMethod deliveryMethod, String userId) {
        Instant expiresAt = clock.instant().plus(LIFETIME);
        byte[] open = ByteBuffer.allocate(OPEN_BYTES)
                .putInt((int) (expiresAt.getEpochSecond() / 60))
                .put((byte) deliveryMethod.pathSegment().charAt(0))
                .put(seal.randomBytes(RANDOM_BYTES))
                .array();
        byte[] state = ByteBuffer.allocate(OPEN_BYTES + TAG_BYTES)
                .put(open)
                .put(seal.tag(tagged(open, userId), TAG_BYTES))
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(state);
    }

    /** How the link of this user was sent; empty where it is of another user, of nobody, or past its time. */
    Optional<DeliveryMethod> open(String state, String userId) {
        byte[] bytes = decoded(state);
        if (bytes.length != OPEN_BYTES + TAG_BYTES) {
            return Optional.empty();
        }
        byte[] open = Arrays.copyOf(bytes, OPEN_BYTES);
        byte[] tag = Arrays.copyOfRange(bytes, OPEN_BYTES, bytes.length);
        Instant expiresAt = Instant.ofEpochSecond(ByteBuffer.wrap(open).getInt() * 60L);
        if (!seal.isTagOf(tagged(open, userId), tag, TAG_BYTES)
                || !clock.instant().isBefore(expiresAt)) {
            return Optional.empty();
        }
        return Arrays.stream(DeliveryMethod.values())
                .filter(method -> method.pathSegment().charAt(0) == open[Integer.BYTES])
                .findFirst();
    }

    private static byte[] tagged(byte[] open, String userId) {
        byte[] id = userId.getBytes(UTF_8);
        return ByteBuffer.allocate(open.length + id.length).put(open).put(id).array();
    }

    private static byte[] decoded(String state) {
        try {
            return Base64.getUrlDecoder().decode(state);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
