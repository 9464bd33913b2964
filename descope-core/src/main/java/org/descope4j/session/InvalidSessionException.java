package org.descope4j.session;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * Says that a token is refused, and why. Whoever holds it is not signed in by it.
 *
 * <p>The message says what was expected and what to do; it holds no token, no signature, no key and no value of a claim.
 */
public final class InvalidSessionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why a token is refused. */
    public enum Reason {
        /** It is not a compact JWT in the strict form that Descope writes, or it is longer than 16384 characters. */
        MALFORMED,
        /** It is signed with an algorithm that is not allowed here, or that its key is not for. */
        UNSUPPORTED_ALGORITHM,
        /** The project has no key of that ID: signed by somebody else, or by a key that was withdrawn. */
        UNKNOWN_KEY,
        /** The signature is not that of the key: forged or damaged. */
        BAD_SIGNATURE,
        /** It has expired: get a new one with the refresh JWT. */
        EXPIRED,
        /** It is for later: a clock is wrong. */
        NOT_YET_VALID,
        /** It was issued by another project or another Descope. */
        WRONG_ISSUER,
        /** It is for somebody else. */
        WRONG_AUDIENCE,
        /** It is another kind of token, such as a refresh JWT where a session JWT is wanted. */
        WRONG_KIND,
        /** A claim that is needed is missing, or is of another type than it must be. */
        INVALID_CLAIM,
        /** It is for another subject or user than the token, or the description of a user, that it came with or in answer to. */
        WRONG_SUBJECT
    }

    /** Why the token is refused. */
    private final Reason reason;
    /** Whom an expired token says it was for; otherwise empty. */
    private final String expiredSubject;
    /** The user ID that an expired token names beside its subject; otherwise empty. */
    private final String expiredReplacedId;
    /** How far a time in the token is from this machine's clock; zero where times are not why it is refused. */
    private final Duration clockDifference;

    InvalidSessionException(Reason reason, String message) {
        this(reason, message, Optional.empty(), Duration.ZERO);
    }

    private InvalidSessionException(
            Reason reason, String message, Optional<TokenOwner> expired, Duration clockDifference) {
        super(message);
        this.clockDifference = clockDifference;
        this.reason = requireNonNull(reason, "reason");
        this.expiredSubject = expired.map(TokenOwner::subject).orElse("");
        this.expiredReplacedId = expired.flatMap(TokenOwner::replacedId).orElse("");
    }

    static InvalidSessionException expired(Optional<TokenOwner> owner, Duration ago) {
        return new InvalidSessionException(
                Reason.EXPIRED,
                "Expected a token that has not expired; this one has. Refresh the session, or sign in again.",
                owner,
                ago.negated());
    }

    static InvalidSessionException notYetValid(Duration ahead) {
        return new InvalidSessionException(
                Reason.NOT_YET_VALID,
                "Expected a token for now; this one is for later (claim nbf or iat). Set the clock of this machine"
                        + " by NTP.",
                Optional.empty(),
                ahead);
    }

    /**
     * Refuses two tokens that must belong together and do not: somebody mixed them.
     *
     * @return the exception to throw
     */
    public static InvalidSessionException wrongSubject() {
        return new InvalidSessionException(
                Reason.WRONG_SUBJECT,
                "Expected the session JWT, the refresh JWT and the user to be one user's; they are of two."
                        + " Nobody is signed in by them: look where they come from.");
    }

    static InvalidSessionException malformed(String whatCame) {
        return new InvalidSessionException(
                Reason.MALFORMED,
                "Expected a signed JWT: three canonical base64url segments with JSON objects in strict UTF-8. Came "
                        + whatCame + ". Pass the bare token exactly as Descope issued it.");
    }

    static InvalidSessionException invalidClaim(String claim, String expected) {
        return new InvalidSessionException(
                Reason.INVALID_CLAIM,
                "Expected the claim " + claim + " to be " + expected + "; it is missing or something else."
                        + " Descope does not issue such a token: look where it comes from.");
    }

    /**
     * Why the token is refused.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }

    /**
     * How far the time that the token was refused for is from the clock of this machine, in whole seconds: what an operator needs to know
     * where a token of Descope's own is refused, since one of the two clocks is wrong then.
     *
     * @return negative where an expired token ended so long ago, positive where a token begins so much later; absent for every other
     *     reason
     */
    public Optional<Duration> clockDifference() {
        return clockDifference.isZero() ? Optional.empty() : Optional.of(clockDifference);
    }

    /**
     * Whom an expired token says it was for. Nothing vouches for it: use it only to refuse, such as a refresh JWT of
     * somebody else that came along.
     *
     * @return absent unless the reason is {@link Reason#EXPIRED}
     */
    public Optional<String> expiredSubject() {
        return owner().map(TokenOwner::subject);
    }

    /**
     * Whether the expired token says that it was for somebody else than a refresh JWT that came along. Nothing vouches for what an
     * expired token says: use it only to refuse.
     *
     * @param refreshToken what came along, verified
     * @return false unless the reason is {@link Reason#EXPIRED} and the two name two users
     */
    public boolean isAboutAnotherUserThan(RefreshToken refreshToken) {
        return owner().filter(owner -> !refreshToken.owner().isThatOfSession(owner))
                .isPresent();
    }

    /**
     * Whether the expired token says that it was for somebody else than a session that came in its place. Use it only to refuse.
     *
     * @param session the answer to a refresh, verified
     * @return false unless the reason is {@link Reason#EXPIRED} and the two name two users
     */
    public boolean isAboutAnotherUserThan(Session session) {
        return owner().filter(owner -> !owner.isThatOfSession(session.owner())).isPresent();
    }

    private Optional<TokenOwner> owner() {
        return expiredSubject.isEmpty()
                ? Optional.empty()
                : Optional.of(new TokenOwner(
                        expiredSubject,
                        expiredReplacedId.isEmpty() ? Optional.empty() : Optional.of(expiredReplacedId)));
    }
}
