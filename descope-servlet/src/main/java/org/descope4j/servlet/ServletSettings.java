package org.descope4j.servlet;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.descope4j.DeliveryMethod;
import org.descope4j.DescopeSettings;
import org.descope4j.session.SigningAlgorithm;

/**
 * How a web application signs its users in: the Descope project, where browsers reach the application, what is protected.
 * Immutable, checked once when built; {@link #toString()} shows no secret.
 *
 * <p>Most applications never see this class: the filters build it from configuration.
 */
public final class ServletSettings {
    /** 256 bits in base64; what AES-256 and HMAC-SHA-256 can use. */
    private static final int SHORTEST_SECRET = 32;

    private final DescopeSettings descope;
    private final PublicUrl publicUrl;
    private final List<String> secrets;
    private final boolean secretIsConfigured;
    private final ProtectedPaths protectedPaths;
    private final List<DeliveryMethod> deliveryMethods;
    private final SendingLimits.Limits limits;
    private final boolean strictlySameBrowser;
    private final RedirectPolicy.Reach returnTo;
    private final List<DeliveryMethod> updateMethods;
    private final Duration updateFreshness;
    private final RoleMap roleMap;
    private final String applicationName;
    private final List<String> languages;

    private ServletSettings(Builder builder) {
        descope = builder.descope;
        publicUrl = publicUrl(builder);
        secretIsConfigured = !builder.secrets.isEmpty();
        secrets = secretIsConfigured
                ? builder.secrets.stream().map(ServletSettings::checked).toList()
                : List.of(random());
        protectedPaths = ProtectedPaths.of(builder.protectedPaths, builder.publicPaths);
        deliveryMethods = deliveryMethods(SettingKey.DELIVERY_METHODS, builder.deliveryMethods);
        limits = limits(builder);
        strictlySameBrowser = isStrict(builder.sameBrowser);
        returnTo = reach(builder.returnTo);
        updateMethods = builder.updateMethods.isEmpty()
                ? List.of()
                : deliveryMethods(SettingKey.UPDATE_METHODS, builder.updateMethods);
        updateFreshness = Rate.parseDuration(SettingKey.UPDATE_FRESHNESS.key(), builder.updateFreshness);
        roleMap = RoleMap.parse(builder.rolesMap);
        applicationName = builder.applicationName;
        languages = PageLanguages.parse(builder.languages);
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
        String projectId = sources.find(SettingKey.PROJECT_ID).orElseThrow(ServletSettings::nothingConfigured);
        DescopeSettings.Builder descope = DescopeSettings.forProject(projectId);
        sources.find(SettingKey.BASE_URL).ifPresent(descope::baseUri);
        sources.find(SettingKey.ALGORITHMS).ifPresent(names -> descope.algorithms(algorithms(names)));
        sources.find(SettingKey.AUDIENCE).ifPresent(descope::audience);
        sources.find(SettingKey.AUTH_MANAGEMENT_KEY).ifPresent(descope::authManagementKey);
        Builder builder = forProject(descope.build());
        sources.find(SettingKey.PUBLIC_URL).ifPresent(builder::publicUrl);
        sources.find(SettingKey.SECRET).ifPresent(secrets -> builder.secrets(secrets.split(",")));
        sources.find(SettingKey.PROTECTED_PATHS).ifPresent(builder::protectedPaths);
        sources.find(SettingKey.PUBLIC_PATHS).ifPresent(builder::publicPaths);
        sources.find(SettingKey.DELIVERY_METHODS).ifPresent(builder::deliveryMethods);
        sources.find(SettingKey.PHONE_PREFIXES).ifPresent(builder::phonePrefixes);
        sources.find(SettingKey.LIMIT_PER_RECIPIENT).ifPresent(builder::limitPerRecipient);
        sources.find(SettingKey.LIMIT_PER_ADDRESS).ifPresent(builder::limitPerAddress);
        sources.find(SettingKey.LIMIT_TOTAL).ifPresent(builder::limitTotal);
        sources.find(SettingKey.TRUSTED_PROXIES).ifPresent(builder::trustedProxies);
        sources.find(SettingKey.SAME_BROWSER).ifPresent(builder::sameBrowser);
        sources.find(SettingKey.RETURN_TO).ifPresent(builder::returnTo);
        sources.find(SettingKey.UPDATE_METHODS).ifPresent(builder::updateMethods);
        sources.find(SettingKey.UPDATE_FRESHNESS).ifPresent(builder::updateFreshness);
        sources.find(SettingKey.ROLES_MAP).ifPresent(builder::rolesMap);
        sources.find(SettingKey.APPLICATION_NAME).ifPresent(builder::applicationName);
        sources.find(SettingKey.LANGUAGES).ifPresent(builder::languages);
        return builder.build();
    }

    DescopeSettings descope() {
        return descope;
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

    ProtectedPaths protectedPaths() {
        return protectedPaths;
    }

    List<DeliveryMethod> deliveryMethods() {
        return deliveryMethods;
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

    String applicationName() {
        return applicationName;
    }

    /** Of the pages, as language tags, the default first; empty for all there are. */
    List<String> languages() {
        return languages;
    }

    /** Everything but the secrets. */
    @Override
    public String toString() {
        return "project " + descope.projectId() + " at " + descope.baseUri() + ", public URL " + publicUrl
                + ", sign-in at " + AuthPaths.SIGN_IN + " by " + deliveryMethods + ", protected paths "
                + (protectedPaths.isEmpty() ? "none" : protectedPaths) + ", secret "
                + (secretIsConfigured ? "configured" : "made for this run");
    }

    private static IllegalArgumentException nothingConfigured() {
        return new IllegalArgumentException(
                "Magic-link sign-in has no Descope project. Set descope.project-id (environment variable "
                        + "DESCOPE_PROJECT_ID, system property, MicroProfile Config, context-param in web.xml, or @DescopeApplication) to the "
                        + "project ID of the Descope console; or descope.auto-register=false if this application shall not sign users in");
    }

    private static PublicUrl publicUrl(Builder builder) {
        if (!builder.publicUrl.isEmpty()) {
            return PublicUrl.of(builder.publicUrl);
        }
        if (builder.descope.isLoopback()) {
            return PublicUrl.ofLoopbackRequests();
        }
        throw new IllegalArgumentException(
                "Magic links need to know where to lead. Set descope.public-url (environment variable "
                        + "DESCOPE_PUBLIC_URL) to where browsers reach this application, with its context path, such as "
                        + "https://app.example.com/shop; the Host header of requests is not trusted for that");
    }

    private static String checked(String secret) {
        if (secret.length() < SHORTEST_SECRET) {
            throw new IllegalArgumentException("descope.secret refused: expected at least " + SHORTEST_SECRET
                    + " characters, got " + secret.length() + "; make one with: openssl rand -base64 32");
        }
        return secret;
    }

    private static String random() {
        byte[] bytes = new byte[SHORTEST_SECRET];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static Set<SigningAlgorithm> algorithms(String names) {
        return Arrays.stream(names.split(","))
                .map(String::strip)
                .map(ServletSettings::algorithm)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static SigningAlgorithm algorithm(String name) {
        return Arrays.stream(SigningAlgorithm.values())
                .filter(algorithm -> algorithm.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("descope.algorithms refused: expected RS256, ES256 or"
                        + " ES384, comma-separated, got " + name));
    }

    private static SendingLimits.Limits limits(Builder builder) {
        List<String> prefixes = Arrays.stream(builder.phonePrefixes.split(","))
                .map(String::strip)
                .filter(prefix -> !prefix.isEmpty())
                .map(ServletSettings::phonePrefix)
                .toList();
        return new SendingLimits.Limits(
                Rate.parse(SettingKey.LIMIT_PER_RECIPIENT.key(), builder.limitPerRecipient),
                Rate.parse(SettingKey.LIMIT_PER_ADDRESS.key(), builder.limitPerAddress),
                Rate.parse(SettingKey.LIMIT_TOTAL.key(), builder.limitTotal),
                prefixes,
                IpRange.parseAll(SettingKey.TRUSTED_PROXIES.key(), builder.trustedProxies));
    }

    private static String phonePrefix(String prefix) {
        if (!prefix.matches("\\+[1-9][0-9]{0,13}")) {
            throw new IllegalArgumentException(
                    "descope.phone-prefixes refused: expected what numbers may begin with, such"
                            + " as +49,+43,+1415, comma-separated; got " + prefix);
        }
        return prefix;
    }

    private static boolean isStrict(String sameBrowser) {
        return switch (sameBrowser) {
            case "strict" -> true;
            case "confirm" -> false;
            default ->
                throw new IllegalArgumentException(
                        "descope.same-browser refused: expected confirm (another browser sees a page with a button) or strict"
                                + " (it is refused), got " + sameBrowser);
        };
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

    private static List<DeliveryMethod> deliveryMethods(SettingKey key, String names) {
        return Arrays.stream(names.split(","))
                .map(String::strip)
                .map(name -> deliveryMethod(key, name))
                .distinct()
                .toList();
    }

    private static DeliveryMethod deliveryMethod(SettingKey key, String name) {
        return DeliveryMethod.find(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        key.key() + " refused: expected email," + " sms or whatsapp, comma-separated, got " + name));
    }

    /** Collects settings; {@link #build()} checks them. Not thread-safe. */
    public static final class Builder {
        private final DescopeSettings descope;
        private String publicUrl = "";
        private List<String> secrets = List.of();
        private String protectedPaths = "";
        private String publicPaths = "";
        private String deliveryMethods = "email";
        private String phonePrefixes = "";
        private String limitPerRecipient = "5/15m";
        private String limitPerAddress = "30/15m";
        private String limitTotal = "1000/15m";
        private String trustedProxies = "";
        private String sameBrowser = "confirm";
        private String returnTo = "application";
        private String updateMethods = "";
        private String updateFreshness = "15m";
        private String rolesMap = "";
        private String applicationName = "";
        private String languages = "";

        private Builder(DescopeSettings descope) {
            this.descope = descope;
        }

        /**
         * Sets where browsers reach the application ({@code descope.public-url}). Links lead there.
         *
         * @param publicUrl https, or http for localhost, with the context path
         * @return this
         */
        public Builder publicUrl(String publicUrl) {
            this.publicUrl = requireNonNull(publicUrl, "publicUrl");
            return this;
        }

        /**
         * Sets what seals links and cookies ({@code descope.secret}); the same on all nodes. Without it one is made at each start, and
         * links asked for before a restart need a click more.
         *
         * @param secrets the first seals, all open, so that they can be rotated; at least 32 characters each
         * @return this
         */
        public Builder secrets(String... secrets) {
            this.secrets = Arrays.stream(secrets)
                    .map(String::strip)
                    .filter(secret -> !secret.isEmpty())
                    .toList();
            return this;
        }

        /**
         * Sets which paths need a signed-in user ({@code descope.protected-paths}).
         *
         * @param protectedPaths comma-separated patterns such as {@code /account/*} or {@code /admin/*=admin}; none by default
         * @return this
         */
        public Builder protectedPaths(String protectedPaths) {
            this.protectedPaths = requireNonNull(protectedPaths, "protectedPaths");
            return this;
        }

        /**
         * Sets which paths below protected ones stay public ({@code descope.public-paths}); the longer pattern wins.
         *
         * @param publicPaths comma-separated patterns; none by default
         * @return this
         */
        public Builder publicPaths(String publicPaths) {
            this.publicPaths = requireNonNull(publicPaths, "publicPaths");
            return this;
        }

        /**
         * Sets what the sign-in page offers ({@code descope.delivery-methods}).
         *
         * @param deliveryMethods comma-separated: {@code email}, {@code sms}, {@code whatsapp}; {@code email} by default, since messages
         *     to phones cost money
         * @return this
         */
        public Builder deliveryMethods(String deliveryMethods) {
            this.deliveryMethods = requireNonNull(deliveryMethods, "deliveryMethods");
            return this;
        }

        /**
         * Sets which phones links are sent to ({@code descope.phone-prefixes}).
         *
         * @param phonePrefixes comma-separated beginnings of numbers, such as {@code +49,+43,+1415}; all by default
         * @return this
         */
        public Builder phonePrefixes(String phonePrefixes) {
            this.phonePrefixes = requireNonNull(phonePrefixes, "phonePrefixes");
            return this;
        }

        /**
         * Sets how many links one recipient is sent ({@code descope.limits.per-recipient}).
         *
         * @param limitPerRecipient so many in such a time, or {@code off}; {@code 5/15m} by default, enough for who mistypes and
         *     too few for who wants to annoy
         * @return this
         */
        public Builder limitPerRecipient(String limitPerRecipient) {
            this.limitPerRecipient = requireNonNull(limitPerRecipient, "limitPerRecipient");
            return this;
        }

        /**
         * Sets how many links one client address may ask for ({@code descope.limits.per-address}). An IPv6 network of 64 bits counts as
         * one address.
         *
         * @param limitPerAddress so many in such a time, or {@code off}; {@code 30/15m} by default, since offices share an address
         * @return this
         */
        public Builder limitPerAddress(String limitPerAddress) {
            this.limitPerAddress = requireNonNull(limitPerAddress, "limitPerAddress");
            return this;
        }

        /**
         * Sets how many links are sent in all ({@code descope.limits.total}).
         *
         * @param limitTotal so many in such a time, or {@code off}; {@code 1000/15m} by default, a hundredth of what Descope takes
         *     from one server
         * @return this
         */
        public Builder limitTotal(String limitTotal) {
            this.limitTotal = requireNonNull(limitTotal, "limitTotal");
            return this;
        }

        /**
         * Sets whose {@code X-Forwarded-For} tells the client's address ({@code descope.trusted-proxies}).
         *
         * @param trustedProxies comma-separated addresses and ranges, such as {@code 10.0.0.0/8}; none by default
         * @return this
         */
        public Builder trustedProxies(String trustedProxies) {
            this.trustedProxies = requireNonNull(trustedProxies, "trustedProxies");
            return this;
        }

        /**
         * Sets what happens to a link that is opened in another browser than the one that asked for it ({@code descope.same-browser}).
         *
         * @param sameBrowser {@code confirm}, the default: a page that names the account and has a button; or {@code strict}: it
         *     is refused, also where mail is read on another device
         * @return this
         */
        public Builder sameBrowser(String sameBrowser) {
            this.sameBrowser = requireNonNull(sameBrowser, "sameBrowser");
            return this;
        }

        /**
         * Sets where a user may be led after sign-in ({@code descope.return-to}).
         *
         * @param returnTo {@code application}, the default: to pages of this application; or {@code host}: to other applications
         *     on the same host too
         * @return this
         */
        public Builder returnTo(String returnTo) {
            this.returnTo = requireNonNull(returnTo, "returnTo");
            return this;
        }

        /**
         * Lets signed-in users change their address by link, at {@code /auth/update} ({@code descope.update-methods}).
         *
         * @param updateMethods comma-separated: {@code email}, {@code sms}, {@code whatsapp}; none by default: there is no such page
         * @return this
         */
        public Builder updateMethods(String updateMethods) {
            this.updateMethods = requireNonNull(updateMethods, "updateMethods");
            return this;
        }

        /**
         * Sets how long after they signed in users may change their address ({@code descope.update-freshness}); later they sign in again
         * first.
         *
         * @param updateFreshness such as {@code 15m}, the default: long enough for the form, too short for who finds an unlocked screen
         * @return this
         */
        public Builder updateFreshness(String updateFreshness) {
            this.updateFreshness = requireNonNull(updateFreshness, "updateFreshness");
            return this;
        }

        /**
         * Sets what roles of Descope are called here ({@code descope.roles.map}). Who has the one has the other too.
         *
         * @param rolesMap comma-separated, such as {@code Tenant Admin=admin,Editor=author}; none by default
         * @return this
         */
        public Builder rolesMap(String rolesMap) {
            this.rolesMap = requireNonNull(rolesMap, "rolesMap");
            return this;
        }

        /**
         * Sets what the built-in pages call the application ({@code descope.application-name}).
         *
         * @param applicationName shown in their header; none by default
         * @return this
         */
        public Builder applicationName(String applicationName) {
            this.applicationName = requireNonNull(applicationName, "applicationName");
            return this;
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
            this.languages = requireNonNull(languages, "languages");
            return this;
        }

        /**
         * Checks everything.
         *
         * @return the settings
         * @throws IllegalArgumentException if a value is missing or not acceptable; the message names the key and says what to do
         */
        public ServletSettings build() {
            return new ServletSettings(this);
        }
    }
}
