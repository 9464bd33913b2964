package org.descope4j;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;
import static org.descope4j.AnswerValues.flag;
import static org.descope4j.AnswerValues.instant;
import static org.descope4j.AnswerValues.members;
import static org.descope4j.AnswerValues.text;
import static org.descope4j.AnswerValues.texts;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A user as Descope knows them. Immutable. What the user may do is not here but in the verified
 * {@link org.descope4j.session.Session}: the roles and permissions below are for showing.
 */
public final class User {
    private static final Wire.UserAnswer NOTHING = new Wire.UserAnswer(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
            null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);

    private final String id;
    private final List<String> loginIds;
    private final Optional<String> name;
    private final Optional<String> givenName;
    private final Optional<String> middleName;
    private final Optional<String> familyName;
    private final Optional<String> email;
    private final boolean isEmailVerified;
    private final Optional<String> phone;
    private final boolean isPhoneVerified;
    private final Optional<String> recoveryEmail;
    private final boolean isRecoveryEmailVerified;
    private final Optional<String> recoveryPhone;
    private final boolean isRecoveryPhoneVerified;
    private final Optional<String> picture;
    private final Optional<String> status;
    private final List<String> roleNames;
    private final List<String> permissions;
    private final List<UserTenant> tenants;
    private final Map<String, Object> customAttributes;
    private final List<String> externalIds;
    private final List<String> ssoAppIds;
    private final Set<String> oauthProviders;
    private final boolean hasPasskey;
    private final boolean hasPassword;
    private final boolean hasAuthenticatorApp;
    private final boolean hasPush;
    private final boolean usesSaml;
    private final boolean usesOidc;
    private final boolean isManagedByScim;
    private final boolean isEditable;
    private final boolean isTestUser;
    private final Optional<Instant> createdTime;
    private final Optional<Instant> modifiedTime;
    private final Optional<Instant> consentExpiration;

    private User(String id, Wire.UserAnswer answer) {
        this.id = id;
        loginIds = texts(answer.loginIds());
        name = text(answer.name());
        givenName = text(answer.givenName());
        middleName = text(answer.middleName());
        familyName = text(answer.familyName());
        email = text(answer.email());
        isEmailVerified = flag(answer.verifiedEmail());
        phone = text(answer.phone());
        isPhoneVerified = flag(answer.verifiedPhone());
        recoveryEmail = text(answer.recoveryEmail());
        isRecoveryEmailVerified = flag(answer.verifiedRecoveryEmail());
        recoveryPhone = text(answer.recoveryPhone());
        isRecoveryPhoneVerified = flag(answer.verifiedRecoveryPhone());
        picture = text(answer.picture());
        status = text(answer.status());
        roleNames = texts(answer.roleNames());
        permissions = texts(answer.permissions());
        tenants = tenantsOf(answer);
        customAttributes = members(answer.customAttributes());
        externalIds = texts(answer.externalIds());
        ssoAppIds = texts(answer.ssoAppIds());
        oauthProviders = providersOf(answer);
        hasPasskey = flag(answer.webauthn());
        hasPassword = flag(answer.password());
        hasAuthenticatorApp = flag(answer.totp());
        hasPush = flag(answer.push());
        usesSaml = flag(answer.saml());
        usesOidc = flag(answer.oidc());
        isManagedByScim = flag(answer.scim());
        isEditable = flag(answer.editable());
        isTestUser = flag(answer.test());
        createdTime = instant(answer.createdTime());
        modifiedTime = instant(answer.modifiedTime());
        consentExpiration = instant(answer.consentExpiration());
    }

    /** The user of an answer, under the ID that was proven. */
    static User of(String provenId, Wire.@Nullable UserAnswer answer) {
        return new User(requireNonNull(provenId, "provenId"), requireNonNullElse(answer, NOTHING));
    }

    /** The user of an answer that nothing but Descope vouches for. */
    static User of(Wire.UserAnswer answer) {
        return of(requireNonNullElse(answer.userId(), ""), answer);
    }

    /**
     * The user ID that Descope gave, stable for the life of the account.
     *
     * @return such as {@code U2abc…}
     */
    public String id() {
        return id;
    }

    /**
     * What the user can type to sign in: e-mail addresses, phone numbers or user names.
     *
     * @return in Descope's order; empty only where Descope answered with a user without any
     */
    public List<String> loginIds() {
        return loginIds;
    }

    /**
     * The name to show.
     *
     * @return absent where Descope has none
     */
    public Optional<String> name() {
        return name;
    }

    /**
     * The given name.
     *
     * @return absent where Descope has none
     */
    public Optional<String> givenName() {
        return givenName;
    }

    /**
     * The middle name.
     *
     * @return absent where Descope has none
     */
    public Optional<String> middleName() {
        return middleName;
    }

    /**
     * The family name.
     *
     * @return absent where Descope has none
     */
    public Optional<String> familyName() {
        return familyName;
    }

    /**
     * The e-mail address.
     *
     * @return absent where Descope has none
     */
    public Optional<String> email() {
        return email;
    }

    /**
     * Whether the user has proven to receive mail at {@link #email()}.
     *
     * @return false where Descope does not say
     */
    public boolean isEmailVerified() {
        return isEmailVerified;
    }

    /**
     * The phone number, in E.164 form.
     *
     * @return absent where Descope has none
     */
    public Optional<String> phone() {
        return phone;
    }

    /**
     * Whether the user has proven to receive messages at {@link #phone()}.
     *
     * @return false where Descope does not say
     */
    public boolean isPhoneVerified() {
        return isPhoneVerified;
    }

    /**
     * The e-mail address for recovery.
     *
     * @return absent where Descope has none
     */
    public Optional<String> recoveryEmail() {
        return recoveryEmail;
    }

    /**
     * Whether {@link #recoveryEmail()} is verified.
     *
     * @return false where Descope does not say
     */
    public boolean isRecoveryEmailVerified() {
        return isRecoveryEmailVerified;
    }

    /**
     * The phone number for recovery.
     *
     * @return absent where Descope has none
     */
    public Optional<String> recoveryPhone() {
        return recoveryPhone;
    }

    /**
     * Whether {@link #recoveryPhone()} is verified.
     *
     * @return false where Descope does not say
     */
    public boolean isRecoveryPhoneVerified() {
        return isRecoveryPhoneVerified;
    }

    /**
     * Where a picture of the user is.
     *
     * @return a URL as Descope has it, not checked; absent where there is none
     */
    public Optional<String> picture() {
        return picture;
    }

    /**
     * Whether the user may sign in.
     *
     * @return {@code enabled}, {@code disabled} or {@code invited} today; absent where Descope does not say
     */
    public Optional<String> status() {
        return status;
    }

    /**
     * The roles on the level of the project, for showing; what counts is in the session.
     *
     * @return empty if there are none
     */
    public List<String> roleNames() {
        return roleNames;
    }

    /**
     * The permissions on the level of the project, for showing; what counts is in the session.
     *
     * @return empty if there are none
     */
    public List<String> permissions() {
        return permissions;
    }

    /**
     * The tenants of the user with roles and permissions there, for showing; what counts is in the session.
     *
     * @return empty if there are none
     */
    public List<UserTenant> tenants() {
        return tenants;
    }

    /**
     * Attributes that the project defines.
     *
     * @return values as in {@link org.descope4j.session.Session#claims()}; empty if there are none
     */
    public Map<String, Object> customAttributes() {
        return customAttributes;
    }

    /**
     * The IDs of the user in other systems.
     *
     * @return empty if there are none
     */
    public List<String> externalIds() {
        return externalIds;
    }

    /**
     * The federated applications that the user can reach.
     *
     * @return empty if there are none
     */
    public List<String> ssoAppIds() {
        return ssoAppIds;
    }

    /**
     * The OAuth providers that the user has signed in with.
     *
     * @return empty if there are none
     */
    public Set<String> oauthProviders() {
        return oauthProviders;
    }

    /**
     * Whether the user has a passkey (WebAuthn).
     *
     * @return false where Descope does not say
     */
    public boolean hasPasskey() {
        return hasPasskey;
    }

    /**
     * Whether the user has a password.
     *
     * @return false where Descope does not say
     */
    public boolean hasPassword() {
        return hasPassword;
    }

    /**
     * Whether the user has an authenticator app (TOTP).
     *
     * @return false where Descope does not say
     */
    public boolean hasAuthenticatorApp() {
        return hasAuthenticatorApp;
    }

    /**
     * Whether the user has push notifications as a second factor.
     *
     * @return false where Descope does not say
     */
    public boolean hasPush() {
        return hasPush;
    }

    /**
     * Whether the user has signed in by SAML.
     *
     * @return false where Descope does not say
     */
    public boolean usesSaml() {
        return usesSaml;
    }

    /**
     * Whether the user has signed in by OpenID Connect.
     *
     * @return false where Descope does not say
     */
    public boolean usesOidc() {
        return usesOidc;
    }

    /**
     * Whether SCIM manages the user.
     *
     * @return false where Descope does not say
     */
    public boolean isManagedByScim() {
        return isManagedByScim;
    }

    /**
     * Whether the details can be changed at Descope.
     *
     * @return false where Descope does not say
     */
    public boolean isEditable() {
        return isEditable;
    }

    /**
     * Whether this is a test user.
     *
     * @return false where Descope does not say
     */
    public boolean isTestUser() {
        return isTestUser;
    }

    /**
     * When the user was created.
     *
     * @return absent where Descope does not say
     */
    public Optional<Instant> createdTime() {
        return createdTime;
    }

    /**
     * When the user was last changed.
     *
     * @return absent where Descope does not say, as in most answers
     */
    public Optional<Instant> modifiedTime() {
        return modifiedTime;
    }

    /**
     * When the user's consent ends.
     *
     * @return absent where there is none
     */
    public Optional<Instant> consentExpiration() {
        return consentExpiration;
    }

    /** The user ID alone: names and addresses are personal data and stay out of logs. */
    @Override
    public String toString() {
        return "User[" + id + "]";
    }

    private static List<UserTenant> tenantsOf(Wire.UserAnswer answer) {
        return answer.userTenants() == null
                ? List.of()
                : answer.userTenants().stream()
                        .filter(Objects::nonNull)
                        .map(UserTenant::of)
                        .toList();
    }

    private static Set<String> providersOf(Wire.UserAnswer answer) {
        Set<String> providers = new LinkedHashSet<>();
        if (answer.oauth() != null) {
            answer.oauth().forEach((provider, isUsed) -> {
                if (flag(isUsed)) {
                    providers.add(provider);
                }
            });
        }
        return Set.copyOf(providers);
    }
}
