package org.descope4j.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the session's cookies are called, and where browsers send them. Checked when made, since a browser drops what does not fit
 * together and says nothing. Immutable.
 *
 * @param prefix whether they are called {@code __Host-}
 * @param suffix what tells this application's cookies from those of others at the same host, where the prefix makes the path {@code /}
 * @param domain empty: the host that set them, and no other
 * @param path empty: the context path
 */
record CookiePolicy(
        String sessionName,
        String refreshName,
        Prefix prefix,
        String suffix,
        String domain,
        String path,
        SameSite sameSite,
        boolean partitioned) {
    private static final String SUFFIX_OF_REFRESH = "R";

    /** RFC 6265bis section 4.1.3.2: only this host by https can have set it. */
    private static final String HOST_PREFIX = "__Host-";

    private static final String PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");
    private static final Pattern PATH = Pattern.compile("/|(/[A-Za-z0-9\\-._~!$&'()*+,=:@%]+)+");
    private static final Pattern DOMAIN = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)+");
    private static final Set<String> OURS =
            Set.of(SessionCookies.PROFILE, SessionCookies.BINDING, SessionCookies.CSRF, SessionCookies.ENDED);

    /** Whether cookies are called {@code __Host-}. */
    enum Prefix {
        /** Wherever it takes nothing away: by https, at the root context, without a domain or a path of its own. */
        WHERE_IT_FITS,
        ALWAYS,
        NEVER
    }

    /** RFC 6265bis section 5.6.7. */
    enum SameSite {
        LAX("Lax"),
        STRICT("Strict"),
        NONE("None");

        private final String attribute;

        SameSite(String attribute) {
            this.attribute = attribute;
        }

        String attribute() {
            return attribute;
        }

        static Optional<SameSite> find(String name) {
            return Arrays.stream(values())
                    .filter(one -> one.attribute.equalsIgnoreCase(name))
                    .findFirst();
        }
    }

    /**
     * @throws IllegalArgumentException for what browsers would drop, with the key and the remedy
     */
    static CookiePolicy from(SettingValues values, PublicUrl publicUrl) {
        CookiePolicy policy = new CookiePolicy(
                values.text(SettingKey.COOKIE_SESSION_NAME),
                values.find(SettingKey.COOKIE_REFRESH_NAME)
                        .orElse(values.text(SettingKey.COOKIE_SESSION_NAME) + SUFFIX_OF_REFRESH),
                values.find(SettingKey.COOKIE_HOST_PREFIX).isEmpty()
                        ? Prefix.WHERE_IT_FITS
                        : values.flag(SettingKey.COOKIE_HOST_PREFIX) ? Prefix.ALWAYS : Prefix.NEVER,
                "",
                values.text(SettingKey.COOKIE_DOMAIN),
                values.text(SettingKey.COOKIE_PATH),
                SameSite.find(values.text(SettingKey.COOKIE_SAME_SITE))
                        .orElseThrow(() -> SettingKey.COOKIE_SAME_SITE.refusal(
                                "Lax, Strict or None, got " + values.text(SettingKey.COOKIE_SAME_SITE))),
                values.flag(SettingKey.COOKIE_PARTITIONED));
        policy.requireNames();
        policy.requireDomain(publicUrl);
        policy.requirePath();
        policy.requireHttps(publicUrl);
        return policy;
    }

    /** The same for an application at this context path, whose prefix is decided then: always or never. */
    CookiePolicy at(String contextPath, PublicUrl publicUrl) {
        boolean fits = publicUrl.isAlwaysSecure()
                && contextPath.isEmpty()
                && domain.isEmpty()
                && (path.isEmpty() || path.equals("/"));
        boolean isPrefixed = prefix == Prefix.ALWAYS || (prefix == Prefix.WHERE_IT_FITS && fits);
        return new CookiePolicy(
                sessionName,
                refreshName,
                isPrefixed ? Prefix.ALWAYS : Prefix.NEVER,
                isPrefixed ? suffixOf(contextPath) : "",
                domain,
                path,
                sameSite,
                partitioned);
    }

    /**
     * A context path as the end of a cookie's name, different for each: {@code -shop}, {@code -a~b} for {@code /a/b}. What is neither a
     * letter, a digit, a hyphen, a dot nor an underscore is percent-encoded.
     */
    private static String suffixOf(String contextPath) {
        if (contextPath.isEmpty()) {
            return "";
        }
        StringBuilder suffix = new StringBuilder("-");
        for (byte each : contextPath.substring(1).getBytes(UTF_8)) {
            char character = (char) (each & 0xff);
            if (character == '/') {
                suffix.append('~');
            } else if (PLAIN.indexOf(character) >= 0) {
                suffix.append(character);
            } else {
                suffix.append(String.format(Locale.ROOT, "%%%02X", (int) character));
            }
        }
        return suffix.toString();
    }

    boolean isPrefixed() {
        return prefix == Prefix.ALWAYS;
    }

    /** What a browser may still have from a time without the prefix; empty where there was none. */
    Optional<String> oldNameOf(String cookie) {
        return isPrefixed() ? Optional.of(plainNameOf(cookie)) : Optional.empty();
    }

    /**
     * The name of one of our cookies, which are known by their names without configuration. All begin with the session cookie's, so that
     * one key keeps applications apart whose cookies reach each other.
     */
    String nameOf(String cookie) {
        return isPrefixed() ? HOST_PREFIX + plainNameOf(cookie) + suffix : plainNameOf(cookie);
    }

    private String plainNameOf(String cookie) {
        return cookie.equals(SessionCookies.REFRESH) ? refreshName : named(cookie);
    }

    private String named(String cookie) {
        return sessionName + cookie.substring(SessionCookies.SESSION.length());
    }

    String pathOf(String cookie, String contextPath) {
        String context = contextPath.isEmpty() ? "/" : contextPath;
        if (isPrefixed()) {
            return "/";
        }
        return path.isEmpty() || !isSession(cookie) ? context : path;
    }

    /** Empty for none. */
    String domainOf(String cookie) {
        return isSession(cookie) ? domain : "";
    }

    /** The binding must come along when a link is clicked in a mailbox; the CSRF pair is of our own forms. */
    SameSite sameSiteOf(String cookie) {
        if (isSession(cookie)) {
            return sameSite;
        }
        return cookie.equals(SessionCookies.CSRF) && sameSite == SameSite.NONE ? SameSite.NONE : SameSite.LAX;
    }

    /** Whether the session comes along when a page of another site, such as a mailbox, led here. */
    boolean arrivesFromOtherSites() {
        return sameSite != SameSite.STRICT;
    }

    /**
     * @throws IllegalArgumentException if browsers would send the cookies to other paths than this application's
     */
    void requireReaches(String contextPath) {
        boolean reaches =
                path.isEmpty() || path.equals("/") || contextPath.equals(path) || contextPath.startsWith(path + "/");
        if (!reaches) {
            throw SettingKey.COOKIE_PATH.refusal("a path that the context path " + contextPath
                    + " is or is below, else no cookie ever arrives; got " + path);
        }
    }

    private static boolean isSession(String cookie) {
        return !cookie.equals(SessionCookies.BINDING) && !cookie.equals(SessionCookies.CSRF);
    }

    private void requireNames() {
        requireName(SettingKey.COOKIE_SESSION_NAME, sessionName);
        requireName(SettingKey.COOKIE_REFRESH_NAME, refreshName);
        boolean isTaken = sessionName.equals(refreshName)
                || OURS.stream().map(this::named).anyMatch(refreshName::equals);
        if (isTaken) {
            throw SettingKey.COOKIE_REFRESH_NAME.refusal(
                    "another name than descope.cookie.session-name, and than that with P, B, C or E behind it");
        }
    }

    private static void requireName(SettingKey key, String name) {
        if (name.startsWith("__")) {
            throw key.refusal("a name without prefix; for " + HOST_PREFIX + " set descope.cookie.host-prefix=true");
        }
        if (!NAME.matcher(name).matches() || OURS.contains(name)) {
            throw key.refusal("a cookie name (RFC 6265) other than "
                    + OURS.stream().sorted().toList() + ", got " + name);
        }
    }

    private void requireDomain(PublicUrl publicUrl) {
        if (domain.isEmpty()) {
            return;
        }
        if (isPrefixed()) {
            throw SettingKey.COOKIE_DOMAIN.refusal(
                    "no value beside descope.cookie.host-prefix=true, which is for one host");
        }
        String host = publicUrl.host().orElse("");
        boolean isAbove = host.equals(domain) || host.endsWith("." + domain);
        if (!DOMAIN.matcher(domain).matches() || !isAbove) {
            throw SettingKey.COOKIE_DOMAIN.refusal("the host of descope.public-url"
                    + (host.isEmpty() ? ", which is not set," : " (" + host + ")")
                    + " or a domain that it is in, such as"
                    + " example.com; got " + domain);
        }
    }

    private void requirePath() {
        if (path.isEmpty()) {
            return;
        }
        if (isPrefixed() && !path.equals("/")) {
            throw SettingKey.COOKIE_PATH.refusal("/ beside descope.cookie.host-prefix=true, got " + path);
        }
        if (!PATH.matcher(path).matches()) {
            throw SettingKey.COOKIE_PATH.refusal("a path such as /shop, got " + path);
        }
    }

    private void requireHttps(PublicUrl publicUrl) {
        if (publicUrl.isAlwaysSecure()) {
            return;
        }
        String remedy =
                "an https URL in descope.public-url beside it: browsers drop such a cookie where it is not Secure";
        if (isPrefixed()) {
            throw SettingKey.COOKIE_HOST_PREFIX.refusal(remedy);
        }
        if (sameSite == SameSite.NONE) {
            throw SettingKey.COOKIE_SAME_SITE.refusal(remedy);
        }
        if (partitioned) {
            throw SettingKey.COOKIE_PARTITIONED.refusal(remedy);
        }
    }
}
