package org.descope4j.servlet;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.descope4j.DeliveryMethod;
import org.descope4j.LoginOptions;
import org.descope4j.MagicLinks;
import org.descope4j.RefusedByDescopeException;
import org.descope4j.SignUpOptions;
import org.descope4j.UpdateOptions;
import org.descope4j.UserDetails;

/**
 * Asks Descope for links of every purpose, each with the message that the application chose. Needs no request, so that it can run behind the
 * answer to it. Thread-safe.
 */
final class LinkCalls {
    private final MagicLinks magicLinks;
    private final MessageChoice messages;

    LinkCalls(MagicLinks magicLinks, MessageChoice messages) {
        this.magicLinks = magicLinks;
        this.messages = messages;
    }

    void signIn(WantedLink wanted, URI redirectUri) {
        LoginOptions options = messages.choose(
                wanted, message -> login(wanted, message, redirectUri).build());
        magicLinks.signIn(wanted.deliveryMethod(), wanted.loginId(), options);
    }

    void signUpOrIn(WantedLink wanted, URI redirectUri) {
        LoginOptions options = messages.choose(
                wanted, message -> login(wanted, message, redirectUri).build());
        magicLinks.signUpOrIn(wanted.deliveryMethod(), wanted.loginId(), options);
    }

    /**
     * For a new account. Where there is one already, its user is sent a link to sign in: what a stranger typed changes nothing of
     * it.
     */
    void signUp(WantedLink wanted, URI redirectUri, UserDetails user, Map<String, Object> claims) {
        SignUpOptions options = messages.choose(
                wanted,
                message ->
                        signUp(wanted, message, redirectUri, claims).user(user).build());
        try {
            magicLinks.signUp(wanted.deliveryMethod(), wanted.loginId(), options);
        } catch (RefusedByDescopeException e) {
            if (!e.errorCode().equals(RefusedByDescopeException.USER_ALREADY_EXISTS)) {
                throw e;
            }
            signIn(wanted.forExistingAccount(), redirectUri);
        }
    }

    void stepUp(WantedLink wanted, URI redirectUri, String refreshJwt) {
        LoginOptions.Builder options = messages.choose(wanted, message -> login(wanted, message, redirectUri));
        options.stepUp(refreshJwt);
        magicLinks.signIn(wanted.deliveryMethod(), wanted.loginId(), options.build());
    }

    /** @param loginId of the user as they are; the link goes to the new address */
    void update(WantedLink wanted, URI redirectUri, String loginId, String refreshJwt) {
        UpdateOptions options = messages.choose(
                wanted, message -> update(wanted, message, redirectUri).build());
        String address = wanted.loginId();
        if (wanted.deliveryMethod() == DeliveryMethod.EMAIL) {
            magicLinks.updateEmail(loginId, address, refreshJwt, options);
        } else {
            magicLinks.updatePhone(wanted.deliveryMethod(), loginId, address, refreshJwt, options);
        }
    }

    private static LoginOptions.Builder login(WantedLink wanted, LinkMessage message, URI redirectUri) {
        LoginOptions.Builder options =
                LoginOptions.builder().redirectUri(redirectUri).locale(locale(wanted, message));
        message.templateId().ifPresent(options::templateId);
        message.providerId().ifPresent(options::providerId);
        ifAny(message.templateOptions()).ifPresent(options::templateOptions);
        ifAny(message.customClaims()).ifPresent(options::customClaims);
        return options;
    }

    private static SignUpOptions.Builder signUp(
            WantedLink wanted, LinkMessage message, URI redirectUri, Map<String, Object> claims) {
        SignUpOptions.Builder options =
                SignUpOptions.builder().redirectUri(redirectUri).locale(locale(wanted, message));
        message.templateId().ifPresent(options::templateId);
        message.providerId().ifPresent(options::providerId);
        ifAny(message.templateOptions()).ifPresent(options::templateOptions);
        Map<String, Object> all = new HashMap<>(claims);
        // the application knows better than the form
        all.putAll(message.customClaims());
        ifAny(all).ifPresent(options::customClaims);
        return options;
    }

    private static UpdateOptions.Builder update(WantedLink wanted, LinkMessage message, URI redirectUri) {
        if (!message.customClaims().isEmpty()) {
            throw new IllegalArgumentException(
                    "Descope takes no custom claims where an address is changed: set them for the"
                            + " other purposes only");
        }
        // a login ID too, else the user could not sign in with it; and nobody's account is merged into another by a
        // form
        UpdateOptions.Builder options = UpdateOptions.builder()
                .redirectUri(redirectUri)
                .addToLoginIds()
                .failOnConflict()
                .locale(locale(wanted, message));
        message.templateId().ifPresent(options::templateId);
        message.providerId().ifPresent(options::providerId);
        ifAny(message.templateOptions()).ifPresent(options::templateOptions);
        return options;
    }

    private static String locale(WantedLink wanted, LinkMessage message) {
        return message.locale().orElseGet(wanted::language);
    }

    private static <V> Optional<Map<String, V>> ifAny(Map<String, V> map) {
        return map.isEmpty() ? Optional.empty() : Optional.of(map);
    }
}
