package org.descope4j.servlet;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** What came of a redeemed link: one for all clicks of one browser on it, so that the second of two learns what the first did. Thread-safe. */
final class LinkVerdict {
    /** How a link ends. */
    enum Kind {
        /** The application agrees: the user is to be signed in. */
        ACCEPTED,
        /** Nobody was named before the click: the user is to be asked, and the application after that. */
        UNCONFIRMED,
        /** The link's token is of another user than its state. */
        OTHER_USER,
        /** The application said no. */
        REFUSED,
        /** The application could not say. */
        FAILED
    }

    private final Kind kind;
    private final @Nullable ProvenSignIn proven;
    private final @Nullable SignInDecision decision;
    private final AtomicBoolean isTold = new AtomicBoolean();

    private LinkVerdict(Kind kind, @Nullable ProvenSignIn proven, @Nullable SignInDecision decision) {
        this.kind = kind;
        this.proven = proven;
        this.decision = decision;
    }

    static LinkVerdict accepted(ProvenSignIn proven, SignInDecision decision) {
        return new LinkVerdict(Kind.ACCEPTED, proven, decision);
    }

    static LinkVerdict unconfirmed(ProvenSignIn proven) {
        return new LinkVerdict(Kind.UNCONFIRMED, proven, null);
    }

    static LinkVerdict otherUser() {
        return new LinkVerdict(Kind.OTHER_USER, null, null);
    }

    static LinkVerdict refused(SignInDecision decision) {
        return new LinkVerdict(Kind.REFUSED, null, decision);
    }

    static LinkVerdict failed() {
        return new LinkVerdict(Kind.FAILED, null, null);
    }

    Kind kind() {
        return kind;
    }

    /** Who it is; only where somebody may be signed in. */
    ProvenSignIn proven() {
        return requireNonNull(proven, "proven");
    }

    /** What the application said; only where it was asked. */
    SignInDecision decision() {
        return requireNonNull(decision, "decision");
    }

    /** Whether nobody was told of the sign-in yet: of two clicks, one makes the event. */
    boolean isFirstToTell() {
        return !isTold.getAndSet(true);
    }

    /** Whether another click on the link has signed its user in. */
    boolean isTold() {
        return isTold.get();
    }

    @Override
    public String toString() {
        return "LinkVerdict[" + kind + "]";
    }
}
