package org.descope4j.servlet;

import jakarta.servlet.ServletContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.descope4j.DeliveryMethod;

/**
 * Tells the operator, once at start, what holds and from where it comes, and what will not work as it is. Secrets are not shown.
 */
final class StartUpReport {
    private static final Logger LOG = System.getLogger(StartUpReport.class.getName());

    private final ServletContext context;
    private final ServletSettings settings;
    private final SettingValues values;

    StartUpReport(ServletContext context, ServletSettings settings) {
        this.context = context;
        this.settings = settings;
        this.values = settings.values();
    }

    static void log(ServletContext context, ServletSettings settings) {
        StartUpReport report = new StartUpReport(context, settings);
        LOG.log(Level.INFO, "{0}", report.block());
        report.plantedCookies().ifPresent(note -> LOG.log(Level.INFO, "{0}", note));
        report.warnings().forEach(warning -> LOG.log(Level.WARNING, "{0}", warning));
    }

    /** Every setting that has a value, one a line. */
    String block() {
        String lines = Arrays.stream(SettingKey.values())
                .map(this::line)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("\n"));
        String protection = settings.protectedPaths().isEmpty() ? "\n  nothing is protected by path" : "";
        return "Magic-link sign-in of " + (context.getContextPath().isEmpty() ? "/" : context.getContextPath())
                + " with these settings (docs/configuration.md):\n" + lines + protection;
    }

    private String line(SettingKey key) {
        String value = shown(key);
        if (value.isEmpty()) {
            return "";
        }
        return "  " + key.key() + " = " + value + " (" + values.source(key).orElse(unsaid(key)) + ")";
    }

    private String shown(SettingKey key) {
        return switch (key) {
            case PROJECT_ID -> settings.descope().projectId();
            case BASE_URL -> settings.descope().baseUri().toString();
            case PUBLIC_URL -> settings.publicUrl().toString();
            case COOKIE_HOST_PREFIX -> String.valueOf(cookiePolicy().isPrefixed());
            default -> key.isSecret() ? (values.find(key).isPresent() ? "********" : "") : values.text(key);
        };
    }

    private CookiePolicy cookiePolicy() {
        return settings.cookiePolicy().at(context.getContextPath(), settings.publicUrl());
    }

    private static String unsaid(SettingKey key) {
        return key.topic() == SettingKey.Topic.PROJECT ? "default, or the application" : "default";
    }

    /** What is allowed and yet will not work, or not as safely as it could. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (!settings.secretIsConfigured() && !settings.descope().isLoopback()) {
            warnings.add(
                    "descope.secret is not set: links asked for before a restart or on another node ask for a click"
                            + " more, and nodes do not accept each other's forms. Make one with: openssl rand -base64 32");
        }
        settings.publicUrl()
                .path()
                .filter(path -> !path.equals(context.getContextPath()))
                .ifPresent(path -> warnings.add("descope.public-url has the path '" + path
                        + "', but the context path is '" + context.getContextPath()
                        + "': links and cookies will not arrive unless a proxy changes paths both ways"));
        if (settings.deliveryMethods().stream().anyMatch(method -> method != DeliveryMethod.EMAIL)
                && values.list(SettingKey.PHONE_PREFIXES).isEmpty()) {
            warnings.add(
                    "Messages to phones are offered for all countries: set descope.phone-prefixes to those you serve,"
                            + " since expensive numbers are what such forms are abused for");
        }
        if (!values.flag(SettingKey.CSRF_PROTECTION)
                && settings.cookiePolicy().sameSite() == CookiePolicy.SameSite.NONE) {
            warnings.add(
                    "descope.csrf-protection=false beside descope.cookie.same-site=None: any site can make your users'"
                            + " browsers act in their name; set one of them otherwise");
        }
        warnings.addAll(filterWarnings(DeclaredFilter.in(context)));
        return warnings;
    }

    /** What the prefix would stop, where it is not the default and nobody has said that it is not wanted. */
    Optional<String> plantedCookies() {
        boolean isOpen = settings.publicUrl().isAlwaysSecure()
                && values.find(SettingKey.COOKIE_HOST_PREFIX).isEmpty()
                && !cookiePolicy().isPrefixed();
        return isOpen
                ? Optional.of(
                        "descope.cookie.host-prefix is not set, and cookies are not called __Host-: other hosts of the same"
                                + " domain, and pages on plain http, can plant a session of their own in a browser where nobody is signed in."
                                + " true stops that, and makes browsers send the cookies to every application of this host; false keeps"
                                + " it as it is, without this line")
                : Optional.empty();
    }

    private static List<String> filterWarnings(List<DeclaredFilter> filters) {
        List<String> warnings = new ArrayList<>();
        for (DeclaredFilter filter : filters) {
            if (filter.className().endsWith(".RequestDumperFilter")) {
                warnings.add("The filter " + filter.name() + " writes requests into the log, cookies included");
            }
            if (filter.isOurs() && !filter.urlPatterns().contains("/*")) {
                warnings.add("The filter " + filter.name() + " is not mapped to /*: what it does not see is neither"
                        + " signed in nor protected; map it to /* and use descope.ignored-paths for files");
            }
        }
        boolean hasSession = filters.stream().anyMatch(filter -> filter.is(SessionFilter.class));
        boolean hasMagicLink = filters.stream().anyMatch(filter -> filter.is(MagicLinkFilter.class));
        if (hasSession != hasMagicLink) {
            warnings.add("web.xml declares "
                    + (hasSession
                            ? "SessionFilter without MagicLinkFilter"
                            : "MagicLinkFilter" + " without SessionFilter")
                    + ": declare both, SessionFilter first, or neither");
        }
        return warnings;
    }
}
