package org.descope4j.servlet;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that happened while somebody signed in. Immutable; holds no secret, and no login ID but those of an
 * {@linkplain #addressChange() address that changed}.
 *
 * <p>Whatever a person may complain about shows a {@linkplain #reference() reference} on their page; the same stands in one line of the
 * log, and here.
 */
public final class SignInEvent {
    /** What happened. */
    public enum Kind {
        /** Descope was asked to send a link, and agreed. */
        LINK_SENT,
        /** No link was sent. Where the reason is about the account, the person was told otherwise. */
        LINK_NOT_SENT,
        /** Too many links were asked for. */
        LIMITED,
        /** Somebody clicked the button of the confirmation page. */
        CONFIRMED,
        /** Somebody is signed in now. */
        SIGNED_IN,
        /** A link signed nobody in. */
        REFUSED,
        /** Somebody signed out. */
        SIGNED_OUT,
        /** A user has a new address; tell the old one, since Descope does not. */
        ADDRESS_CHANGED,
        /** Somebody asked for what they may not see, or what nobody can decide about at present. */
        DENIED
    }

    /** Why. */
    public enum Reason {
        /** All is well. */
        NONE,
        /** The link was used before, is past its time, or never was: Descope does not tell these apart. */
        LINK_USED_OR_EXPIRED,
        /** The link came without its token, or with two. */
        LINK_DAMAGED,
        /** The link was opened in another browser than the one that asked for it, and {@code descope.same-browser} is strict. */
        OTHER_BROWSER,
        /** The link's token is of another user than its state: somebody glued two links together. */
        OTHER_USER,
        /** A form came from another site, or from a page that was open for too long. */
        FORGED_FORM,
        /** Too many for this recipient, this address or in total. */
        TOO_MANY_HERE,
        /** Too many people ask for links at the same moment, mostly since Descope is slow. */
        TOO_MANY_AT_ONCE,
        /** Too many for Descope. */
        TOO_MANY_AT_DESCOPE,
        /** Phones of this country are not served. */
        COUNTRY_NOT_SERVED,
        /** Descope said no for another reason. */
        REFUSED_BY_DESCOPE,
        /** The signed-in user lacks the role that the path needs. */
        ROLE_MISSING,
        /** A page of another origin made the browser send it. */
        OTHER_ORIGIN,
        /** Descope could not be asked. */
        DESCOPE_UNAVAILABLE,
        /** Descope's answer does not hold what it must. */
        ANSWER_NOT_ACCEPTABLE,
        /** The tokens are too large for a cookie. */
        TOKEN_TOO_LARGE,
        /** The application's {@link SignInHandler} said no. */
        REFUSED_BY_APPLICATION,
        /**
         * The application's {@link SignInHandler} or {@link SendLimiter} failed, or returned null; or its {@link LinkMessages} chose no message
         * that can be sent.
         */
        APPLICATION_FAILED,
        /** The link named no account; when a page named it after the first click, the person said that it is not theirs. */
        DECLINED_BY_USER,
        /** The same, but the second click came after more than a minute, or after the session had ended elsewhere. */
        CONFIRMED_TOO_LATE,
        /** {@code descope.public-url} is not set, and the request was not to this machine. */
        PUBLIC_URL_MISSING,
        /** To change an address, the user has to sign in again. */
        SIGNED_IN_TOO_LONG_AGO,
        /** A link that changes an address was opened where its user is not signed in. */
        NOT_SIGNED_IN_HERE
    }

    /**
     * An e-mail address or phone number that gave way to another: personal data, so never in a log by itself.
     *
     * @param before what the user signed in with; empty if unknown
     * @param after the new one
     */
    public record AddressChange(String before, String after) {
        /** Says neither. */
        @Override
        public String toString() {
            return "AddressChange[redacted]";
        }
    }

    private final Kind kind;
    private final Reason reason;
    private final String reference;
    private final Instant time;
    private final String clientAddress;
    private final String detail;
    private final Optional<String> userId;
    private final Optional<AddressChange> addressChange;

    SignInEvent(
            Kind kind,
            Reason reason,
            String reference,
            Instant time,
            String clientAddress,
            String detail,
            Optional<String> userId,
            Optional<AddressChange> addressChange) {
        this.kind = requireNonNull(kind, "kind");
        this.reason = requireNonNull(reason, "reason");
        this.reference = requireNonNull(reference, "reference");
        this.time = requireNonNull(time, "time");
        this.clientAddress = requireNonNull(clientAddress, "clientAddress");
        this.detail = requireNonNull(detail, "detail");
        this.userId = userId;
        this.addressChange = addressChange;
    }

    /**
     * What happened.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Why.
     *
     * @return {@link Reason#NONE} where all is well
     */
    public Reason reason() {
        return reason;
    }

    /**
     * What the person at the browser can quote.
     *
     * @return such as {@code 7KQF-9XMT}
     */
    public String reference() {
        return reference;
    }

    /**
     * When it happened.
     *
     * @return by the clock of the settings
     */
    public Instant time() {
        return time;
    }

    /**
     * Whose request it was: the peer, or what a trusted proxy says.
     *
     * @return an IP address
     */
    public String clientAddress() {
        return clientAddress;
    }

    /**
     * More about the reason: Descope's error code, what the application's {@link SignInHandler} gave as its reason, or which cookie would be
     * too large.
     *
     * @return empty where there is no more
     */
    public String detail() {
        return detail;
    }

    /**
     * Who signed in or out.
     *
     * @return the user ID; absent where nobody did
     */
    public Optional<String> userId() {
        return userId;
    }

    /**
     * From what to what, of {@link Kind#ADDRESS_CHANGED}.
     *
     * @return absent for everything else
     */
    public Optional<AddressChange> addressChange() {
        return addressChange;
    }

    /** Everything but the address and the user. */
    @Override
    public String toString() {
        return kind + " reference=" + reference + (reason == Reason.NONE ? "" : " reason=" + reason)
                + (detail.isEmpty() ? "" : " detail=" + detail);
    }
}
