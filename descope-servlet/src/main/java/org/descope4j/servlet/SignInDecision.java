package org.descope4j.servlet;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** What a {@link SignInHandler} says. Immutable. */
public final class SignInDecision {
    private final Optional<String> refusal;
    private final String account;
    private final Set<String> roles;

    private SignInDecision(Optional<String> refusal, String account, Set<String> roles) {
        this.refusal = refusal;
        this.account = account;
        this.roles = Set.copyOf(roles);
    }

    /**
     * Signs the user in under their Descope user ID, with their Descope roles.
     *
     * @return a decision that {@link #as} and {@link #withRoles} can say more about
     */
    public static SignInDecision accept() {
        return new SignInDecision(Optional.empty(), "", Set.of());
    }

    /**
     * Signs nobody in. The person sees that they may not, without the reason; it stands in the log and in the event.
     *
     * @param reason for whoever reads the log; without personal data
     * @return the decision
     */
    public static SignInDecision refuse(String reason) {
        return new SignInDecision(Optional.of(requireNonNull(reason, "reason")), "", Set.of());
    }

    /**
     * Signs the user in under the name of the application's own account: what {@code getUserPrincipal().getName()} and
     * {@code getRemoteUser()} say from now on.
     *
     * @param account at most 200 characters
     * @return the decision, with that name
     * @throws IllegalArgumentException if it is blank or longer
     */
    public SignInDecision as(String account) {
        if (requireNonNull(account, "account").isBlank() || account.length() > 200) {
            throw new IllegalArgumentException("The name of an account is 1 to 200 characters and not blank");
        }
        return new SignInDecision(refusal, account, roles);
    }

    /**
     * Adds roles to those of Descope, until the user signs in the next time.
     *
     * @param roles as the application names them
     * @return the decision, with those roles too
     */
    public SignInDecision withRoles(String... roles) {
        Set<String> all = new LinkedHashSet<>(this.roles);
        all.addAll(Set.of(roles));
        return new SignInDecision(refusal, account, all);
    }

    Optional<String> refusal() {
        return refusal;
    }

    /** Empty for the Descope user ID. */
    String account() {
        return account;
    }

    Set<String> roles() {
        return roles;
    }

    /** Says which it is, and nothing about whom. */
    @Override
    public String toString() {
        return refusal.isPresent() ? "SignInDecision[refused]" : "SignInDecision[accepted]";
    }
}
