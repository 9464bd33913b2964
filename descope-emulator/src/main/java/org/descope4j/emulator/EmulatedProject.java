package org.descope4j.emulator;

import static java.util.Objects.requireNonNull;

import com.nimbusds.jwt.JWTClaimsSet;
import java.net.URI;
import java.util.Map;

/**
 * One project of an emulator: its users, access keys, inbox and signing keys. Safe for use by several threads.
 *
 * <p>An emulator always has a first project, which its own methods speak of; only who has several needs this type.
 */
public final class EmulatedProject {
    private final NewProject plan;
    private final EmulatorClock clock;
    private final SigningKeys keys;
    private final Tenants tenants;
    private final Roles roles;
    private final CustomAttributes customAttributes = new CustomAttributes();
    private final Users users;
    private final AccessKeys accessKeys;
    private final SignInHistory history = new SignInHistory();
    private final Links links;
    private final Sessions sessions;
    private final Inbox inbox = new Inbox();
    private final Router router = new Router();
    private final TokenIssuer issuer;
    private final LinklessSignIn linklessSignIn;

    EmulatedProject(NewProject plan, URI baseUri, EmulatorClock clock) {
        this.plan = plan;
        this.clock = clock;
        this.keys = new SigningKeys(settings().algorithm(), settings().id());
        this.tenants = new Tenants(clock);
        this.roles = new Roles(clock);
        this.accessKeys = new AccessKeys(tenants);
        this.users = new Users(clock, tenants);
        this.links = new Links(clock);
        this.sessions = new Sessions(
                clock, settings().lifetimes().refreshJwt(), settings().rotationGracePeriod());
        this.issuer = new TokenIssuer(settings(), settings().issuerForm().issuer(baseUri, id()), roles, keys, clock);
        this.linklessSignIn = new LinklessSignIn(settings(), users, roles, sessions, issuer);
        addCalls(baseUri);
        setTheStage();
    }

    /**
     * The project ID to give to Descope's clients.
     *
     * @return 28 or more letters and digits that begin with P
     */
    public String id() {
        return settings().id();
    }

    /**
     * The key for management calls.
     *
     * @return the key that was set, else a random one of this start
     */
    public String managementKey() {
        return settings().keys().management();
    }

    /**
     * The messages that Descope would have sent for this project.
     *
     * @return the inbox, the same at each call
     */
    public Inbox inbox() {
        return inbox;
    }

    /**
     * The users who can sign in to this project.
     *
     * @return the users, the same at each call
     */
    public Users users() {
        return users;
    }

    /**
     * The access keys that programs can exchange for a session JWT of this project.
     *
     * @return the access keys, the same at each call
     */
    public AccessKeys accessKeys() {
        return accessKeys;
    }

    /** Signs with a new key from now on. The former keys stay in the key set, so JWTs that they signed remain good. */
    public void rotateKeys() {
        keys.rotate();
    }

    /** Signs with a new key from now on, and takes the former keys out of the key set: JWTs that they signed are good no more. */
    public void rotateAndRevokeKeys() {
        keys.rotateAndRevoke();
    }

    /**
     * Signs a user in without a link, for tests that are about something else. Whoever does not exist yet signs up by it.
     *
     * @param loginId an e-mail address, a phone number or a name
     * @return JWTs as a click on a link would have brought them
     * @throws IllegalArgumentException when the login ID is blank
     */
    public SignedIn signIn(String loginId) {
        return linklessSignIn.by(requireNonNull(loginId, "loginId"));
    }

    /**
     * Signs any claims with the key that signs this project's JWTs, for tests of what no sign-in brings. Nothing is added or checked.
     *
     * @param claims texts, numbers, booleans, lists and maps of these, by their names
     * @return the JWT
     */
    public String sign(Map<String, ?> claims) {
        JWTClaimsSet.Builder claimsSet = new JWTClaimsSet.Builder();
        requireNonNull(claims, "claims").forEach(claimsSet::claim);
        return keys.sign(claimsSet.build());
    }

    /**
     * The public keys that verify this project's JWTs at this moment, as the key service has them.
     *
     * @return a JWKS document
     */
    public String keySet() {
        return Json.write(Json.object().add("keys", keys.publicKeys()).build());
    }

    ProjectSettings settings() {
        return plan.settings();
    }

    SigningKeys keys() {
        return keys;
    }

    Router router() {
        return router;
    }

    Roles roles() {
        return roles;
    }

    UserJson userJson() {
        return new UserJson(roles);
    }

    boolean hasOpenLink(String token) {
        return links.isOpen(token);
    }

    /** Goes back to how it was at the start, but for the signing keys. */
    void reset() {
        links.clear();
        sessions.clear();
        users.clear();
        tenants.clear();
        roles.clear();
        customAttributes.clear();
        accessKeys.clear();
        history.clear();
        inbox.clear();
        setTheStage();
    }

    private void setTheStage() {
        plan.permissions().forEach(permission -> require(roles.add(permission), "permission " + permission.name()));
        plan.roles().forEach(role -> require(roles.add(role), "role " + role.name()));
        plan.tenants().forEach(tenant -> require(tenants.add(tenant), "tenant " + tenant.id()));
        plan.users()
                .forEach(user -> require(
                        users.register(user).isPresent(),
                        "user " + user.loginIds().get(0).value()));
        plan.accessKeys().forEach(key -> require(accessKeys.register(key).isPresent(), "access key " + key.name()));
    }

    private void require(boolean isFirst, String what) {
        if (!isFirst) {
            throw new IllegalArgumentException("In project " + id() + " the " + what + " is there twice");
        }
    }

    private void addCalls(URI baseUri) {
        ProjectSettings settings = settings();
        RedirectUrl defaultRedirect = new RedirectUrl(baseUri + InboxPage.LANDING_PATH);
        Credentials credentials = new Credentials(settings, sessions, issuer);
        LinkSender sender = new LinkSender(settings, links, inbox, clock);
        SessionAnswers answers = new SessionAnswers(settings.cookies(), issuer, userJson(), clock);
        new MagicLinkApi(settings, credentials, users, roles, sender, defaultRedirect).addTo(router);
        new UpdateApi(credentials, users, sender, defaultRedirect).addTo(router);
        new VerifyApi(credentials, users, links, sessions, answers, history, clock).addTo(router);
        new SessionApi(settings, credentials, users, sessions, answers).addTo(router);
        new MeApi(credentials, users, userJson(), history).addTo(router);
        new ValidateApi(credentials, issuer).addTo(router);
        new AccessKeyApi(credentials, accessKeys, issuer, clock).addTo(router);
        new KeysApi(credentials, keys).addTo(router);
        addManagementCalls(credentials, sender, defaultRedirect);
    }

    private void addManagementCalls(Credentials credentials, LinkSender sender, RedirectUrl defaultRedirect) {
        ManagedUsers managed = new ManagedUsers(users, sessions);
        new ManagedUsersApi(credentials, managed, userJson()).addTo(router);
        new ManagedUserSearchApi(credentials, managed, userJson()).addTo(router);
        new ManagedUserChangesApi(credentials, managed, userJson()).addTo(router);
        new TestLinkApi(credentials, users, sender, defaultRedirect).addTo(router);
        new EmbeddedLinkApi(credentials, users, sender).addTo(router);
        new CustomAttributesApi(credentials, customAttributes).addTo(router);
        new TenantsApi(credentials, users, tenants).addTo(router);
        new RolesApi(credentials, roles).addTo(router);
        new PermissionsApi(credentials, roles).addTo(router);
        new ManagementApi(credentials, history).addTo(router);
    }
}
