package org.descope4j.servlet;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.descope4j.DeliveryMethod;
import org.descope4j.DescopeSettings;
import org.descope4j.servlet.SettingKey.Topic;
import org.descope4j.servlet.SettingValues.Found;

/**
 * How a web application signs its users in: the Descope project, where browsers reach the application, what is protected.
 * Immutable, checked once when built; {@link #toString()} shows no secret.
 *
 * <p>Most applications never see this class: the filters build it from configuration.
 */
public final class ServletSettings {
    /** 256 bits in base64; what AES-256 and HMAC-SHA-256 can use. */
    private static final int SHORTEST_SECRET = 32;
    /** Nobody waits longer for a page. */
    private static final Duration LONGEST_ANSWER_TIME = Duration.ofSeconds(10);

    private final DescopeSettings descope;
    private final SettingValues values;
    private final PublicUrl publicUrl;
    private final List<String> secrets;
    private final boolean secretIsConfigured;
    private final AuthPaths authPaths;
    private final ProtectedPaths protectedPaths;
    private final IgnoredPaths ignoredPaths;
    private final FreshPaths freshPaths;
    private final List<PathPattern> onlineCheckPaths;
    private final CrossSite crossSite;
    private final CorsAnswers corsAnswers;
    private final CookiePolicy cookiePolicy;
    private final String clearSiteData;
    private final List<DeliveryMethod> deliveryMethods;
    private final Registration registration;
    private final Duration answerTime;
    private final SignUpFields signUpFields;
    private final SendingLimits.Limits limits;
    private final boolean strictlySameBrowser;
    private final RedirectPolicy.Reach returnTo;
    private final List<DeliveryMethod> updateMethods;
    private final Duration updateFreshness;
    private final RoleMap roleMap;
    private final boolean bearerSkipsSignInHandler;
    private final boolean httpSessionOutlivesUser;
    private final String applicationName;
    private final List<String> languages;
    private final ContainerSecurity.Wanted containerSecurity;
    private final Map<PageName, String> pages;

    private ServletSettings(DescopeSettings descope, SettingValues values) {
        this.descope = descope;
        this.values = values;
        values.flag(SettingKey.AUTO_REGISTER);
        publicUrl = publicUrl(descope, values);
        List<String> configured = values.list(SettingKey.SECRET);
        secretIsConfigured = !configured.isEmpty();
        secrets = secretIsConfigured
                ? configured.stream().map(ServletSettings::checked).toList()
                : List.of(random());
        registration = Registration.from(values);
        signUpFields = SignUpFields.from(values);
        boolean hasSignUp = registration == Registration.OPEN && !signUpFields.isEmpty();
        authPaths = new AuthPaths(values.text(SettingKey.AUTH_PATH), hasSignUp);
        protectedPaths = ProtectedPaths.of(
                authPaths, values.text(SettingKey.PROTECTED_PATHS), values.text(SettingKey.PUBLIC_PATHS));
        ignoredPaths = IgnoredPaths.from(values);
        freshPaths = FreshPaths.from(values);
        onlineCheckPaths = PathPattern.listOf(SettingKey.ONLINE_CHECK_PATHS, values);
        crossSite = CrossSite.from(values, publicUrl);
        corsAnswers = CorsAnswers.from(values, crossSite);
        cookiePolicy = CookiePolicy.from(values, publicUrl);
        clearSiteData = clearSiteData(values.list(SettingKey.CLEAR_SITE_DATA));
        deliveryMethods = deliveryMethods(SettingKey.DELIVERY_METHODS, values);
        answerTime = answerTime(values);
        limits = limits(values);
        strictlySameBrowser = isStrict(values.text(SettingKey.SAME_BROWSER));
        returnTo = reach(values.text(SettingKey.RETURN_TO));
        updateMethods = values.find(SettingKey.UPDATE_METHODS).isPresent()
                ? deliveryMethods(SettingKey.UPDATE_METHODS, values)
                : List.of();
        updateFreshness = values.duration(SettingKey.UPDATE_FRESHNESS);
        if (updateFreshness.isZero()) {
            throw SettingKey.UPDATE_FRESHNESS.refusal("a time that is not zero, such as 15m");
        }
        roleMap = RoleMap.parse(values.text(SettingKey.ROLES_MAP));
        bearerSkipsSignInHandler = values.flag(SettingKey.BEARER_SKIPS_SIGN_IN_HANDLER);
        httpSessionOutlivesUser = values.flag(SettingKey.HTTP_SESSION_OUTLIVES_USER);
        applicationName = values.text(SettingKey.APPLICATION_NAME);
        languages = PageLanguages.parse(values.text(SettingKey.LANGUAGES));
        containerSecurity = containerSecurity(values);
        pages = OwnPages.paths(values);
    }

    /**
     * Starts from a Descope project.
     *
     * @param descope which project, and where its service is
     * @return a builder with defaults for everything but the public URL, which a real project needs
     */
    public static Builder forProject(DescopeSettings descope) {
        return new Builder(requireNonNull(descope, "descope"));
    }

    /** What the sources say, checked. */
    static ServletSettings from(SettingSources sources) {
        SettingValues values = sources.values();
        return new ServletSettings(ProjectSettings.from(values), values);
    }

    DescopeSettings descope() {
        return descope;
    }

    /** The texts that the settings were made of. */
    SettingValues values() {
        return values;
    }

    PublicUrl publicUrl() {
        return publicUrl;
    }

    List<String> secrets() {
        return secrets;
    }

    boolean secretIsConfigured() {
        return secretIsConfigured;
    }

    AuthPaths authPaths() {
        return authPaths;
    }

    ProtectedPaths protectedPaths() {
        return protectedPaths;
    }

    IgnoredPaths ignoredPaths() {
        return ignoredPaths;
    }

    FreshPaths freshPaths() {
        return freshPaths;
    }

    List<PathPattern> onlineCheckPaths() {
        return onlineCheckPaths;
    }

    CrossSite crossSite() {
        return crossSite;
    }

    CorsAnswers corsAnswers() {
        return corsAnswers;
    }

    CookiePolicy cookiePolicy() {
        return cookiePolicy;
    }

    /** The value of that header at sign-out; empty for none. */
    String clearSiteData() {
        return clearSiteData;
    }

    List<DeliveryMethod> deliveryMethods() {
        return deliveryMethods;
    }

    /** Whether the sign-in page makes accounts: where there is a page for new users, that page does, since it asks for the details. */
    Registration registrationAtSignIn() {
        return authPaths.hasSignUp() ? Registration.CLOSED : registration;
    }

    /** What the sign-up page asks for. */
    SignUpFields signUpFields() {
        return signUpFields;
    }

    /** After which a request for a link is answered; zero to wait for Descope. */
    Duration answerTime() {
        return answerTime;
    }

    SendingLimits.Limits limits() {
        return limits;
    }

    /** Whether a link that comes back in another browser than the one that asked for it is refused. */
    boolean strictlySameBrowser() {
        return strictlySameBrowser;
    }

    RedirectPolicy.Reach returnTo() {
        return returnTo;
    }

    /** How links may be sent that change an address; empty where users may not change theirs here. */
    List<DeliveryMethod> updateMethods() {
        return updateMethods;
    }

    Duration updateFreshness() {
        return updateFreshness;
    }

    RoleMap roleMap() {
        return roleMap;
    }

    /** Whether a Bearer token makes a user although a {@link SignInHandler} was not asked about them. */
    boolean bearerSkipsSignInHandler() {
        return bearerSkipsSignInHandler;
    }

    /** Whether an HttpSession goes on for nobody when the session of its owner is over by itself. */
    boolean httpSessionOutlivesUser() {
        return httpSessionOutlivesUser;
    }

    String applicationName() {
        return applicationName;
    }

    /** Of the pages, as language tags, the default first; empty for all there are. */
    List<String> languages() {
        return languages;
    }

    ContainerSecurity.Wanted containerSecurity() {
        return containerSecurity;
    }

    /** The pages that the application has of its own, by their paths. */
    Map<PageName, String> pages() {
        return pages;
    }

    /** Everything but the secrets. */
    @Override
    public String toString() {
        return "project " + descope.projectId() + " at " + descope.baseUri() + ", public URL " + publicUrl
                + ", sign-in at " + authPaths.signIn() + " by " + deliveryMethods + ", protected paths "
                + (protectedPaths.isEmpty() ? "none" : protectedPaths) + ", secret "
                + (secretIsConfigured ? "configured" : "made for this run");
    }

    private static PublicUrl publicUrl(DescopeSettings descope, SettingValues values) {
        if (values.find(SettingKey.PUBLIC_URL).isPresent()) {
            return PublicUrl.of(values.text(SettingKey.PUBLIC_URL));
        }
        if (descope.isLoopback()) {
            return PublicUrl.ofLoopbackRequests();
        }
        throw new IllegalArgumentException(
                "Magic links need to know where to lead. Set descope.public-url (environment variable "
                        + "DESCOPE_PUBLIC_URL) to where browsers reach this application, with its context path, such as "
                        + "https://app.example.com/shop; the Host header of requests is not trusted for that");
    }

    private static String checked(String secret) {
        if (secret.length() < SHORTEST_SECRET) {
            throw SettingKey.SECRET.refusal("at least " + SHORTEST_SECRET + " characters, got " + secret.length()
                    + "; make one with: openssl rand -base64 32");
        }
        return secret;
    }

    private static String random() {
        byte[] bytes = new byte[SHORTEST_SECRET];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static Duration answerTime(SettingValues values) {
        Duration time = values.duration(SettingKey.ANSWER_TIME);
        if (time.isNegative() || time.compareTo(LONGEST_ANSWER_TIME) > 0) {
            throw SettingKey.ANSWER_TIME.refusal(
                    "a time of up to 10 seconds such as 1s, or 0s to wait for Descope, got "
                            + values.text(SettingKey.ANSWER_TIME));
        }
        return time;
    }

    private static SendingLimits.Limits limits(SettingValues values) {
        return new SendingLimits.Limits(
                rate(values, SettingKey.LIMIT_PER_RECIPIENT),
                rate(values, SettingKey.LIMIT_PER_ADDRESS),
                perNetwork(values),
                rate(values, SettingKey.LIMIT_TOTAL),
                values.list(SettingKey.PHONE_PREFIXES).stream()
                        .map(ServletSettings::phonePrefix)
                        .toList(),
                IpRange.parseAll(SettingKey.TRUSTED_PROXIES.key(), values.text(SettingKey.TRUSTED_PROXIES)));
    }

    /** Whoever does not want addresses to count, since all users share one, does not want their networks to count. */
    private static Optional<Rate> perNetwork(SettingValues values) {
        boolean isUnsaid = values.find(SettingKey.LIMIT_PER_NETWORK).isEmpty();
        return isUnsaid && rate(values, SettingKey.LIMIT_PER_ADDRESS).isEmpty()
                ? Optional.empty()
                : rate(values, SettingKey.LIMIT_PER_NETWORK);
    }

    private static Optional<Rate> rate(SettingValues values, SettingKey key) {
        return Rate.parse(key, values.text(key));
    }

    private static String phonePrefix(String prefix) {
        if (!prefix.matches("\\+[1-9][0-9]{0,13}")) {
            throw SettingKey.PHONE_PREFIXES.refusal(
                    "what numbers may begin with, such as +49,+43,+1415, comma-separated; got " + prefix);
        }
        return prefix;
    }

    private static String clearSiteData(List<String> directives) {
        if (!Set.of("cache", "storage").containsAll(directives)) {
            throw SettingKey.CLEAR_SITE_DATA.refusal("cache, storage or both, comma-separated, got " + directives);
        }
        return directives.stream().map(directive -> '"' + directive + '"').collect(Collectors.joining(", "));
    }

    private static boolean isStrict(String sameBrowser) {
        return switch (sameBrowser) {
            case "strict" -> true;
            case "confirm" -> false;
            default ->
                throw SettingKey.SAME_BROWSER.refusal("confirm (another browser sees a page with a button) or strict"
                        + " (it is refused), got " + sameBrowser);
        };
    }

    private static ContainerSecurity.Wanted containerSecurity(SettingValues values) {
        if (values.find(SettingKey.CONTAINER_SECURITY).isEmpty()) {
            return ContainerSecurity.Wanted.UNSAID;
        }
        return values.flag(SettingKey.CONTAINER_SECURITY) ? ContainerSecurity.Wanted.YES : ContainerSecurity.Wanted.NO;
    }

    private static RedirectPolicy.Reach reach(String returnTo) {
        return switch (returnTo) {
            case "application" -> RedirectPolicy.Reach.APPLICATION;
            case "host" -> RedirectPolicy.Reach.HOST;
            default ->
                throw new IllegalArgumentException("descope.return-to refused: expected application (pages of this"
                        + " application) or host (those of other applications on the same host too), got " + returnTo);
        };
    }

    private static List<DeliveryMethod> deliveryMethods(SettingKey key, SettingValues values) {
        List<String> names = values.list(key);
        if (names.isEmpty()) {
            throw key.refusal("at least one of email, sms and whatsapp");
        }
        return names.stream().map(name -> deliveryMethod(key, name)).distinct().toList();
    }

    private static DeliveryMethod deliveryMethod(SettingKey key, String name) {
        return DeliveryMethod.find(name)
                .orElseThrow(() -> key.refusal("email, sms or whatsapp, comma-separated, got " + name));
    }

    /** Collects settings; {@link #build()} checks them. Not thread-safe. */
    public static final class Builder {
        private final DescopeSettings descope;
        private final Map<SettingKey, Found> found = new EnumMap<>(SettingKey.class);

        private Builder(DescopeSettings descope) {
            this.descope = descope;
        }

        /**
         * Sets any setting by its key, as configuration does; {@code docs/configuration.md} lists them.
         *
         * @param key with or without {@code descope.}, such as {@code same-browser}; not one of the Descope project, which {@code
         *     DescopeSettings} has, and not {@code auto-register}
         * @param value as in configuration; an empty text counts as not set
         * @return this
         * @throws IllegalArgumentException for a key that nobody reads here
         */
        public Builder setting(String key, String value) {
            String name = key.startsWith("descope.") ? key.substring("descope.".length()) : key;
            SettingKey known = SettingKey.find(name)
                    .filter(one -> one.topic() != Topic.PROJECT && one != SettingKey.AUTO_REGISTER)
                    .orElseThrow(() -> new IllegalArgumentException("No setting of a web application: " + key
                            + "; the keys are in docs/configuration.md, and those of the project in DescopeSettings"));
            return set(known, value);
        }

        private Builder set(SettingKey key, String value) {
            if (requireNonNull(value, key.initParam()).isBlank()) {
                found.remove(key);
            } else {
                found.put(key, new Found(value.strip(), "the application"));
            }
            return this;
        }

        /**
         * Sets where browsers reach the application ({@code descope.public-url}). Links lead there.
         *
         * @param publicUrl https, or http for localhost, with the context path
         * @return this
         */
        public Builder publicUrl(String publicUrl) {
            return set(SettingKey.PUBLIC_URL, publicUrl);
        }

        /**
         * Sets what seals links and cookies ({@code descope.secret}); the same on all nodes. Without it one is made at each start, and
         * links asked for before a restart need a click more.
         *
         * @param secrets the first seals, all open, so that they can be rotated; at least 32 characters each
         * @return this
         */
        public Builder secrets(String... secrets) {
            return set(SettingKey.SECRET, String.join(",", secrets));
        }

        /**
         * Sets which paths need a signed-in user ({@code descope.protected-paths}).
         *
         * @param protectedPaths comma-separated patterns such as {@code /account/*} or {@code /admin/*=admin}; none by default
         * @return this
         */
        public Builder protectedPaths(String protectedPaths) {
            return set(SettingKey.PROTECTED_PATHS, protectedPaths);
        }

        /**
         * Sets which paths below protected ones stay public ({@code descope.public-paths}); the longer pattern wins.
         *
         * @param publicPaths comma-separated patterns; none by default
         * @return this
         */
        public Builder publicPaths(String publicPaths) {
            return set(SettingKey.PUBLIC_PATHS, publicPaths);
        }

        /**
         * Sets what the sign-in page offers ({@code descope.delivery-methods}).
         *
         * @param deliveryMethods comma-separated: {@code email}, {@code sms}, {@code whatsapp}; {@code email} by default, since messages
         *     to phones cost money
         * @return this
         */
        public Builder deliveryMethods(String deliveryMethods) {
            return set(SettingKey.DELIVERY_METHODS, deliveryMethods);
        }

        /**
         * Sets whether people without an account at Descope get one here ({@code descope.registration}).
         *
         * @param registration {@code open}, the default, since most applications welcome new users: whoever asks for a link gets an
         *     account; or {@code closed}: links go to existing accounts only, and the answer is the same for everybody
         * @return this
         */
        public Builder registration(String registration) {
            return set(SettingKey.REGISTRATION, registration);
        }

        /**
         * Sets when a request for a link is answered, counted from its arrival ({@code descope.answer-time}): how long Descope takes
         * would tell whether an account exists. What takes longer ends behind the answer.
         *
         * @param answerTime up to 10 seconds, such as {@code 1s} or {@code PT1.5S}; {@code 1s} by default, longer than Descope mostly needs
         *     and short enough for a person who waits. {@code 0s} waits for Descope instead, for tests
         * @return this
         */
        public Builder answerTime(String answerTime) {
            return set(SettingKey.ANSWER_TIME, answerTime);
        }

        /**
         * Sets the details that a sign-up page at {@code /auth/sign-up} asks for ({@code descope.sign-up-fields}). The sign-in page makes
         * no accounts then.
         *
         * @param signUpFields comma-separated: {@code name}, {@code givenName}, {@code middleName}, {@code familyName}, {@code email},
         *     {@code phone}, and up to five names of your own; {@code =required} behind those that may not be left empty; none by
         *     default: there is no such page
         * @return this
         */
        public Builder signUpFields(String signUpFields) {
            return set(SettingKey.SIGN_UP_FIELDS, signUpFields);
        }

        /**
         * Sets which phones links are sent to ({@code descope.phone-prefixes}).
         *
         * @param phonePrefixes comma-separated beginnings of numbers, such as {@code +49,+43,+1415}; all by default
         * @return this
         */
        public Builder phonePrefixes(String phonePrefixes) {
            return set(SettingKey.PHONE_PREFIXES, phonePrefixes);
        }

        /**
         * Sets how many links one recipient is sent ({@code descope.limits.per-recipient}).
         *
         * @param limitPerRecipient so many in such a time, or {@code off}; {@code 5/15m} by default, enough for who mistypes and
         *     too few for who wants to annoy
         * @return this
         */
        public Builder limitPerRecipient(String limitPerRecipient) {
            return set(SettingKey.LIMIT_PER_RECIPIENT, limitPerRecipient);
        }

        /**
         * Sets how many links one client address may ask for ({@code descope.limits.per-address}). An IPv6 network of 64 bits counts as
         * one address.
         *
         * @param limitPerAddress so many in such a time, or {@code off}; {@code 30/15m} by default, since offices share an address
         * @return this
         */
        public Builder limitPerAddress(String limitPerAddress) {
            return set(SettingKey.LIMIT_PER_ADDRESS, limitPerAddress);
        }

        /**
         * Sets how many links one network may ask for ({@code descope.limits.per-network}): 24 bits of an IPv4 address, 48 of an IPv6
         * one. A network of 16 or 32 bits has twice as many.
         *
         * @param limitPerNetwork so many in such a time, or {@code off}; {@code 150/15m} by default, which is five addresses' worth, or
         *     off where addresses have no limit
         * @return this
         */
        public Builder limitPerNetwork(String limitPerNetwork) {
            return set(SettingKey.LIMIT_PER_NETWORK, limitPerNetwork);
        }

        /**
         * Sets how many links are sent in all ({@code descope.limits.total}). Half of them are kept for recipients that had no link in
         * that time, in networks that had few.
         *
         * @param limitTotal so many in such a time, or {@code off}; {@code 1000/15m} by default, a hundredth of what Descope takes
         *     from one server
         * @return this
         */
        public Builder limitTotal(String limitTotal) {
            return set(SettingKey.LIMIT_TOTAL, limitTotal);
        }

        /**
         * Sets whose {@code X-Forwarded-For} tells the client's address ({@code descope.trusted-proxies}).
         *
         * @param trustedProxies comma-separated addresses and ranges, such as {@code 10.0.0.0/8}; none by default
         * @return this
         */
        public Builder trustedProxies(String trustedProxies) {
            return set(SettingKey.TRUSTED_PROXIES, trustedProxies);
        }

        /**
         * Sets what happens to a link that is opened in another browser than the one that asked for it ({@code descope.same-browser}).
         *
         * @param sameBrowser {@code confirm}, the default: a page that names the account and has a button; or {@code strict}: it
         *     is refused, also where mail is read on another device
         * @return this
         */
        public Builder sameBrowser(String sameBrowser) {
            return set(SettingKey.SAME_BROWSER, sameBrowser);
        }

        /**
         * Sets where a user may be led after sign-in ({@code descope.return-to}).
         *
         * @param returnTo {@code application}, the default: to pages of this application; or {@code host}: to other applications
         *     on the same host too
         * @return this
         */
        public Builder returnTo(String returnTo) {
            return set(SettingKey.RETURN_TO, returnTo);
        }

        /**
         * Lets signed-in users change their address by link, at {@code /auth/update} ({@code descope.update-methods}).
         *
         * @param updateMethods comma-separated: {@code email}, {@code sms}, {@code whatsapp}; none by default: there is no such page
         * @return this
         */
        public Builder updateMethods(String updateMethods) {
            return set(SettingKey.UPDATE_METHODS, updateMethods);
        }

        /**
         * Sets how long after they signed in users may change their address ({@code descope.update-freshness}); later they sign in again
         * first.
         *
         * @param updateFreshness such as {@code 15m}, the default: long enough for the form, too short for who finds an unlocked screen
         * @return this
         */
        public Builder updateFreshness(String updateFreshness) {
            return set(SettingKey.UPDATE_FRESHNESS, updateFreshness);
        }

        /**
         * Sets what roles of Descope are called here ({@code descope.roles.map}). Who has the one has the other too.
         *
         * @param rolesMap comma-separated, such as {@code Tenant Admin=admin,Editor=author}; none by default
         * @return this
         */
        public Builder rolesMap(String rolesMap) {
            return set(SettingKey.ROLES_MAP, rolesMap);
        }

        /**
         * Sets what the built-in pages call the application ({@code descope.application-name}).
         *
         * @param applicationName shown in their header; none by default
         * @return this
         */
        public Builder applicationName(String applicationName) {
            return set(SettingKey.APPLICATION_NAME, applicationName);
        }

        /**
         * Sets which languages the pages are in ({@code descope.languages}). Each request gets the one its {@code Accept-Language}
         * likes best, and the first where it likes none. A link is asked for in the same language.
         *
         * @param languages comma-separated language tags such as {@code fr,en,pt-BR}; by default English, German, Spanish, Japanese,
         *     Hebrew, and each language whose texts the application has in {@code descope-pages_<language>.properties}
         * @return this
         */
        public Builder languages(String languages) {
            return set(SettingKey.LANGUAGES, languages);
        }

        /**
         * Puts a page of the application's own in the place of a built-in one ({@code descope.pages.sign-in} and so on).
         *
         * @param name {@code sign-in}, {@code sign-up}, {@code check-inbox}, {@code confirm}, {@code link-invalid}, {@code bad-request}, {@code forbidden},
         *     {@code refused}, {@code not-allowed}, {@code step-up}, {@code too-many-requests}, {@code unavailable}, {@code sign-out}, {@code signed-out}, {@code update},
         *     {@code update-sent}, {@code update-done}, {@code update-again} or {@code update-elsewhere}
         * @param path of a JSP, a servlet or a file, such as {@code /WEB-INF/sign-in.jsp}: below the context path, without a query; the
         *     request is forwarded there
         * @return this
         * @throws IllegalArgumentException if there is no such page, or the path is no such path
         */
        public Builder page(String name, String path) {
            PageName page = PageName.find(name)
                    .orElseThrow(() -> new IllegalArgumentException("There is no page " + name + "; the pages are "
                            + Arrays.stream(PageName.values())
                                    .map(PageName::key)
                                    .toList()));
            return set(page.setting(), OwnPages.requirePath(page, path));
        }

        /**
         * Checks everything.
         *
         * @return the settings
         * @throws IllegalArgumentException if a value is missing or not acceptable; the message names the key and says what to do
         */
        public ServletSettings build() {
            return new ServletSettings(descope, new SettingValues(found));
        }
    }
}
